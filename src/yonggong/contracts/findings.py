"""What is known of the person and the contract somebody files about, and what the law says of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from yonggong import law
from yonggong.cases.kinds import Attempt
from yonggong.contracts import background, dispatch, facts, workforce
from yonggong.contracts.background import Background
from yonggong.contracts.facts import Place
from yonggong.contracts.field_mapping import pointed
from yonggong.contracts.forms import DISPATCH, ENDING_FORM, NEW_FORM
from yonggong.contracts.models import Contract
from yonggong.contracts.threads import values_in_force
from yonggong.law import owing
from yonggong.law.facts import DispatchSide, EndingFacts
from yonggong.law.findings import Finding
from yonggong.law.owing import Sum
from yonggong.registry.actions import document_digest

Values = Mapping[str, Any]

RENEWAL = "contract.renewal"
# Tells what the other party of a dispatch filed, or did not.
_BOTH_SIDES = "dispatch-both-sides"


@dataclass(slots=True)
class LookedUp:
    """What an attempt is about, as far as it was looked up; a person may be known to nobody."""

    contract: Contract | None = None
    person: Background | None = None
    person_sought: bool = False


def background_of(attempt: Attempt) -> Background | None:
    """What is known of the person; looked up once an attempt."""
    looked_up = attempt.kept.of(LookedUp)
    if not looked_up.person_sought:
        known: Background | None
        values, employer = attempt.values, attempt.employer.pk
        if attempt.subject is not None:
            known = background.of_worker(contract_of(attempt).worker, employer_id=employer)
        elif values.get("document_number") and values.get("document_type"):
            digest = document_digest(values["document_type"], values["document_number"])
            known = background.of_digests([digest], employer_id=employer).get(digest)
        else:
            known = None
        looked_up.person, looked_up.person_sought = _told(attempt, known), True
    return looked_up.person


def _told(attempt: Attempt, known: Background | None) -> Background | None:
    """What of it this attempt may be told: while people type, only what their own employer filed;
    on submission all, where number and name are the person's."""
    employer = attempt.employer.pk
    if known is None or attempt.subject is not None:
        return known
    if not attempt.typing:
        return known.told_of(attempt.values.get("name"), employer)
    return known.own_part(employer) if known.filed_here else None


def note_told(attempt: Attempt, said: Iterable[str]) -> None:
    """Note what the checks say of filings by other employers."""
    known = background_of(attempt)
    if known is None or known.worker is None:
        return
    texts = list(said)
    for name in known.others(attempt.employer.pk):
        if any(name in text for text in texts):
            attempt.told.append(f"{known.worker.name}在{name}的备案")


def contract_of(attempt: Attempt) -> Contract:
    """The contract that a renewal, change or ending is about; of the filing employer only."""
    looked_up = attempt.kept.of(LookedUp)
    if looked_up.contract is None:
        looked_up.contract = Contract.objects.select_related(
            "worker", "current__current__carried"
        ).get(pk=attempt.subject or 0, employer=attempt.employer)
    return looked_up.contract


def _place(attempt: Attempt) -> Place:
    return Place.of(attempt.employer, attempt.policy, attempt.today)


def _other_side(attempt: Attempt, values: Values) -> DispatchSide | None:
    """What the other party of a dispatch filed of this worker."""
    known = background_of(attempt)
    if values.get("employment_form") != DISPATCH or known is None or known.worker is None:
        return None
    if attempt.typing or (attempt.subject is None and known.worker.name != values.get("name")):
        return None
    worker = known.worker.pk
    party = dispatch.other_party(values, attempt.employer.credit_code)
    return dispatch.other_sides({worker: party}).get(worker)


def of_new(attempt: Attempt) -> Sequence[Finding]:
    """Of a new contract, and of the workforce where it adds to a share or follows a layoff."""
    values, employer, today = attempt.values, attempt.employer, attempt.today
    known = background_of(attempt)
    judged = facts.contract_facts(
        values,
        _place(attempt),
        known,
        before=known.terms_before(None) if known else (),
        other_side=_other_side(attempt, values),
    )
    found = law.check_contract(judged, today)
    if attempt.typing:
        found = [finding for finding in found if finding.rule != _BOTH_SIDES]
    note_told(attempt, (finding.message for finding in found))
    uses = dispatch.is_user_unit(values, employer.credit_code)
    hired = workforce.at_hiring(employer, [(0, values)], uses_dispatched=uses, today=today)
    return pointed([*found, *hired.get(0, ())], NEW_FORM)


def of_later(attempt: Attempt) -> Sequence[Finding]:
    """Of a renewal or change: what its form does not ask comes from what now holds."""
    known = background_of(attempt)
    assert known is not None
    held = values_in_force(contract_of(attempt))
    judged = facts.later_facts(
        attempt.values,
        _place(attempt),
        known,
        held=held,
        contract=contract_of(attempt).pk,
        renews=attempt.kind.name == RENEWAL,
        other_side=_other_side(attempt, {**held, **attempt.values}),
    )
    found = law.check_contract(judged, attempt.today)
    if attempt.typing:
        found = [finding for finding in found if finding.rule != _BOTH_SIDES]
    return pointed(found, attempt.kind.form)


def _ended(attempt: Attempt) -> EndingFacts:
    return facts.ending_facts(
        attempt.values,
        _place(attempt),
        background_of(attempt),
        held=values_in_force(contract_of(attempt)),
        contract=contract_of(attempt).pk,
    )


def is_of_dispatcher(attempt: Attempt) -> bool:
    """Whether the contract filed is the dispatcher's, whose worker this user unit files."""
    held = values_in_force(contract_of(attempt))
    return dispatch.is_user_unit(held, attempt.employer.credit_code)


def owed_at_end(attempt: Attempt) -> tuple[Sum, ...]:
    """What the employer owes by the answers so far, with the contract on file."""
    return owing.owed_at_end(_ended(attempt))


def agreed_pay(attempt: Attempt) -> Decimal | None:
    """What the contract on file says of a month's pay; None where it is paid by the hour."""
    held = values_in_force(contract_of(attempt))
    if held.get("base_pay") is None:
        return None
    parts = (held.get(name) for name in ("base_pay", "performance_pay", "allowances"))
    return sum((part for part in parts if part is not None), Decimal(0))


def of_ending(attempt: Attempt) -> Sequence[Finding]:
    """Of an ending, and of the layoffs that it adds to."""
    found = law.check_ending(_ended(attempt), attempt.today)
    together = workforce.at_ending(
        attempt.employer, [(0, attempt.values)], today=attempt.today
    ).get(0, ())
    return pointed([*found, *together], ENDING_FORM)
