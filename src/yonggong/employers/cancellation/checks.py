"""What refuses a cancellation."""

from __future__ import annotations

from collections.abc import Sequence

from yonggong.cases.attempts import Attempt
from yonggong.employers.checking import filed
from yonggong.forms import Problem


def refused(attempt: Attempt) -> Sequence[Problem]:
    """Only a filed employer closes, and files it once it has."""
    problems = list(filed(attempt))
    if attempt.values["closed_on"] > attempt.today:
        problems.append(
            Problem(
                field="closed_on",
                code="closed_in_future",
                message="注销日期晚于今天",
                remedy="请填写实际注销的日期",
            )
        )
    return problems
