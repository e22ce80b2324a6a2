"""Whether what somebody would file can be filed: its form, its kind, the law, its materials.

One way for every page and call; nothing here writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.cases import participants, queries
from yonggong.cases.for_province import for_province
from yonggong.cases.kinds import Attempt, CaseKind
from yonggong.cases.models import Case
from yonggong.cases.verdicts import Verdict, judge
from yonggong.forms import Problem
from yonggong.registry.models import Employer

# Code of the problem that a required material has not been uploaded.
MATERIAL_MISSING = "material_missing"


def trying(
    *,
    kind: CaseKind,
    raw: Mapping[str, Any],
    employer: Employer,
    case: Case | None = None,
    subject: int | None = None,
    by: User,
    now: datetime,
    typing: bool = False,
) -> tuple[Attempt, list[Problem]]:
    """What somebody would file, as it was understood, and what the form alone finds wrong."""
    today = now.astimezone().date()
    rules = policy.of(employer.region_code, today)
    cleaned = for_province(kind.form, rules, agency_field=kind.agency_field).clean(raw)
    tried = Attempt(
        kind=kind,
        values=cleaned.values,
        employer=employer,
        policy=rules,
        today=today,
        by=by,
        case=case,
        subject=subject,
        typing=typing,
    )
    return tried, [*_not_taken_here(kind, rules), *cleaned.problems]


def attempt(
    *,
    kind: CaseKind,
    raw: Mapping[str, Any],
    employer: Employer,
    case: Case | None = None,
    subject: int | None = None,
    explanations: Mapping[str, str] | None = None,
    by: User,
    now: datetime,
    typing: bool = False,
) -> tuple[Attempt, list[Problem], list[Verdict]]:
    """Check what somebody would file, and write nothing: the problems, and what the law says.

    `typing`: it is not sent yet, so nothing is told of what other employers filed."""
    tried, problems = trying(
        kind=kind,
        raw=raw,
        employer=employer,
        case=case,
        subject=subject,
        by=by,
        now=now,
        typing=typing,
    )
    verdicts = judge(
        kind.findings(tried),
        tried.policy,
        explanations or {},
        case_kind=kind.name,
        on=tried.today,
    )
    if not problems:
        problems.extend(kind.refusals(tried))
        problems.extend(participants.problems_of(tried))
    problems.extend(verdict.as_problem() for verdict in verdicts if verdict.stops)
    problems.extend(_missing_materials(tried))
    return tried, problems, verdicts


def _not_taken_here(kind: CaseKind, rules: policy.Policy) -> list[Problem]:
    if rules.accepts(kind.name):
        return []
    return [
        Problem(
            field="",
            code="not_taken_here",
            message=f"本地区不受理{kind.title}",
            remedy="请咨询当地人社部门",
        )
    ]


def _missing_materials(tried: Attempt) -> list[Problem]:
    if tried.case is None:
        wanted = [item for item in tried.kind.wants(tried.policy) if item.required]
    else:
        wanted = queries.missing_materials(tried.case)
    return [
        Problem(
            field=f"material-{item.name}",
            label=item.label,
            code=MATERIAL_MISSING,
            message=f"缺少材料：{item.label}",
            remedy="请上传后再提交",
        )
        for item in wanted
    ]
