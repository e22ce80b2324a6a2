"""What refuses special hours, and what the law says of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from yonggong import law
from yonggong.cases.attempts import Attempt
from yonggong.forms import Problem
from yonggong.law.findings import Finding
from yonggong.relations.special_hours.form import AVERAGED, FORM

# Weeks of a period, for its average.
_WEEKS = {
    "天": Decimal(1) / 7,
    "周": Decimal(1),
    "月": Decimal(52) / 12,
    "季度": Decimal(13),
    "年": Decimal(52),
}


def refused(attempt: Attempt) -> Sequence[Problem]:
    """Central enterprises are not handled here; the staff has agreed already."""
    values, problems = attempt.values, []
    if values["central"]:
        problems.append(
            FORM.problem(
                "central",
                "not_here",
                "中央直属企业不在此办理",
                "请经国务院行业主管部门审核后，报国务院劳动行政部门批准",
            )
        )
    if values["resolved_on"] > attempt.today:
        problems.append(
            FORM.problem(
                "resolved_on", "in_future", "决议日期晚于今天", "职代会（职工大会）同意后再申请"
            )
        )
    return problems


def found(attempt: Attempt) -> Sequence[Finding]:
    """What the law says of the hours."""
    return law.check_special_hours(facts_of(attempt.values), attempt.today)


def facts_of(values: Mapping[str, Any]) -> law.SpecialHoursFacts:
    """The application as the law looks at it."""
    return law.SpecialHoursFacts(
        longest_day=values.get("longest_day"),
        rest_days=values.get("rest_days"),
        weekly=tuple(_weekly(values.get(AVERAGED) or ())),
    )


def _weekly(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Decimal]]:
    """Of each post whose hours are given what they come to a week."""
    for row in rows:
        job, hours = row.get("job"), row.get("cycle_hours")
        length, unit = row.get("cycle_length"), row.get("cycle_unit")
        if job and hours and length and unit:
            yield job, hours / (length * _WEEKS[unit])
