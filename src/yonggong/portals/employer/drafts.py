"""How a filing on a contract begins: the draft, with what now holds filled in."""

from __future__ import annotations

from typing import Any

from yonggong.cases import queries as case_queries
from yonggong.cases.actions import save_draft
from yonggong.cases.kinds import CaseKind
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.contracts.filings import CHANGE, ENDING, NEW, RENEWAL
from yonggong.contracts.models import Contract
from yonggong.contracts.prefilling import continued
from yonggong.contracts.threads import held_values
from yonggong.portals.employer.desk import Desk

CONTRACT_KINDS: dict[str, CaseKind] = {
    "new": NEW,
    "renewal": RENEWAL,
    "change": CHANGE,
    "ending": ENDING,
}


def of_contract(desk: Desk, kind: CaseKind, contract: Contract | None) -> Case:
    """The draft of a filing on `contract` (None: a new contract): the one this person has begun,
    or a new one."""
    begun = case_queries.visible_to(desk.user).filter(
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
