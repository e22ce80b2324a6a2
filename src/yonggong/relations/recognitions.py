"""The register of units recognised: what a case writes on it, and who reads it."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from yonggong.accounts.models import User
from yonggong.cases.models import Case
from yonggong.registry.queries import of_employers_seen_by
from yonggong.relations.harmony_models import HarmonyRecognition


def visible_to(user: User) -> QuerySet[HarmonyRecognition]:
    """The recognitions of the employers and regions of `user`."""
    held = HarmonyRecognition.objects.filter(of_employers_seen_by(user))
    return held.select_related("employer", "case")


def withdraw(case: Case, on: date) -> None:
    """Write down that the recognition of a case was withdrawn."""
    HarmonyRecognition.objects.filter(case=case).update(withdrawn_on=on)
