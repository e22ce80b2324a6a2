"""What filings about an employer write, and what now holds of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yonggong.accounts.models import User
from yonggong.cases.attempts import Attempt
from yonggong.cases.models import Case
from yonggong.employers.queries import approved_filing
from yonggong.registry import actions as registry

Values = Mapping[str, Any]


def take_particulars(case: Case, by: User, now: datetime) -> None:
    """The employer is as it was filed."""
    assert case.agency_id is not None and case.filed_at is not None
    registry.take_employer_particulars(
        employer=case.applicant.employer,
        values=case.values,
        agency_id=case.agency_id,
        on=now.astimezone().date(),
    )


def present(case: Case) -> Values | None:
    """What was approved before."""
    earlier = approved_filing(case.applicant.employer, before=case)
    return earlier.values if earlier else None


def employer_name(attempt: Attempt) -> str:
    """The employer, for one line of a list."""
    return str(attempt.values.get("name") or attempt.applicant.name)
