"""What refuses a merger."""

from __future__ import annotations

from collections.abc import Iterable

from yonggong.cases.attempts import Attempt
from yonggong.employers import successors
from yonggong.employers.checking import filed
from yonggong.forms import Problem


def refused(attempt: Attempt) -> Iterable[Problem]:
    """A filed employer merges into another filed one, and files it once it has."""
    values = attempt.values
    yield from filed(attempt)
    yield from successors.day_refused(attempt, "merged_on", "合并日期")
    # Who is filed is told to whoever submits, not to whoever types codes.
    if not attempt.among.typing and successors.filed_as(values) is None:
        yield successors.not_found("credit_code", values["name"])


def participants(attempt: Attempt) -> list[tuple[int, str]]:
    """The employer that goes on with the contracts."""
    found = successors.filed_as(attempt.values)
    return list(successors.taking_part([found] if found else []))
