"""What filings about an employer write, and what now holds of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases import moving
from yonggong.cases.attempts import Attempt
from yonggong.cases.errors import Refused, refused
from yonggong.cases.life import State
from yonggong.cases.models import Case, Move
from yonggong.cases.revoking import by_approval, keep_what_is_built_on
from yonggong.contracts.dispatch import user_unit_known_as
from yonggong.employers import asking
from yonggong.employers.checking import code_taken, is_taken
from yonggong.employers.operators import tell_operators
from yonggong.employers.queries import about_itself, approved_filing, kind_of, of_acts
from yonggong.registry import actions as registry
from yonggong.registry.models import Agency, Employer

Values = Mapping[str, Any]


def take_particulars(case: Case, by: User, now: datetime) -> None:
    """The employer is as it was filed; where another agency reviews it now, what is open goes along."""
    assert case.agency is not None and case.filed_at is not None
    employer = case.applicant.employer
    before, code = employer.credit_code, case.values["credit_code"]
    if code != before:
        if is_taken(code):
            raise Refused([code_taken()])
        user_unit_known_as(code, before=before)
    was, to = (employer.agency, employer.region_code), (case.agency, case.values["region_code"])
    moving.hold_open(case, was=was, to=to)
    registry.take_employer_particulars(
        employer=employer,
        values=case.values,
        agency_id=case.agency.pk,
        on=now.astimezone().date(),
    )
    asking.compare([case.applicant_id], now=now)
    if move := moving.move(case=case, was=was, to=to, by=by, now=now):
        said = "变更备案已审核通过，未审核的备案一并转交，今后的备案由该机构审核。"
        _tell_of(move, move.to_agency, said, now=now)


def _tell_of(move: Move, agency: Agency, said: str, *, now: datetime) -> None:
    """Tell whoever acts for a moved employer by which agency it is reviewed now."""
    if move.from_agency_id == move.to_agency_id:
        return
    employer = Employer.objects.get(pk=move.applicant_id)
    title = f"{employer.name}的送审机构改为{agency.name}"
    tell_operators(employer, f"move-{move.pk}-{agency.pk}", title, said, now)


def particulars_revoked(case: Case, by: User, now: datetime) -> None:
    """The employer is as the filings have it that are still approved; where none is, it has never
    filed. What it filed since builds on the initial filing."""
    employer = registry.lock_employer(case.applicant_id)
    is_initial = case.kind == kind_of("initial").name
    every = Case.objects.filter(applicant=employer.pk)
    keep_what_is_built_on(case, every if is_initial else about_itself(employer.pk))
    before = employer.credit_code
    held = by_approval(
        Case.objects.filter(
            of_acts("initial", "change"), applicant=employer.pk, state=State.APPROVED
        )
    )
    if not (is_initial or held):
        raise refused("", "unknown_before", "该单位没有更早的备案内容可以恢复", "请办理变更备案")
    approved = [
        (one.values, one.agency_id, timezone.localdate(one.decided_at))
        for one in held
        if one.agency_id is not None
    ]
    code = approved[-1][0]["credit_code"] if approved else before
    if code != before:
        if is_taken(code):
            said = f"变更前的统一社会信用代码 {code} 已由其他单位登记"
            raise refused("", "code_taken", said, "请先核实并更正该单位的登记")
        user_unit_known_as(code, before=before)
    registry.rebuild_employer(employer=employer, approved=approved)
    asking.compare([employer.pk], now=now)
    if move := moving.move_back(case=case, by=by, now=now):
        said = "变更备案的审核已撤销，随转且尚未审核的备案转回原送审机构。"
        _tell_of(move, move.from_agency, said, now=now)


def present(case: Case) -> Values | None:
    """What was approved before."""
    earlier = approved_filing(case.applicant.employer, before=case)
    return earlier.values if earlier else None


def applicant_name(attempt: Attempt) -> str:
    """The employer as it is registered, for one line of a list."""
    return attempt.applicant.name


def employer_name(attempt: Attempt) -> str:
    """The employer, for one line of a list."""
    return str(attempt.values.get("name") or attempt.applicant.name)
