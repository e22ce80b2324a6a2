"""办理进度: how a case stands, for whoever has its number and query code; nothing else of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yonggong.accounts.limits import Limit, TooOften, count_act
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.cases.query_codes import find
from yonggong.portals.access import address_of

ASKING = Limit("progress", of_account=60, of_address=60)
_NOT_FOUND = "没有查到编号和查询码都与所填一致的办件，请对照回执核对。"
_NEXT = {
    State.PENDING: "办件已提交，正在办理。",
    State.RETURNED: "办件已退回，请登录查看意见，修改后重新提交；在窗口申请的，请到原窗口办理。",
    State.APPROVED: "办件已办结，请登录查看结果，或者到办理机构领取。",
    State.REFUSED: "办件不予办理，理由和救济途径见办理机构出具的文书。",
    State.VOIDED: "办件已撤回或者作废。",
    State.REVOKED: "办件的办理结果已撤销，请联系办理机构。",
}


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """GET: what is asked. POST: the state of the case with this number and code."""
    problem, found = "", None
    number, code = request.POST.get("number", "")[:40], request.POST.get("code", "")[:20]
    if request.method == "POST":
        try:
            # Nobody is to find a code by trying.
            count_act(ASKING, user=None, address=address_of(request), now=timezone.now())
            found = find(number=number, code=code)
            problem = "" if found else _NOT_FOUND
        except TooOften as refused:
            problem = str(refused)
    context = {
        "number": number,
        "code": code,
        "problem": problem,
        "found": _told(found) if found else None,
    }
    status = 422 if problem else 200
    return render(request, "portals/public/progress.html", context, status=status)


def _told(case: Case) -> dict[str, object]:
    return {
        "number": case.number,
        "state": case.state_title,
        "says": _NEXT.get(State(case.state), ""),
        "due_on": case.due_on if case.state == State.PENDING else None,
    }
