"""Workbooks of renewals and endings filled in from what now holds, and what a blank cell takes over.

Of a renewal, a blank cell means that the present value goes on: in a workbook filled in for people
just as in one they typed. The dates of the new term are never taken from the old one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from yonggong.cases.pages import FilledRows
from yonggong.contracts import background
from yonggong.contracts.forms import RENEWAL_FORM
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.queries import ending_within, with_contract
from yonggong.contracts.threads import held_values
from yonggong.contracts.workbooks import PERSON_FORM
from yonggong.forms.columns import cell_words
from yonggong.forms.reading import is_blank, shown
from yonggong.policy import Policy
from yonggong.registry.actions import document_digest
from yonggong.registry.models import Employer

_ONE_DAY = timedelta(days=1)
# What each term has anew, whatever the one before it said.
_OF_THE_TERM = frozenset({"signed_on", "start_on", "end_on"})
# Said of a value that does not go on.
_NONE = "无"
# Of every workbook of renewals, filled in or not.
BLANK_GOES_ON = "单元格留空表示不变，沿用原合同的内容；原有内容不再约定的，填“无”。"


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


def ending_soon(
    employer: Employer,
    rules: Policy,
    on: date,
    *,
    offered: Callable[[Filing, date], bool],
    cells: Callable[[Contract, date], dict[str, str]],
    title: str,
    notes: Sequence[str],
) -> FilledRows:
    """A row for each contract about to end that can be filed of now; those that can't are counted
    in the notes."""
    days = max(rules.reminders.contract_ending_days)
    contracts = list(
        ending_within(employer, days=days, on=on).select_related(
            "worker", "current__current__carried"
        )
    )
    filings = with_contract(Filing.objects.filter(contract__in=contracts, in_post=True))
    found = {row.contract_id for row in filings if offered(row, on)}
    ready = [contract for contract in contracts if contract.pk in found]
    rest = len(contracts) - len(ready)
    left_out = (
        [f"另有 {rest} 份到期合同有备案未审核或者尚未生成名册，没有列入本表。"] if rest else []
    )
    return FilledRows(
        cells=[cells(contract, on) for contract in ready],
        notes=[*notes, *left_out],
        nothing=f"{days} 日内没有可以办理{title}的到期合同："
        "须审核通过、没有未审核的备案，要求名册的还须已生成名册。",
    )


def person_cells(contract: Contract) -> dict[str, str]:
    """Whose contract it is, as a workbook has it."""
    worker = contract.worker
    values = {
        "name": worker.name,
        "document_type": worker.document_type,
        "document_number": worker.document_number,
    }
    fields = PERSON_FORM.fields_by_name
    return {name: cell_words(fields[name], value) for name, value in values.items()}


def complete(
    columns: Mapping[str, Sequence[Any]], rows: int, employer: Employer
) -> Mapping[str, Sequence[Any]]:
    """Raw columns of a workbook of renewals with its blank cells filled in from each row's
    contract; rows whose person is not found stay as they are."""
    contracts = _contracts(columns, rows, employer)
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
    columns: Mapping[str, Sequence[Any]], rows: int, employer: Employer
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
    known = background.of_digests(digests.values(), employer_id=employer.pk)
    return {
        row: known[digest].own  # type: ignore[misc]
        for row, digest in digests.items()
        if digest in known and known[digest].own is not None
    }
