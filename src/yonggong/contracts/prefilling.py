"""Workbooks filled in for the contracts about to end: whose they are, and which can be filed of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from yonggong.cases.workbook import FilledRows
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.queries import ending_within, with_contract
from yonggong.contracts.workbooks import PERSON_FORM
from yonggong.forms.columns import cell_words
from yonggong.policy import Policy
from yonggong.registry.parties import Party


def ending_soon(
    *,
    offered: Callable[[Filing, date], bool],
    cells: Callable[[Contract, date], dict[str, str]],
    title: str,
    notes: Sequence[str],
) -> Callable[[Party, Policy, date], FilledRows]:
    """What fills in a row for each contract about to end that can be filed of now; those that can't
    are counted in the notes."""

    def rows(applicant: Party, rules: Policy, on: date) -> FilledRows:
        days = max(rules.reminders.contract_ending_days)
        contracts = list(
            ending_within(applicant.employer, days=days, on=on).select_related(
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

    return rows


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
