"""Things of supervision for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from yonggong.supervision.models import Clue

FOUND_ON = date(2026, 11, 19)


def clue_about(employer: Any, **columns: Any) -> Clue:
    """A clue about an employer, as a night's run leaves it."""
    given = {
        "kind": Clue.Kind.LATE,
        "subject": f"{employer.pk}:2026",
        "employer": employer,
        "credit_code": employer.credit_code,
        "name": employer.name,
        "region_code": employer.region_code,
        "reason": "近一年逾期备案 12 件",
        "figure": 12,
        "found_on": FOUND_ON,
        "seen_on": FOUND_ON,
    } | columns
    return Clue.objects.create(**given)
