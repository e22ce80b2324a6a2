"""The form of a person's case: kept, sent, mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from yonggong import policy
from yonggong.cases import actions as case_actions
from yonggong.cases import drafting
from yonggong.cases import queries as case_queries
from yonggong.cases.errors import Overtaken, Refused
from yonggong.cases.for_province import for_province
from yonggong.cases.life import Action, State, may
from yonggong.cases.models import Case, unsealed
from yonggong.cases.verdicts import Verdict
from yonggong.forms import Problem
from yonggong.forms.page import Action as Button
from yonggong.forms.page import FormPage, explanations
from yonggong.portals.access import submission_key
from yonggong.portals.navigation import stand_under
from yonggong.portals.pages import keeping, uploads
from yonggong.portals.pages.site import PERSON
from yonggong.portals.person.desk import Desk, at_desk
from yonggong.portals.uploading import takes_files

_BUTTONS = (
    Button(label="提交申请", name="ask", value="submit", primary=True),
    Button(label="存为草稿", name="ask", value="save"),
)


@at_desk
@require_http_methods(["GET", "POST"])
@takes_files(60)
def form(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """GET: the form with what was typed so far. POST `ask`=save keeps a draft, =submit files."""
    case = desk.case(pk)
    if not (may(Action.SUBMIT, case.state) or may(Action.AMEND, case.state)):
        if case_queries.filed_with(desk.user, submission_key(request)) == case:
            return redirect("person:case", pk)
        address = PERSON.url("case", pk)
        return keeping.not_open(request, case, case_url=address, by=desk.user, now=desk.now)
    if request.method == "GET":
        keeping.record_opened(case, by=desk.user, address=desk.address)
        return _show(request, desk, case)
    try:
        return _sent(request, desk, case)
    except Overtaken:
        return _show(request, desk, desk.case(pk), sent=request.POST, overtaken=True)


def _sent(request: HttpRequest, desk: Desk, case: Case) -> HttpResponse:
    """Do what was asked. Raises `Overtaken` where another tab typed something else meanwhile."""
    asked = request.POST.get("ask")
    if asked in ("mine", "theirs"):
        address = PERSON.url("case-form", case.pk)
        return keeping.choose(request, case, form_url=address, by=desk.user, now=desk.now)
    problems = uploads.take_files(request, desk, case, site=PERSON)
    if problems or asked == "save":
        keeping.save(request, case, by=desk.user, now=desk.now)
    if problems:
        return _show(request, desk, desk.case(case.pk), problems, sent=request.POST)
    if asked == "save":
        messages.success(request, "已保存，尚未提交。")
        return redirect("person:home")
    try:
        filed = case_actions.submit(
            kind=case.definition,
            raw=request.POST,
            applicant=case.applicant,
            case=case,
            subject=None if case.definition.makes_subject else case.subject,
            explanations=explanations(request.POST),
            seen=keeping.seen_by(request),
            tab=keeping.page_of(request),
            key=submission_key(request),
            by=desk.user,
            now=desk.now,
            address=desk.address,
        )
    except Refused as refused:
        # What was sent is its draft now.
        fresh = desk.case(case.pk)
        return _show(
            request, desk, fresh, refused.problems, sent=request.POST, verdicts=refused.verdicts
        )
    messages.success(
        request, f"{filed.kind_title}已提交。办件编号 {filed.number}，受理机构：{filed.agency}。"
    )
    return redirect("person:case", filed.pk)


@at_desk
@require_POST
def draft(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Keep what is typed, by itself while people type."""
    address = PERSON.url("case", pk)
    return keeping.keep_typing(request, desk.case(pk), case_url=address, by=desk.user, now=desk.now)


@at_desk
@require_POST
def discard(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Throw a draft away, or what was typed to mend a returned case."""
    case = desk.case(pk)
    if case.state == State.RETURNED:
        drafting.discard_mending(case=case, by=desk.user)
        return redirect("person:case", pk)
    drafting.discard_draft(case=case, by=desk.user)
    messages.success(request, "草稿已删除。")
    return redirect("person:home")


def _show(
    request: HttpRequest,
    desk: Desk,
    case: Case,
    problems: Sequence[Problem] = (),
    *,
    sent: Mapping[str, Any] | None = None,
    verdicts: Sequence[Verdict] = (),
    overtaken: bool = False,
) -> HttpResponse:
    stand_under(request, "person:home")
    kind, address = case.definition, PERSON.url("case-form", case.pk)
    rules = policy.of(case.region_code, desk.today)
    kept = unsealed(case_queries.typed_in(case), kind.form.personal_fields)
    page = FormPage(
        for_province(kind.form, rules, agency_field=kind.agency_field),
        raw=sent if sent is not None else kept or kind.form.dump(kind.form.initial()),
        problems=problems,
        findings=verdicts,
        autosave_url=f"{address}draft/",
        uploads=uploads.slots_of(case, user=desk.user, site=PERSON, problems=problems),
        actions=_BUTTONS,
        action_url=address,
        cancel_url=PERSON.url("home"),
        idempotency_key=str(uuid4()),
        explanations=explanations(kept if sent is None else sent),
        unmasked=True,
    )
    keeping.notice_of(request, desk.user, case, page, sent=sent is not None, overtaken=overtaken)
    context = {"case": case, "page": page, "commitment": rules.text("commitment")}
    refused = 422 if problems and request.method == "POST" else 200
    status = 409 if overtaken else refused
    return render(request, "portals/person/form.html", context, status=status)
