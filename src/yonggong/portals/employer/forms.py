"""The forms of the employer's cases: where one goes from them, and the contract a filing is on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from yonggong.cases.models import Case
from yonggong.cases.query_codes import code_of
from yonggong.contracts.queries import get_contract
from yonggong.portals.employer.desk import Desk, at_desk
from yonggong.portals.pages import filling
from yonggong.portals.pages.desk import Desk as AnyDesk
from yonggong.portals.pages.site import EMPLOYER
from yonggong.portals.uploading import takes_files


def _told(filed: Case) -> str:
    return (
        f"保存成功，{filed.subject_name}的{filed.kind_title}已提交审核。"
        f"办件编号 {filed.number}，查询码 {code_of(filed)}，送审机构：{filed.agency}。"
    )


def _landed(filed: Case) -> str:
    """The list, under the conditions that show what was just filed (manual 1.4 to 1.6)."""
    pages = filed.definition.pages
    shown = f"?kind={pages.word}&state=pending" if pages.list is not None else ""
    return f"{EMPLOYER.list_url(filed)}{shown}"


def _beside(desk: AnyDesk, case: Case) -> Mapping[str, Any]:
    """The contract on which the filing was begun, if it was."""
    begun_on = case.definition.pages.list
    if begun_on is None or not begun_on.from_rows or case.subject is None:
        return {}
    return {"contract": get_contract(desk.user, case.subject)}


_FORMS = filling.Forms(
    told=_told,
    landed=_landed,
    saved="草稿已保存，可在首页“待办事项”中继续填写。",
    beside=_beside,
)


@at_desk
@require_http_methods(["GET", "POST"])
@takes_files(60)
def form(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """The form of a case: shown, kept as a draft, filed."""
    return filling.answer(request, desk, pk, _FORMS)
