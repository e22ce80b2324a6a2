"""What refuses an initial filing."""

from __future__ import annotations

from collections.abc import Sequence

from yonggong.cases.attempts import Attempt
from yonggong.employers.checking import own_credit_code
from yonggong.forms import Problem
from yonggong.registry.models import Employer


def refused(attempt: Attempt) -> Sequence[Problem]:
    """An employer files once, and for itself."""
    if attempt.applicant.employer.state != Employer.State.UNFILED:
        return [
            Problem(
                field="",
                code="already_filed",
                message="本单位已完成初次备案",
                remedy="信息有变化的，请办理变更备案",
            )
        ]
    return own_credit_code(attempt)
