"""Employers entered at a counter by the workbook (NMG-7, NMG-13): a row, an employer.

What an initial filing needs besides its form, the five uploads, comes in no workbook. So a good row
becomes the employer and the draft of its initial filing, kept for the clerk who entered it with the
counter it was entered at; with its materials added, the clerk submits it like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases.drafting import save_draft
from yonggong.cases.for_province import for_province
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.employers.forms import BASIC, CONTACT, EMPLOYER_FORM, OPERATOR
from yonggong.employers.queries import kind_of, open_filing
from yonggong.forms import Form, Problem
from yonggong.registry import actions as registry
from yonggong.registry.handling import agencies_for
from yonggong.registry.models import Agency, Employer
from yonggong.registry.queries import find_employer

# Looked at and entered within a request: more than a counter sees in a week.
MOST_ROWS = 200

IMPORT_FORM = Form(
    name="employer-import",
    title="用人单位初次备案",
    sections=(
        BASIC,
        CONTACT,
        OPERATOR,
    ),
    checks=EMPLOYER_FORM.checks,
    # The reviewing agency is the region's own: nobody types an agency's key.
).without("agency")


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of one row: its number in the sheet, who it is, the draft, or what is wrong.

    `again` where an earlier workbook had already brought the draft.
    """

    number: int
    name: str
    credit_code: str
    case: Case | None = None
    problems: Sequence[Problem] = ()
    again: bool = False


def enter(
    *,
    columns: Mapping[str, Sequence[object]],
    numbers: Sequence[int],
    by: User,
    counter: Agency,
    now: datetime,
) -> list[Entered]:
    """Enter the rows of a workbook, each in a transaction of its own; the same workbook again
    enters nothing twice. `columns` are raw cells by field name, `numbers` the rows' own."""
    rules = policy.of(counter.region_code, timezone.localdate(now))
    cleaned = for_province(IMPORT_FORM, rules).clean_columns(columns, len(numbers))
    seen: dict[str, int] = {}
    entered = []
    for row, number in enumerate(numbers):
        values = cleaned.row(row)
        problems = list(cleaned.problems.get(row, ()))
        code = str(values.get("credit_code") or "")
        problems += _of_row(values, code, number, seen, by)
        who = Entered(number, str(values.get("name") or ""), code)
        entered.append(
            replace(who, problems=problems)
            if problems
            else _entered(who, values, by=by, counter=counter, now=now)
        )
    return entered


def _of_row(
    values: Mapping[str, Any], code: str, number: int, seen: dict[str, int], by: User
) -> Iterator[Problem]:
    region = str(values.get("region_code") or "")
    if region and not by.scope.covers(region, Power.FILE_FOR_OTHERS):
        yield IMPORT_FORM.problem(
            "region_code", "elsewhere", "该行政区划不在本窗口的辖区", "请到单位登记地的窗口办理"
        )
    if code and seen.setdefault(code, number) != number:
        yield IMPORT_FORM.problem(
            "credit_code", "repeated", f"与第 {seen[code]} 行是同一单位", "请删除多余的行"
        )


@transaction.atomic
def _entered(
    who: Entered, values: Mapping[str, Any], *, by: User, counter: Agency, now: datetime
) -> Entered:
    employer = find_employer(who.credit_code)
    if employer is None:
        employer = registry.register_employer(
            credit_code=who.credit_code, name=who.name, region_code=str(values["region_code"])
        )
    elif problem := _known(employer, by):
        return replace(who, problems=[problem])
    under_way = open_filing(employer)
    if under_way is not None and under_way.state == State.DRAFT and under_way.filed_by == by:
        return replace(who, case=under_way, again=True)
    if under_way is not None:
        problem = IMPORT_FORM.problem(
            "credit_code",
            "under_way",
            f"该单位已有初次备案（{under_way.state_title}）",
            "请在“用人单位”中打开该单位办理",
        )
        return replace(who, problems=[problem])
    kind = kind_of("initial")
    agency = agencies_for(employer.region_code, kind.matter).last()
    typed = IMPORT_FORM.dump(values) | ({"agency": str(agency.pk)} if agency else {})
    case = save_draft(
        kind=kind,
        applicant=employer.party,
        raw=typed,
        case=None,
        by=_at_counter(by, employer, counter),
        now=now,
    )
    return replace(who, case=case)


def _known(employer: Employer, by: User) -> Problem | None:
    if not by.scope.covers(employer.region_code, Power.FILE_FOR_OTHERS):
        return IMPORT_FORM.problem(
            "credit_code",
            "elsewhere",
            "该统一社会信用代码不能在本窗口登记",
            "请核对证照；单位已在其他辖区登记的，请到其登记地的窗口办理",
        )
    if employer.state != Employer.State.UNFILED:
        return IMPORT_FORM.problem(
            "credit_code",
            "already_filed",
            f"该单位{employer.get_state_display()}",
            "信息有变化的，请为该单位代录变更备案",
        )
    return None


def _at_counter(by: User, employer: Employer, counter: Agency) -> User:
    clerk = copy(by)
    clerk.__dict__["scope"] = by.scope.at_counter(party=employer.pk, agency=counter.pk)
    return clerk
