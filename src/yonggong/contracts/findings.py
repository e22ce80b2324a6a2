"""What the law says of rows that somebody would file, with what is known of person and contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from yonggong import law
from yonggong.cases.attempts import Attempt, Attempts
from yonggong.contracts import dispatch, facts, workforce
from yonggong.contracts.facts import Place
from yonggong.contracts.field_mapping import pointed
from yonggong.contracts.lookups import (
    background_of,
    contract_of,
    later_of,
    note_told,
    other_sides,
    people_of,
    rows_of,
)
from yonggong.contracts.threads import values_in_force
from yonggong.law import owing
from yonggong.law.facts import EndingFacts
from yonggong.law.findings import Finding
from yonggong.law.owing import Sum

Values = Mapping[str, Any]
Found = dict[int, Sequence[Finding]]

# Tells what the other party of a dispatch filed, or did not.
_BOTH_SIDES = "dispatch-both-sides"


def _place(tried: Attempts) -> Place:
    return Place.of(tried.employer, tried.policy, tried.today)


def of_new(tried: Attempts, rows: Sequence[int]) -> Found:
    """Of new contracts, and of the workforce where they add to a share or follow a layoff."""
    employer, today, place = tried.employer, tried.today, _place(tried)
    people, others = people_of(tried), other_sides(tried, rows)
    uses = employer.credit_code in tried.columns.get("user_unit_code", ())
    together = workforce.at_hiring(
        employer, rows_of(tried, rows), uses_dispatched=uses, today=today
    )
    found: Found = {}
    for row, values in rows_of(tried, rows):
        known = people.get(row)
        judged = facts.contract_facts(
            values,
            place,
            known,
            before=known.terms_before(None) if known else (),
            other_side=others.get(row),
        )
        said = law.check_contract(judged, today)
        if said or row in together:
            found[row] = _said(tried, row, [*said, *together.get(row, ())])
    return found


def of_renewal(tried: Attempts, rows: Sequence[int]) -> Found:
    """Of renewals: what their form does not ask comes from what now holds."""
    return _of_later(tried, rows, renews=True)


def of_change(tried: Attempts, rows: Sequence[int]) -> Found:
    """Of changes: what their form does not ask comes from what now holds."""
    return _of_later(tried, rows, renews=False)


def _of_later(tried: Attempts, rows: Sequence[int], *, renews: bool) -> Found:
    later, place = later_of(tried), _place(tried)
    terms = {row: {**later[row].held, **tried.rows[row]} for row in rows if row in later}
    others = other_sides(tried, terms, terms)
    found: Found = {}
    for row in terms:
        about = later[row]
        judged = facts.later_facts(
            tried.rows[row],
            place,
            about.person,
            held=about.held,
            contract=about.contract.pk,
            renews=renews,
            other_side=others.get(row),
        )
        if said := law.check_contract(judged, tried.today):
            found[row] = _said(tried, row, said)
    return found


def of_ending(tried: Attempts, rows: Sequence[int]) -> Found:
    """Of endings, and of the layoffs that they add to."""
    later, place = later_of(tried), _place(tried)
    mine = [row for row in rows if row in later]
    together = workforce.at_ending(tried.employer, rows_of(tried, mine), today=tried.today)
    found: Found = {}
    for row, values in rows_of(tried, mine):
        about = later[row]
        ended = facts.ending_facts(
            values, place, about.person, held=about.held, contract=about.contract.pk
        )
        said = law.check_ending(ended, tried.today)
        if said or row in together:
            found[row] = _said(tried, row, [*said, *together.get(row, ())])
    return found


def _said(tried: Attempts, row: int, found: Sequence[Finding]) -> list[Finding]:
    """The findings as a filer may be told them, each pointing to a field of what they filled in."""
    if tried.typing:
        found = [finding for finding in found if finding.rule != _BOTH_SIDES]
    note_told(tried, row, (finding.message for finding in found))
    return pointed(found, tried.form)


# --- what pages say of one ending ------------------------------------------------------------


def is_of_dispatcher(attempt: Attempt) -> bool:
    """Whether the contract filed is the dispatcher's, whose worker this user unit files."""
    held = values_in_force(contract_of(attempt))
    return dispatch.is_user_unit(held, attempt.employer.credit_code)


def owed_at_end(attempt: Attempt) -> tuple[Sum, ...]:
    """What the employer owes by the answers so far, with the contract on file."""
    return owing.owed_at_end(_ended(attempt))


def _ended(attempt: Attempt) -> EndingFacts:
    return facts.ending_facts(
        attempt.values,
        _place(attempt.among),
        background_of(attempt),
        held=values_in_force(contract_of(attempt)),
        contract=contract_of(attempt).pk,
    )


def agreed_pay(attempt: Attempt) -> Decimal | None:
    """What the contract on file says of a month's pay; None where it is paid by the hour."""
    held = values_in_force(contract_of(attempt))
    if held.get("base_pay") is None:
        return None
    parts = (held.get(name) for name in ("base_pay", "performance_pay", "allowances"))
    return sum((part for part in parts if part is not None), Decimal(0))
