"""撤回, 按原内容重新填报: one way for every kind of case and every portal where people file."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from yonggong.cases import second_thoughts
from yonggong.cases.actions import claim, settle
from yonggong.cases.life import State
from yonggong.portals.access import submission_key
from yonggong.portals.pages.desk import Desk


@require_POST
def take_back(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Take a case back before it is decided: what was filed is a draft again, materials too, and its
    form is opened."""
    site = desk.site
    back = second_thoughts.take_back(
        case=desk.case(pk),
        reason=request.POST.get("reason", ""),
        by=desk.user,
        now=desk.now,
        address=desk.address,
    )
    if back.state != State.DRAFT:
        messages.success(request, f"{back.kind_title}已撤回。")
        return redirect(site.case_url(back))
    messages.success(request, "已撤回，原提交作废；填报内容和材料已转为草稿，可以修改后重新提交。")
    return redirect(site.form_url(back))


@require_POST
def begin_again(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """File what was voided or refused again from its content: a draft of it, one for each key."""
    key, site = submission_key(request), desk.site
    with transaction.atomic():
        earlier = claim(user=desk.user, key=key)
        if earlier:
            return redirect(site.form_url(desk.case(int(earlier.outcome))))
        draft = second_thoughts.begin_again(case=desk.case(pk), by=desk.user, now=desk.now)
        settle(user=desk.user, key=key, outcome=str(draft.pk))
    messages.success(request, "已按原内容生成草稿，材料一并带入。请核对后重新提交。")
    return redirect(site.form_url(draft))
