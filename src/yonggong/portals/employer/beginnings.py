"""How a filing begins: the draft, with what now holds filled in."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from yonggong.cases import materials
from yonggong.cases import queries as cases
from yonggong.cases.actions import save_draft
from yonggong.cases.kinds import CaseKind
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.contracts.filings import CHANGE, ENDING, NEW, RENEWAL
from yonggong.contracts.models import Contract
from yonggong.contracts.prefilling import continued
from yonggong.contracts.threads import held_values
from yonggong.employers import filings as employers
from yonggong.employers.queries import approved_filing, open_filing
from yonggong.portals.employer.desk import Desk
from yonggong.registry.models import Employer
from yonggong.vault import open_sealed

CONTRACT_KINDS: dict[str, CaseKind] = {
    "new": NEW,
    "renewal": RENEWAL,
    "change": CHANGE,
    "ending": ENDING,
}


def of_contract(desk: Desk, kind: CaseKind, contract: Contract | None) -> Case:
    """The draft of a filing on `contract` (None: a new contract): the one this person has begun,
    or a new one."""
    begun = cases.visible_to(desk.user).filter(
        employer=desk.employer, kind=kind.name, state=State.DRAFT, filed_by=desk.user
    )
    begun = begun.filter(draft__data={}) if contract is None else begun.filter(subject=contract.pk)
    return begun.first() or _draft(
        desk,
        kind,
        {} if contract is None else _terms(kind, contract),
        subject=contract.pk if contract else None,
    )


def _draft(desk: Desk, kind: CaseKind, values: dict[str, Any], subject: int | None = None) -> Case:
    return save_draft(
        kind=kind,
        employer=desk.employer,
        raw=kind.form.dump(values),
        case=None,
        subject=subject,
        by=desk.user,
        now=desk.now,
    )


def _terms(kind: CaseKind, contract: Contract) -> dict[str, Any]:
    """What the form of a later filing starts with."""
    if kind is ENDING:
        return {}
    if kind is RENEWAL:
        # The term that follows; how long it lasts is what the parties agreed.
        return continued(contract)
    held = held_values(contract)
    probation = held.get("probation_end_on")
    if probation is not None and probation < contract.start_on:
        # Of a term before this one.
        held |= {"probation_end_on": None, "probation_pay": None}
    return held


def of_employer(desk: Desk) -> Case:
    """The employer's filing under way, or the draft of a new one: initial, or a change that
    starts with the values and the materials last approved."""
    if case := open_filing(desk.employer):
        return case
    try:
        return _employer_draft(desk)
    except IntegrityError:
        # A colleague began at the same moment; the database holds one filing at a time.
        found = open_filing(desk.employer)
        assert found is not None
        return found


@transaction.atomic
def _employer_draft(desk: Desk) -> Case:
    if desk.employer.state == Employer.State.UNFILED:
        return _draft(desk, employers.INITIAL, _registered(desk))
    approved = approved_filing(desk.employer)
    values = approved.values if approved else particulars_of(desk.employer)
    case = _draft(desk, employers.CHANGE, values)
    if approved is not None:
        materials.carry_over(source=approved, target=case)
    return case


def of_cancellation(desk: Desk) -> Case:
    """The draft of the filing that closes the employer."""
    begun = cases.visible_to(desk.user).filter(
        employer=desk.employer,
        kind=employers.CANCELLATION.name,
        state__in=(State.DRAFT, State.PENDING, State.RETURNED),
    )
    return begun.first() or _draft(desk, employers.CANCELLATION, {})


def _registered(desk: Desk) -> dict[str, Any]:
    """What is known of an employer since it registered; its operator, unless a clerk files for it."""
    known = {
        "name": desk.employer.name,
        "credit_code": desk.employer.credit_code,
        "region_code": desk.employer.region_code,
    }
    if desk.user.scope.counter_for(desk.employer.pk) is None:
        known["operator"] = desk.user.name
        known["operator_mobile"] = desk.user.mobile
    return known


def particulars_of(employer: Employer) -> dict[str, Any]:
    """The employer's particulars as they now hold, by the fields of its form: of employers that
    came from an older system there is no filing to take them from."""
    sealed = ("contact_mobile", "operator_mobile", "operator_document")
    values = {
        name: open_sealed(getattr(employer, f"{name}_sealed"))
        if name in sealed
        else getattr(employer, name, None)
        for name in employers.INITIAL.form.fields_by_name
    }
    values["agency"] = str(employer.agency_id) if employer.agency_id else None
    return {name: value or None for name, value in values.items()}
