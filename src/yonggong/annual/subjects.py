"""What an annual filing is called in one line."""

from __future__ import annotations

from yonggong.cases.attempts import Attempt


def of_year(attempt: Attempt) -> str:
    """The year and whose."""
    return f"{attempt.values['year']} 年度 {attempt.applicant.name}"
