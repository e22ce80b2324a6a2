"""The forms of a person's cases: what is said once one is filed, and where one goes then."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from yonggong.cases.models import Case
from yonggong.cases.query_codes import code_of
from yonggong.portals.pages import filling
from yonggong.portals.pages.site import PERSON
from yonggong.portals.person.desk import Desk, at_desk
from yonggong.portals.uploading import takes_files


def _told(filed: Case) -> str:
    return (
        f"{filed.kind_title}已提交。办件编号 {filed.number}，查询码 {code_of(filed)}，"
        f"受理机构：{filed.agency}。"
    )


_FORMS = filling.Forms(
    told=_told,
    landed=PERSON.case_url,
    saved="草稿已保存，尚未提交，可在“我的办件”中继续填写。",
)


@at_desk
@require_http_methods(["GET", "POST"])
@takes_files(60)
def form(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """The form of a case: shown, kept as a draft, filed."""
    return filling.answer(request, desk, pk, _FORMS)
