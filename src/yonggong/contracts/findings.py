"""What the law says of rows that somebody would file, with what is known of person and contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from yonggong import law
from yonggong.cases.attempts import Attempts
from yonggong.contracts import facts
from yonggong.contracts.facts import Place
from yonggong.contracts.field_mapping import pointed
from yonggong.contracts.lookups import (
    later_of,
    note_told,
    other_sides,
)
from yonggong.contracts.on_record import on_record, with_record
from yonggong.law.findings import Finding

Values = Mapping[str, Any]
Found = dict[int, Sequence[Finding]]

# Tells what the other party of a dispatch filed, or did not.
_BOTH_SIDES = "dispatch-both-sides"


def place_of(tried: Attempts) -> Place:
    """The employer and the place where the work is, as the law looks at them."""
    return Place.of(tried.applicant.employer, tried.policy, tried.today)


def of_later(tried: Attempts, rows: Sequence[int], *, renews: bool) -> Found:
    later, place = later_of(tried), place_of(tried)
    terms = {row: {**later[row].held, **tried.rows[row]} for row in rows if row in later}
    others = other_sides(tried, terms, terms)
    recorded = on_record("contract", tried, terms)
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
        judged = with_record(judged, recorded.get(row))
        if said := law.check_contract(judged, tried.today):
            found[row] = told(tried, row, said)
    return found


def told(tried: Attempts, row: int, found: Sequence[Finding]) -> list[Finding]:
    """The findings as a filer may be told them, each pointing to a field of what they filled in."""
    if tried.typing:
        found = [finding for finding in found if finding.rule != _BOTH_SIDES]
    note_told(tried, row, (finding.message for finding in found))
    return pointed(found, tried.form)
