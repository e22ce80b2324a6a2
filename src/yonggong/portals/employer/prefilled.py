"""Workbooks filled in with the contracts that are about to end: to renew them, or to end them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from yonggong import policy
from yonggong.accounts.actions import record_access
from yonggong.batch.template import Filled, template
from yonggong.cases.for_province import for_province
from yonggong.cases.kinds import get_kind
from yonggong.contracts import prefilling
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.queries import can_be, ending_within, with_contract
from yonggong.portals.employer.batch import NOTES_ROW, workbook
from yonggong.portals.employer.desk import Desk, labour


@dataclass(frozen=True, slots=True)
class _Prefilled:
    """What of a contract stands in a workbook, and what its notes say of that."""

    cells: Callable[[Contract, date], dict[str, str]]
    notes: Sequence[str]


PREFILLED = {
    "contract.renewal": _Prefilled(prefilling.renewal_cells, prefilling.RENEWAL_NOTES),
    "contract.ending": _Prefilled(prefilling.ending_cells, prefilling.ENDING_NOTES),
}


@labour
@require_GET
def ending_soon(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """The workbook of a kind with a row for each contract about to end that it can be filed of.

    It holds whole document numbers, so it leaves a line in the access log.
    """
    if kind not in PREFILLED:
        raise Http404
    bulk, what = get_kind(kind).bulk, PREFILLED[kind]
    assert bulk is not None
    rules = policy.of(desk.employer.region_code, desk.today)
    days = max(rules.reminders.contract_ending_days)
    contracts = list(
        ending_within(desk.employer, days=days, on=desk.today).select_related(
            "worker", "current__current__carried"
        )
    )
    ready = _ready(kind, contracts, desk)
    title = get_kind(kind).title
    if not ready:
        messages.warning(
            request,
            f"{days} 日内没有可以办理{title}的到期合同："
            "须审核通过、没有未审核的备案，要求名册的还须已生成名册。",
        )
        return redirect(
            "employer:batch-new" if kind.endswith("renewal") else "employer:batch-ending"
        )
    record_access(
        f"单位 {desk.employer.name}",
        f"{title}预填表格，{len(ready)} 人",
        download=True,
        by=desk.user,
        address=desk.address,
    )
    content = template(
        for_province(bulk.form, rules),
        notes_row=kind in NOTES_ROW,
        rows=[Filled(what.cells(contract, desk.today)) for contract in ready],
        advice=[*what.notes, *bulk.notes, *_left_out(len(contracts) - len(ready))],
    )
    return workbook(content, f"{title}预填表格{desk.today}.xlsx")


def _ready(kind: str, contracts: Sequence[Contract], desk: Desk) -> list[Contract]:
    """Those of the contracts that a filing of the kind can be made of now."""
    filings = with_contract(Filing.objects.filter(contract__in=contracts, in_post=True))
    word = kind.removeprefix("contract.")
    found = {row.contract_id for row in filings if can_be(word, row, desk.today)}
    return [contract for contract in contracts if contract.pk in found]


def _left_out(count: int) -> list[str]:
    if not count:
        return []
    return [f"另有 {count} 份到期合同有备案未审核或者尚未生成名册，没有列入本表。"]
