"""What refuses an ending, and what the law says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from yonggong import law
from yonggong.cases.attempts import Attempts
from yonggong.contracts import checking, facts, workforce
from yonggong.contracts.checking import Refused
from yonggong.contracts.findings import Found, place_of, told
from yonggong.contracts.lookups import later_of, rows_of
from yonggong.contracts.on_record import on_record, with_record
from yonggong.forms import Problem

Values = Mapping[str, Any]


def refused(tried: Attempts, rows: Sequence[int]) -> Refused:
    """JL-5, JL-7: the contract is in force, and over by the day it is filed."""
    return checking.of_later(
        tried,
        rows,
        what="解除（终止）",
        needs_roster=tried.policy.ending_needs_roster,
        extra=lambda values, about: of_values(
            values, start_on=about.contract.work_start_on, today=tried.today
        ),
    )


def of_values(values: Values, *, start_on: date, today: date) -> list[Problem]:
    """A contract ends on or after the day it began, and is filed once it has ended."""
    problems = []
    if values["ended_on"] < start_on:
        problems.append(
            Problem(
                field="ended_on",
                code="ended_before_start",
                message=f"解除（终止）日期 {values['ended_on']} 早于合同起始日期 {start_on}",
                remedy="请核对解除（终止）日期",
                value=str(values["ended_on"]),
            )
        )
    if values["ended_on"] > today:
        problems.append(
            Problem(
                field="ended_on",
                code="ended_in_future",
                message=f"解除（终止）日期 {values['ended_on']} 晚于今天",
                remedy="请在解除（终止）之日起办理备案",
                value=str(values["ended_on"]),
            )
        )
    return problems


def found(tried: Attempts, rows: Sequence[int]) -> Found:
    """Of endings, and of the layoffs that they add to."""
    later, place = later_of(tried), place_of(tried)
    mine = [row for row in rows if row in later]
    said_by = dict(rows_of(tried, mine))
    recorded = on_record("ending", tried, said_by)
    known = said_by | {row: {**said_by[row], **noted} for row, noted in recorded.items()}
    together = workforce.at_ending(tried.applicant.employer, known.items(), today=tried.today)
    found: Found = {}
    for row, values in said_by.items():
        about = later[row]
        ended = facts.ending_facts(
            values,
            place,
            about.person,
            held=about.held,
            contract=about.contract.pk,
            severance_since=about.contract.severance_since,
        )
        said = law.check_ending(with_record(ended, recorded.get(row)), tried.today)
        if said or row in together:
            found[row] = told(tried, row, [*said, *together.get(row, ())])
    return found
