"""撤回, 按原内容重新填报: one way for every kind of case."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from yonggong.cases import second_thoughts
from yonggong.cases.actions import claim, settle
from yonggong.cases.models import Case
from yonggong.portals.access import submission_key
from yonggong.portals.employer.desk import Desk, at_desk, closed
from yonggong.portals.employer.kind_urls import case_url, form_url
from yonggong.portals.pages import again


@at_desk
@require_POST
def withdraw(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Take a case back before it is decided: what was filed is a draft again, materials too."""
    return again.take_back(request, desk, desk.case(pk), case_url=case_url, form_url=form_url)


@at_desk
@require_POST
def begin_again(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """File what was voided or refused again from its content: a draft of it, one for each key."""
    if answer := closed(request, desk):
        return answer
    key = submission_key(request)
    with transaction.atomic():
        earlier = claim(user=desk.user, key=key)
        if earlier:
            return redirect(form_url(desk.case(int(earlier.outcome))))
        draft = _draft(desk, pk)
        settle(user=desk.user, key=key, outcome=str(draft.pk))
    messages.success(request, "已按原内容生成草稿，材料一并带入。请核对后提交审核。")
    return redirect(form_url(draft))


def _draft(desk: Desk, pk: int) -> Case:
    return second_thoughts.begin_again(case=desk.case(pk), by=desk.user, now=desk.now)
