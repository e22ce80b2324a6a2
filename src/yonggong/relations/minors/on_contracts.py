"""Minors among an employer's contracts: whether they are registered, who is not yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from yonggong.cases.attempts import Attempts
from yonggong.contracts.models import Contract
from yonggong.law.periods import add_months
from yonggong.registry.actions import document_digest
from yonggong.registry.models import Employer
from yonggong.relations import register
from yonggong.relations.health_checks import adult_on, of_age_on
from yonggong.relations.minors.form import KEY

Values = Mapping[str, Any]
_ADULT_MONTHS = 18 * 12
_SEX = {"1": "男", "2": "女"}


def registered(tried: Attempts, terms: Mapping[int, Values]) -> dict[int, dict[str, Any]]:
    """Of rows whose worker is a minor on the first day: whether the register has them, and the first
    health check. Nothing where the province does not take the item."""
    mine = {row: values for row, values in terms.items() if _is_minor(values)}
    if not mine or not tried.policy.accepts(KEY):
        return {}
    digests = {
        row: document_digest(values["document_type"], values["document_number"])
        for row, values in mine.items()
        if values.get("document_type") and values.get("document_number")
    }
    known = register.minors_of(tried.applicant.pk, digests.values())
    found: dict[int, dict[str, Any]] = {}
    for row in mine:
        minor = known.get(digests.get(row, b""))
        found[row] = {"juvenile_registered": minor is not None}
        if minor is not None and (examined := minor.examined):
            found[row]["health_check_on"] = examined[0]
    return found


def _is_minor(values: Values) -> bool:
    birth_on, day = values.get("birth_on"), values.get("start_on") or values.get("work_start_on")
    if birth_on is None or day is None or day.year - birth_on.year > 18:
        return False
    return of_age_on(birth_on) <= day < adult_on(birth_on)


def unregistered(employer: Employer, today: date) -> dict[str, Any]:
    """What a registration begins with: the newest contract with a minor who is not on the register;
    nothing where there is none."""
    on_register = register.on_record().filter(employer=employer, person=OuterRef("worker"))
    contract = (
        Contract.objects.filter(
            ~Exists(on_register),
            employer=employer,
            state__in=(Contract.State.FILING, Contract.State.ACTIVE),
            worker__birth_on__gt=add_months(today, -_ADULT_MONTHS),
        )
        .select_related("worker")
        .order_by("-pk")
        .first()
    )
    if contract is None:
        return {}
    worker = contract.worker
    said: dict[str, Any] = {
        "f1_person_name": worker.name,
        "f2_person_name": worker.name,
        "birth_date": worker.birth_on,
        "birth_month": worker.birth_on,
        "begins_on": contract.start_on,
    }
    if worker.document_type == "01":
        said["document_number"] = worker.document_number
    if sex := _SEX.get(worker.sex):
        said |= {"f1_sex": sex, "f2_sex": sex}
    return said
