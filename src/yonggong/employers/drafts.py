"""How a filing about an employer begins: the draft, with what now holds filled in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from yonggong.accounts.models import User
from yonggong.cases import materials
from yonggong.cases.drafting import save_draft
from yonggong.cases.kinds import CaseKind
from yonggong.cases.models import Case
from yonggong.employers import asking
from yonggong.employers.forms import EMPLOYER_FORM
from yonggong.employers.queries import approved_filing, closing_filing, kind_of, open_filing
from yonggong.registry.models import Employer


def begin(*, employer: Employer, by: User, now: datetime) -> Case:
    """The employer's filing under way, or the draft of a new one: initial, or a change that
    starts with the values and the materials last approved."""
    return _begun(open_filing, employer, lambda: _first_draft(employer, by, now))


def _first_draft(employer: Employer, by: User, now: datetime) -> Case:
    if employer.state == Employer.State.UNFILED:
        return _draft(kind_of("initial"), _registered(employer, by), employer, by, now)
    approved = approved_filing(employer)
    values = dict(approved.values) if approved else particulars_of(employer)
    values |= asking.changed_to(employer)
    case = _draft(kind_of("change"), values, employer, by, now)
    if approved is not None:
        materials.carry_over(source=approved, target=case)
    return case


def begin_cancellation(*, employer: Employer, by: User, now: datetime) -> Case:
    """The filing that closes the employer: the one under way, or the draft of one."""
    return _begun(
        closing_filing,
        employer,
        lambda: _draft(kind_of("cancel"), asking.closed_by(employer), employer, by, now),
    )


def _begun(
    under_way: Callable[[Employer], Case | None], employer: Employer, draft: Callable[[], Case]
) -> Case:
    if case := under_way(employer):
        return case
    try:
        with transaction.atomic():
            return draft()
    except IntegrityError:
        # A colleague began at the same moment; the database holds one filing at a time.
        found = under_way(employer)
        assert found is not None
        return found


def _registered(employer: Employer, by: User) -> dict[str, Any]:
    """What is known of an employer since it registered, and from its registration authority; its
    operator, unless a clerk files for it."""
    known = {
        "name": employer.name,
        "credit_code": employer.credit_code,
        "region_code": employer.region_code,
        **asking.begun_with(employer),
    }
    if by.scope.counter_for(employer.pk) is None:
        known["operator"] = by.name
        known["operator_mobile"] = by.mobile
    return known


def particulars_of(employer: Employer) -> dict[str, Any]:
    """The employer's particulars as they now hold, by the fields of its form: of employers that
    came from an older system there is no filing to take them from."""
    values = {
        name: employer.opened(name) if name in Employer.SEALED else getattr(employer, name, None)
        for name in EMPLOYER_FORM.fields_by_name
    }
    values["agency"] = str(employer.agency_id) if employer.agency_id else None
    return {name: value or None for name, value in values.items()}


def _draft(
    kind: CaseKind, values: dict[str, Any], employer: Employer, by: User, now: datetime
) -> Case:
    return save_draft(
        kind=kind,
        applicant=employer.party,
        raw=kind.form.dump(values),
        case=None,
        subject=None,
        by=by,
        now=now,
    )
