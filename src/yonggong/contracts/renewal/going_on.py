"""What of a contract goes on when it is renewed: what a blank cell of a renewal's row means, in a
workbook filled in for people just as in one they typed. The dates of the new term are never taken
from the old one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from yonggong.contracts import background
from yonggong.contracts.models import Contract
from yonggong.contracts.renewal.form import RENEWAL_FORM
from yonggong.contracts.threads import held_values
from yonggong.contracts.workbooks import PERSON_FORM
from yonggong.forms.reading import is_blank, shown
from yonggong.registry.actions import document_digest
from yonggong.registry.parties import Party

_ONE_DAY = timedelta(days=1)
# What each term has anew, whatever the one before it said.
_OF_THE_TERM = frozenset({"signed_on", "start_on", "end_on"})
# Said of a value that does not go on.
_NONE = "无"


def continued(contract: Contract) -> dict[str, Any]:
    """The values with which a renewal of the contract goes on, the first day of its term included
    where the term before has an end."""
    held = held_values(contract)
    kept = {
        name: held[name]
        for name in RENEWAL_FORM.fields_by_name
        if held.get(name) not in (None, []) and name not in _OF_THE_TERM
    }
    return kept | ({"start_on": contract.end_on + _ONE_DAY} if contract.end_on else {})


def complete(
    columns: Mapping[str, Sequence[Any]], rows: int, applicant: Party
) -> Mapping[str, Sequence[Any]]:
    """Raw columns of a workbook of renewals with its blank cells filled in from each row's
    contract; rows whose person is not found stay as they are."""
    contracts = _contracts(columns, rows, applicant)
    if not contracts:
        return columns
    kept = {row: RENEWAL_FORM.dump(continued(contract)) for row, contract in contracts.items()}
    full = {name: list(cells) for name, cells in columns.items()}
    for name in RENEWAL_FORM.fields_by_name:
        cells = full.get(name) or [None] * rows
        for row, values in kept.items():
            cell = cells[row]
            if is_blank(cell):
                cells[row] = values.get(name)
            elif isinstance(cell, str) and shown(cell).strip() == _NONE:
                cells[row] = None
        full[name] = cells
    return full


def _contracts(
    columns: Mapping[str, Sequence[Any]], rows: int, applicant: Party
) -> dict[int, Contract]:
    """The contract in force that each row is about."""
    person = {name: columns[name] for name in PERSON_FORM.fields_by_name if name in columns}
    found = PERSON_FORM.clean_columns(person, rows).values
    digests = {
        row: document_digest(str(kind), str(number))
        for row, (kind, number) in enumerate(
            zip(found["document_type"], found["document_number"], strict=True)
        )
        if kind and number
    }
    known = background.of_digests(digests.values(), employer_id=applicant.pk)
    return {
        row: known[digest].own  # type: ignore[misc]
        for row, digest in digests.items()
        if digest in known and known[digest].own is not None
    }
