"""The page on which a case is filled in or mended: one for every kind of case and every portal where
people file. A portal says what is told and where one goes next (`Forms`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yonggong import policy
from yonggong.cases import actions as case_actions
from yonggong.cases import checking, closed, drafting
from yonggong.cases import queries as case_queries
from yonggong.cases.attempts import Attempt
from yonggong.cases.errors import Overtaken, Refused
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.cases.verdicts import Verdict
from yonggong.codes import calendar
from yonggong.forms import Problem
from yonggong.forms.page import EXPLANATION, explanations
from yonggong.portals.access import submission_key
from yonggong.portals.navigation import stand_under
from yonggong.portals.pages import beginning, keeping, prechecks, uploads
from yonggong.portals.pages import case as case_page
from yonggong.portals.pages import form as case_form
from yonggong.portals.pages.desk import Desk
from yonggong.registry.parties import Party

_TYPED_BY_OTHERS = (
    "该办件由他人填报，表单中有完整的个人信息，在窗口不能打开。请由原填报人修改，"
    "或由单位经办人登录修改。"
)

# What an applicant promises of what is filed, where it is no unit.
_COMMITMENTS = {Party.Kind.PERSON.value: "commitment_person"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """A portal's own of the forms.

    told    what is said of a case just filed
    landed  where one goes then
    saved   what is said of a draft kept
    beside  what its template needs beside what all do
    """

    told: Callable[[Case], str]
    landed: Callable[[Case], str]
    saved: str
    beside: Callable[[Desk, Case], Mapping[str, Any]] = lambda desk, case: {}


def answer(request: HttpRequest, desk: Desk, pk: int, forms: Forms) -> HttpResponse:
    """GET: the form with what was typed so far. POST `ask`=save keeps a draft, =submit files, =next
    files and begins another."""
    case, site = desk.case(pk, around=False), desk.site
    if not case_form.is_open(case):
        if request.method == "POST":
            filed = case_queries.filed_with(desk.user, submission_key(request))
            if filed == case:
                # Sent again, since the first answer got lost.
                return _filed(request, desk, case, forms)
        return keeping.not_open(
            request, case, case_url=site.case_url(case), by=desk.user, now=desk.now
        )
    if not case_queries.may_see_personal(desk.user, case):
        messages.warning(request, _TYPED_BY_OTHERS)
        return redirect(site.case_url(case))
    if request.method == "GET" and closed.is_barred(case.definition, case.applicant):
        messages.error(request, f"{closed.refusal(case.definition).text}。")
        return redirect(site.list_url(case) if case.state == State.DRAFT else site.case_url(case))
    if request.method == "GET":
        keeping.record_opened(case, by=desk.user, address=desk.address)
        return _show(request, desk, case, forms, _missing(request, desk, case))
    try:
        return _sent(request, desk, case, forms)
    except Overtaken:
        again = desk.case(pk, around=False)
        return _show(request, desk, again, forms, sent=request.POST, overtaken=True)


def _sent(request: HttpRequest, desk: Desk, case: Case, forms: Forms) -> HttpResponse:
    """Do what was asked. Raises `Overtaken` where another tab typed something else meanwhile."""
    asked = request.POST.get("ask")
    if asked in ("mine", "theirs"):
        address = desk.site.form_url(case)
        return keeping.choose(request, case, form_url=address, by=desk.user, now=desk.now)
    problems = uploads.take_files(request, desk, case)
    if asked == "save":
        return _save(request, desk, case, forms, problems)
    return _submit(request, desk, case, forms, problems)


def _save(
    request: HttpRequest, desk: Desk, case: Case, forms: Forms, problems: Sequence[Problem]
) -> HttpResponse:
    """Keep the draft, and say at once what is missing: people go on to the materials from here.

    The answer leads to a page of its own, so that a page loaded anew sends nothing old again.
    """
    site = desk.site
    case = keeping.save(request, case, by=desk.user, now=desk.now)
    for problem in problems:
        messages.error(request, problem.text)
    if case.state == State.RETURNED:
        messages.success(request, "修改已保存，尚未提交。请在改好后重新提交审核。")
        return redirect(site.case_url(case))
    if not case.definition.pages.materials_apart:
        messages.success(request, forms.saved)
        return redirect(site.form_url(case) if problems else site.list_url(case))
    _, found, _ = case_form.attempt(desk, case, request.POST)
    if any(problem.code != checking.MATERIAL_MISSING for problem in found):
        messages.success(request, "已保存，尚未提交。以下内容改正后才能提交审核。")
        return redirect(f"{site.form_url(case)}?missing=1")
    messages.success(request, "保存成功，请上传材料后提交审核。")
    return redirect(site.materials_url(case))


def _missing(request: HttpRequest, desk: Desk, case: Case) -> list[Problem]:
    """What is wrong with a draft that was saved, if that was asked for."""
    if "missing" not in request.GET or case.state != State.DRAFT:
        return []
    return case_form.attempt(desk, case, case_form.kept(case))[1]


def _submit(
    request: HttpRequest, desk: Desk, case: Case, forms: Forms, problems: Sequence[Problem]
) -> HttpResponse:
    # The materials page submits what is kept, without sending it all again.
    kept = "kept" in request.POST
    sent = None if kept else request.POST
    raw = case_form.kept(case) if kept else request.POST
    if kept and keeping.seen_by(request) not in (None, case_queries.revision_of(case)):
        messages.warning(request, "草稿在另一窗口有改动，没有提交。请核对以下内容后再提交审核。")
        return redirect(desk.site.form_url(case))
    if problems:
        if not kept:
            keeping.save(request, case, by=desk.user, now=desk.now)
        fresh = desk.case(case.pk, around=False)
        return _show(request, desk, fresh, forms, problems, sent=sent)
    try:
        filed = case_actions.submit(
            kind=case.definition,
            raw=raw,
            applicant=case.applicant,
            case=case,
            subject=case_form.subject_of(case),
            explanations=explanations(raw),
            seen=keeping.seen_by(request),
            tab=keeping.page_of(request),
            key=submission_key(request),
            by=desk.user,
            now=desk.now,
            address=desk.address,
        )
    except Refused as refused:
        # What was sent is its draft now.
        return _show(
            request,
            desk,
            desk.case(case.pk, around=False),
            forms,
            refused.problems,
            sent=sent,
            verdicts=refused.verdicts,
            tried=refused.tried,
        )
    return _filed(request, desk, filed, forms)


def _filed(request: HttpRequest, desk: Desk, filed: Case, forms: Forms) -> HttpResponse:
    messages.success(request, forms.told(filed))
    if filed.late_days:
        said = case_form.rules_of(desk, filed).text("notice_late")
        open_years = calendar.caution(filed.statutory_due_on) if filed.statutory_due_on else ""
        messages.warning(request, f"{said}（逾期 {filed.late_days} 天）{open_years}")
    if request.POST.get("ask") == "next" and filed.definition.pages.repeats:
        fresh = beginning.begun(desk, filed.applicant, filed.definition)
        return redirect(desk.site.form_url(fresh))
    return redirect(forms.landed(filed))


def _show(
    request: HttpRequest,
    desk: Desk,
    case: Case,
    forms: Forms,
    problems: Sequence[Problem] = (),
    *,
    sent: Mapping[str, Any] | None = None,
    verdicts: Sequence[Verdict] = (),
    tried: Attempt | None = None,
    overtaken: bool = False,
) -> HttpResponse:
    site = desk.site
    stand_under(request, site.list_name(case))
    page = case_form.page_of(desk, case, problems, sent=sent, verdicts=verdicts, tried=tried)
    keeping.notice_of(request, desk.user, case, page, sent=sent is not None, overtaken=overtaken)
    kind, rules = case.definition, case_form.rules_of(desk, case)
    context = {
        "site": site,
        "notice": _notice(case, rules),
        "commitment": rules.text(_COMMITMENTS.get(case.applicant.kind, "commitment")),
        "case": case,
        "mending": case_queries.mending_of(case),
        "page": page,
        "pages": kind.pages,
        "list_url": site.list_url(case),
        "panels": case_page.panels(
            request,
            case_page.look_at(case, user=desk.user, site=site, unmasked=True),
            places=case_page.ABOVE_THE_FORM,
        ),
        "workbook_url": "" if kind.pages.own else site.url("item-workbook", case.pk),
        "prechecks": prechecks.of_case(case, desk.today, by=desk.user),
        "chooses_agency": rules.agency_is_chosen and kind.agency_field,
        "agency_found": kind.agency_field and not rules.agency_is_chosen,
        **forms.beside(desk, case),
    }
    refused = 422 if problems and request.method == "POST" else 200
    status = 409 if overtaken else refused
    return render(request, f"portals/{site.namespace}/form.html", context, status=status)


def _notice(case: Case, rules: policy.Policy) -> str:
    """What the province says above the form of a filing."""
    notice = case.definition.pages.notice
    return rules.text(notice) if notice else ""


@require_POST
def check(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Say what the law finds in what is typed so far; nothing is written."""
    case = desk.case(pk)
    tried, problems, verdicts = case_form.attempt(desk, case, request.POST)
    # What nobody has answered yet is no finding: it is still on its way.
    unanswered = {problem.field for problem in problems if problem.code == "required"}
    said = [verdict for verdict in verdicts if verdict.field not in unanswered]
    unsaid = {verdict.rule for verdict in verdicts} - {verdict.rule for verdict in said}
    told = [
        problem
        for problem in problems
        if problem.code not in unsaid and problem.field.removeprefix(EXPLANATION) not in unsaid
    ]
    page = case_form.page_of(desk, case, told, sent=request.POST, verdicts=said, tried=tried)
    return page.check_response(request)


@require_POST
def keep_typing(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Keep what is typed, by itself while people type."""
    found, case_url = partial(desk.case, pk), desk.site.url("case", pk)
    return keeping.keep_typing(request, found, case_url=case_url, by=desk.user, now=desk.now)


@require_POST
def discard(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Throw a draft away, or what was typed to mend a returned case."""
    case, site = desk.case(pk), desk.site
    if case.state == State.RETURNED:
        drafting.discard_mending(case=case, by=desk.user)
        messages.success(request, "已放弃修改，恢复为原填报内容。")
        return redirect(site.case_url(case))
    drafting.discard_draft(case=case, by=desk.user)
    messages.success(request, "草稿已删除。")
    return redirect(site.list_url(case))
