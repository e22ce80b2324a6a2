"""What an operator types about their employer itself."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from yonggong.codes.invent import invent_id_number
from yonggong.registry.models import Agency, Employer

_CHANCE = Random(1015)


def particulars(employer: Employer, *, agency: Agency, today: date) -> dict[str, str]:
    """All that its initial filing asks for; its licence is five days old."""
    return {
        "name": employer.name,
        "credit_code": employer.credit_code,
        "nature": "10",
        "affiliation": "90",
        "economic_type": "173",
        "legal_representative": "试景行",
        "licence_on": (today - timedelta(days=5)).isoformat(),
        "industry": "51",
        "region_code": employer.region_code,
        "address": "长春市朝阳区学林路 1 号",
        "contact": "试安澜",
        "contact_mobile": "16012345678",
        "agency": str(agency.pk),
        "operator": "试安澜",
        "operator_mobile": "16012345678",
        "operator_document": invent_id_number(
            _CHANCE, region="220104", birth_date=date(1990, 1, 15), sex="2"
        ),
    }
