"""Whether what somebody would file can be filed: its form, its kind, the law, its materials.

One way for page, counter, workbook and interface (`check`); nothing here writes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.cases import clocks, closed, participants, prechecking, queries, routing
from yonggong.cases.attempts import Attempt, Attempts
from yonggong.cases.for_province import for_province
from yonggong.cases.kinds import CaseKind
from yonggong.cases.materials import given_with
from yonggong.cases.models import Case
from yonggong.cases.verdicts import Verdict
from yonggong.forms import Problem
from yonggong.registry.parties import Party

# Code of the problem that a required material has not been uploaded.
MATERIAL_MISSING = "material_missing"


def check(tried: Attempts) -> None:
    """Every check of every row: whether the province takes it, what the law says, what refuses it,
    who takes part, its materials, who reviews it, how late it is.

    A row's form is judged before, where it was read; a row whose form is wrong is told what the law
    says of the rest, and nothing that hangs on its being whole. While people type, nobody is asked
    who would review it.
    """
    kind = tried.kind
    rows = [row for row in range(tried.size) if row not in tried.passed_by]
    _refuse_not_taken_here(tried, rows)
    _refuse_not_served(tried, rows)
    _refuse_at_counters_only(tried, rows)
    _refuse_closed(tried, rows)
    whole = [row for row in rows if row not in tried.problems]
    for row, found in kind.checks.findings(tried, rows).items():
        tried.weigh(row, found)
    for row, problems in kind.checks.refusals(tried, whole).items():
        tried.refuse(row, problems)
    for row, problems in prechecking.refusals(tried, whole).items():
        tried.refuse(row, problems)
    participants.check(tried, whole)
    for row, verdicts in tried.verdicts.items():
        tried.refuse(row, [verdict.as_problem() for verdict in verdicts if verdict.stops])
    _refuse_without_materials(tried, rows)
    if not tried.typing:
        routing.send(tried, whole)
    tried.lateness = lateness(tried)


def trying(
    *,
    kind: CaseKind,
    raw: Mapping[str, Any],
    applicant: Party,
    case: Case | None = None,
    subject: int | None = None,
    explanations: Mapping[str, str] | None = None,
    by: User,
    now: datetime,
    typing: bool = False,
) -> tuple[Attempt, list[Problem]]:
    """What somebody would file by a page, as it was understood, and what the form alone finds wrong."""
    today = now.astimezone().date()
    rules = policy.of(applicant.region_code, today)
    cleaned = for_province(kind.form, rules, agency_field=kind.agency_field).clean(raw)
    tried = Attempts(
        kind=kind,
        form=kind.form,
        applicant=applicant,
        policy=rules,
        today=today,
        by=by,
        columns={name: [value] for name, value in cleaned.values.items()},
        case=case,
        subjects=[subject],
        explained={0: explanations or {}},
        typing=typing,
    )
    tried.refuse(0, cleaned.problems)
    return tried.one(), list(cleaned.problems)


def attempt(
    *,
    kind: CaseKind,
    raw: Mapping[str, Any],
    applicant: Party,
    case: Case | None = None,
    subject: int | None = None,
    explanations: Mapping[str, str] | None = None,
    by: User,
    now: datetime,
    typing: bool = False,
) -> tuple[Attempt, list[Problem], list[Verdict]]:
    """Check what somebody would file by a page, and write nothing: the problems, and what the law
    says.

    `typing`: it is not sent yet, so nothing is told of what others filed."""
    tried, _ = trying(
        kind=kind,
        raw=raw,
        applicant=applicant,
        case=case,
        subject=subject,
        explanations=explanations,
        by=by,
        now=now,
        typing=typing,
    )
    among = tried.among
    if case is not None and any(item.required for item in _wanted(among)):
        among.given = given_with(case)
    check(among)
    return tried, among.problems.get(0, []), among.verdicts.get(0, [])


def lateness(tried: Attempts) -> list[tuple[date | None, int]]:
    """The last day of the legal time limit for filing each row, and by how many days it was missed.

    A case returned and mended was filed on the day it first came in (filing measures of Inner
    Mongolia, Art. 9): mending what a reviewer objects to makes nobody late, and redeems nobody.
    """
    kind, rules = tried.kind, tried.policy
    happened = map(kind.counts_from(rules), tried.rows)
    return clocks.lateness_of_days(rules, kind.deadline, happened, tried.came_in_on)


def _refuse_not_taken_here(tried: Attempts, rows: Sequence[int]) -> None:
    kind = tried.kind
    if kind.taken or tried.policy.accepts(kind.name):
        return
    said = Problem(
        field="",
        code="not_taken_here",
        message=f"本地区不受理{kind.title}",
        remedy="请咨询当地人社部门",
    )
    _refuse_all(tried, rows, said)


def _refuse_all(tried: Attempts, rows: Sequence[int], said: Problem) -> None:
    """Say it of every row, before whatever else is wrong with it."""
    for row in rows:
        tried.problems[row] = [said, *tried.problems.get(row, ())]


def _refuse_not_served(tried: Attempts, rows: Sequence[int]) -> None:
    kind = tried.kind
    if kind.serves(tried.applicant):
        return
    whom = tried.applicant.get_kind_display()
    said = Problem(
        field="",
        code="not_for_them",
        message=f"{kind.title}不由{whom}申请",
        remedy="请由事项规定的对象申请",
    )
    _refuse_all(tried, rows, said)


def _refuse_at_counters_only(tried: Attempts, rows: Sequence[int]) -> None:
    """What a counter took in is mended wherever its applicant is."""
    taken_in = tried.case is not None and tried.case.counter_id is not None
    at_counter = tried.by.scope.counter_for(tried.applicant.pk) is not None
    if not tried.kind.counter_only or taken_in or at_counter:
        return
    said = Problem(
        field="",
        code="at_counters_only",
        message=f"{tried.kind.title}不在网上受理",
        remedy="请携带材料到办理机构窗口申请",
    )
    _refuse_all(tried, rows, said)


def _refuse_closed(tried: Attempts, rows: Sequence[int]) -> None:
    if closed.is_barred(tried.kind, tried.applicant):
        _refuse_all(tried, rows, closed.refusal(tried.kind))


def _wanted(tried: Attempts) -> Sequence[policy.Material]:
    """The materials asked for: of a case mended, as the law stood when it was filed."""
    if tried.case is not None:
        return queries.required_materials(tried.case)
    return tried.kind.wants(tried.policy, tried)


def _refuse_without_materials(tried: Attempts, rows: Sequence[int]) -> None:
    """Refuse rows without a required material, unless it comes with them. A page has a place for
    it; a workbook has none."""
    title, by_page = tried.kind.title, tried.batch is None
    lacking = [
        Problem(
            field=f"material-{item.name}" if by_page else "",
            label=item.label if by_page else "",
            code=MATERIAL_MISSING,
            message=f"缺少材料：{item.label}",
            remedy="请上传后再提交"
            if by_page
            else f"本地区办理{title}须上传材料，表格不能附材料，请在{title}页面逐人办理",
        )
        for item in _wanted(tried)
        if item.required and item.name not in tried.given
    ]
    if lacking:
        for row in rows:
            tried.refuse(row, lacking)
