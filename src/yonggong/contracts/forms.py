"""What the forms of a labour contract's filings share, and the form that says all of one: a new
contract's, by whose fields a thread keeps what holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from yonggong.contracts import optional_fields
from yonggong.contracts.fields import (
    AVERAGED,
    DISPATCH,
    DISPATCH_FIELDS,
    DISPATCH_TEXT,
    FIXED,
    FLEXIBLE,
    FULL_TIME,
    OPEN,
    OWN_TEXT,
    PART_TIME,
    PAY_FIELDS,
    PROBATION_FIELDS,
    TASK,
    TERM_FIELDS,
    WORK_FIELDS,
    WORK_START,
    WORKER,
)
from yonggong.forms import Field, Form, Problem, Section
from yonggong.forms.checks import register_check

__all__ = [
    "AVERAGED",
    "DISPATCH",
    "DISPATCH_TEXT",
    "FIXED",
    "FLEXIBLE",
    "FULL_TIME",
    "NEW_FORM",
    "OPEN",
    "OWN_TEXT",
    "PART_TIME",
    "TASK",
    "TERM_FIELD_NAMES",
    "WORKER",
]


def sections(*term_first: Field, probation: bool) -> tuple[Section, ...]:
    """What is agreed in a contract: its term begins with `term_first`, of a first contract."""
    first = bool(term_first)
    ordinary = tuple(
        # Mostly the first contract begins with the work itself.
        replace(item, follows=WORK_START.name) if first and item.name == "start_on" else item
        for item in TERM_FIELDS
    )
    term = (*term_first, *ordinary, *(PROBATION_FIELDS if probation else ()))
    return (
        Section(name="term", title="合同期限", fields=term),
        Section(name="work", title="工作内容、地点和工时", fields=WORK_FIELDS),
        Section(name="pay", title="劳动报酬", fields=PAY_FIELDS),
        Section(
            name="dispatch",
            title="劳务派遣",
            fields=DISPATCH_FIELDS,
            hint="用工形式为劳务派遣时填写；派遣单位和用工单位均须备案且内容一致",
        ),
        *((optional_fields.earlier(),) if first else ()),
        optional_fields.agreed(first=first),
        optional_fields.special(first=first),
    )


def ends_after_start(values: Mapping[str, Any]) -> Iterable[Problem]:
    """A term and a posting end on or after the day they begin."""
    for start, end, what in (
        ("start_on", "end_on", "合同"),
        ("dispatch_start_on", "dispatch_end_on", "派遣"),
    ):
        first, last = values.get(start), values.get(end)
        if first and last and last < first:
            yield Problem(
                field=end,
                code="ends_before_start",
                message=f"{what}结束日期 {last} 早于起始日期 {first}",
                remedy="请核对两个日期",
                value=str(last),
            )


register_check("contractends_after_start", ends_after_start)


NEW_FORM = Form(
    name="contract-new",
    title="劳动合同新订备案",
    sections=(WORKER, *sections(WORK_START, probation=True)),
    checks=(ends_after_start,),
)

# The fields that an ending takes over from what now holds.
TERM_FIELD_NAMES = tuple(
    field.name for field in (*TERM_FIELDS, *WORK_FIELDS, *PAY_FIELDS, *DISPATCH_FIELDS)
)
