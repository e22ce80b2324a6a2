"""Lines on the registers of labour relations, without the cases that make them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from tests.contracts.making import Hall
from yonggong.cases.models import Case
from yonggong.entitlements.models import CollectiveAgreement
from yonggong.relations.models import HarmonyRecognition, PermittedPost, SpecialHoursPermit


def on_registers(hall: Hall, case: Case, *, title: str = "集体合同") -> None:
    """A collective contract, a permit with a post, and a recognition of an employer, each by `case`."""
    end = hall.today + timedelta(days=365)
    CollectiveAgreement.objects.create(
        case=case,
        employer=hall.employer,
        sort="general",
        title=title,
        number=title,
        signed_on=hall.today,
        start_on=hall.today,
        end_on=end,
        covered=10,
        reviewed_by=title,
    )
    permit = SpecialHoursPermit.objects.create(
        case=case,
        employer=hall.employer,
        number=title,
        granted_on=hall.today,
        headcount=2,
        from_on=hall.today,
        until_on=end,
    )
    PermittedPost.objects.create(
        permit=permit,
        system="averaged",
        job="装卸工",
        headcount=2,
        from_on=hall.today,
        until_on=end,
    )
    HarmonyRecognition.objects.create(
        case=case,
        employer=hall.employer,
        number=title,
        score=Decimal("85.5"),
        in_industrial_park=False,
        recognised_on=hall.today,
    )
