"""Drafts of the employer's forms: kept while people type, thrown away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from yonggong.cases import drafting
from yonggong.cases.life import State
from yonggong.portals.employer.desk import Desk, at_desk
from yonggong.portals.employer.kind_urls import case_url, list_url
from yonggong.portals.pages import keeping


@at_desk
@require_POST
def draft(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Keep what is typed, by itself while people type."""
    case = desk.case(pk)
    return keeping.keep_typing(request, case, case_url=case_url(case), by=desk.user, now=desk.now)


@at_desk
@require_POST
def discard(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Throw a draft away, or what was typed to mend a returned case."""
    case = desk.case(pk)
    if case.state == State.RETURNED:
        drafting.discard_mending(case=case, by=desk.user)
        messages.success(request, "已放弃修改，恢复为原填报内容。")
        return redirect(case_url(case))
    drafting.discard_draft(case=case, by=desk.user)
    messages.success(request, "草稿已删除。")
    return redirect(list_url(case))
