"""Workbooks filled in with what can be filed of now: the contracts about to end, for one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from yonggong import policy
from yonggong.accounts.actions import record_access
from yonggong.batch.template import Filled, template
from yonggong.cases.for_province import for_province
from yonggong.cases.kinds import get_kind
from yonggong.portals.employer.batch import workbook_of
from yonggong.portals.employer.desk import Desk, labour
from yonggong.portals.files import workbook


@labour
@require_GET
def prefilled(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """The workbook of a kind with a row for all that can be filed of now.

    It holds whole document numbers, so it leaves a line in the access log.
    """
    book = workbook_of(kind)
    if book.prefilled is None:
        raise Http404
    rules = policy.of(desk.employer.region_code, desk.today)
    filled = book.prefilled.rows(desk.employer.party, rules, desk.today)
    if not filled.cells:
        messages.warning(request, filled.nothing)
        return redirect(f"employer:batch-{book.page}")
    title = f"{get_kind(kind).title}预填表格"
    record_access(
        f"单位 {desk.employer.name}",
        f"{title}，{len(filled.cells)} 人",
        download=True,
        by=desk.user,
        address=desk.address,
    )
    content = template(
        for_province(book.form, rules),
        notes_row=book.hints,
        rows=[Filled(dict(cells)) for cells in filled.cells],
        advice=[*filled.notes, *book.notes],
    )
    return workbook(content, f"{title}{desk.today}.xlsx")
