"""回执: that a filing came in, printed for whoever brought it, on the page or at a counter."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone

from yonggong.cases import materials
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.cases.query_codes import code_of
from yonggong.documents.rendering import render_receipt
from yonggong.documents.rendering.papers import Receipt
from yonggong.portals.files import file_response

# Nothing came in, or it counts no longer.
_WITHOUT = (State.DRAFT, State.VOIDED)


def is_given(case: Case) -> bool:
    """Whether a receipt can be had of the case as it is now."""
    return case.filed_at is not None and case.state not in _WITHOUT


def pdf(case: Case) -> HttpResponse:
    """The receipt; 404 of a case that has not come in."""
    if not is_given(case) or case.filed_at is None:
        raise Http404
    counter = f"（{case.counter.name}代录）" if case.counter else ""
    employer, item = case.applicant.employer, case.definition.item
    receipt = Receipt(
        number=case.number,
        case_kind=case.kind_title,
        employer=case.applicant.name,
        credit_code=employer.credit_code if employer else "",
        filer=f"{case.filed_by.name}{counter}",
        filed_at=timezone.localtime(case.filed_at),
        agency=case.agency.name if case.agency else "",
        due_on=case.due_on,
        service=item is not None and item.page is not None,
        pairs=[
            ("办理对象", case.subject_name),
            ("已收材料", "、".join(materials.received(case)) or "无"),
            ("查询码", f"{code_of(case)}（凭办件编号和查询码可以查询办理进度）"),
        ],
    )
    return file_response(
        render_receipt(receipt), "application/pdf", f"回执{case.number}.pdf", download=False
    )
