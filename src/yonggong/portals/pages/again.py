"""Taking back what nobody has decided yet: the answer of every portal where people file."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from yonggong.cases import second_thoughts
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.portals.pages.uploads import Desk


def take_back(
    request: HttpRequest,
    desk: Desk,
    case: Case,
    *,
    case_url: Callable[[Case], str],
    form_url: Callable[[Case], str],
) -> HttpResponse:
    """Take a case back: what was filed is a draft again, materials too, and its form is opened."""
    back = second_thoughts.take_back(
        case=case,
        reason=request.POST.get("reason", ""),
        by=desk.user,
        now=desk.now,
        address=desk.address,
    )
    if back.state != State.DRAFT:
        messages.success(request, f"{back.kind_title}已撤回。")
        return redirect(case_url(back))
    messages.success(request, "已撤回，原提交作废；填报内容和材料已转为草稿，可以修改后重新提交。")
    return redirect(form_url(back))
