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
from yonggong.cases.models import Case
from yonggong.cases.revoking import by_approval, keep_what_is_built_on
from yonggong.contracts.dispatch import user_unit_known_as
from yonggong.employers import asking
from yonggong.employers.checking import code_taken, is_taken
from yonggong.employers.queries import approved_filing, kind_of, of_acts
from yonggong.registry import actions as registry

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
    was = (employer.agency, employer.region_code)
    moving.hold_open(case, employer.agency)
    registry.take_employer_particulars(
        employer=employer,
        values=case.values,
        agency_id=case.agency.pk,
        on=now.astimezone().date(),
    )
    asking.compare([case.applicant_id], now=now)
    moving.move(case=case, was=was, to=case.agency, region=employer.region_code, by=by, now=now)


def particulars_revoked(case: Case, by: User, now: datetime) -> None:
    """The employer is as the filings have it that are still approved; where none is, it has never
    filed. What it filed since builds on the initial filing."""
    employer = registry.lock_employer(case.applicant_id)
    own = Case.objects.filter(applicant=employer.pk)
    is_initial = case.kind == kind_of("initial").name
    if not is_initial:
        own = own.filter(of_acts("initial", "change", "cancel", "merge", "split"))
    keep_what_is_built_on(case, own)
    before = employer.credit_code
    held = by_approval(
        Case.objects.filter(
            of_acts("initial", "change"), applicant=employer.pk, state=State.APPROVED
        )
    )
    if not (is_initial or held):
        raise refused("", "unknown_before", "该单位没有更早的备案内容可以恢复", "请办理变更备案")
    registry.rebuild_employer(
        employer=employer,
        approved=[
            (one.values, one.agency_id, timezone.localdate(one.decided_at))
            for one in held
            if one.agency_id is not None
        ],
    )
    if employer.credit_code != before:
        user_unit_known_as(employer.credit_code, before=before)
    asking.compare([employer.pk], now=now)
    moving.move_back(case=case, by=by, now=now)


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
