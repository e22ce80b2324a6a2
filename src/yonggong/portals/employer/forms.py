"""The page on which a case is filled in or mended: one for every kind of case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from yonggong import policy
from yonggong.cases import actions as case_actions
from yonggong.cases import checking
from yonggong.cases import queries as case_queries
from yonggong.cases.attempts import Attempt
from yonggong.cases.errors import Overtaken, Refused
from yonggong.cases.for_province import for_province
from yonggong.cases.kinds import CaseKind
from yonggong.cases.life import Action, State, may
from yonggong.cases.models import Case, unsealed
from yonggong.cases.verdicts import Verdict
from yonggong.codes import calendar
from yonggong.contracts.models import Contract
from yonggong.contracts.queries import get_contract
from yonggong.forms import Form, Option, Problem
from yonggong.forms.page import EXPLANATION, FormPage, explanations
from yonggong.forms.page import Action as Button
from yonggong.portals.access import submission_key
from yonggong.portals.employer import advising, drafts, materials
from yonggong.portals.employer.desk import Desk, at_desk
from yonggong.portals.employer.kind_urls import case_url, form_url, list_url, word
from yonggong.portals.pages import keeping
from yonggong.portals.uploading import takes_files
from yonggong.registry.handling import agencies_for

_AGENCY_HINT = "所选行政区划的受理机构，负责审核本单位的备案"
_TYPED_BY_OTHERS = (
    "该办件由他人填报，表单中有完整的个人信息，在窗口不能打开。请由原填报人修改，"
    "或由单位经办人登录修改。"
)
_SUBMIT = Button(label="保存并提交审核", name="ask", value="submit", primary=True)
_NEXT = Button(label="保存并再添一人", name="ask", value="next")
_KEEP = Button(label="存为草稿", name="ask", value="save")
_SAVE = Button(label="保存", name="ask", value="save")
_SEND = Button(label="提交审核", name="ask", value="submit", primary=True)
_AMEND = Button(label="重新提交审核", name="ask", value="submit", primary=True)
_LATER = Button(label="保存修改，暂不提交", name="ask", value="save")


@at_desk
@require_http_methods(["GET", "POST"])
@takes_files(60)
def form(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """GET: the form with what was typed so far. POST `ask`=save keeps a draft, =submit files."""
    case = desk.case(pk, around=False)
    if not _open(case):
        if request.method == "POST":
            filed = case_queries.filed_with(desk.user, submission_key(request))
            if filed == case:
                return _filed(request, desk, case)  # sent again, since the first answer got lost
        return keeping.not_open(request, case, case_url=case_url(case), by=desk.user, now=desk.now)
    if not case_queries.may_see_personal(desk.user, case):
        messages.warning(request, _TYPED_BY_OTHERS)
        return redirect(case_url(case))
    if request.method == "GET":
        keeping.record_opened(case, by=desk.user, address=desk.address)
        return _show(request, desk, case, _missing(request, desk, case))
    try:
        return _sent(request, desk, case)
    except Overtaken:
        return _show(request, desk, desk.case(pk, around=False), sent=request.POST, overtaken=True)


def _sent(request: HttpRequest, desk: Desk, case: Case) -> HttpResponse:
    """Do what was asked. Raises `Overtaken` where another tab typed something else meanwhile."""
    asked = request.POST.get("ask")
    if asked in ("mine", "theirs"):
        return keeping.choose(request, case, form_url=form_url(case), by=desk.user, now=desk.now)
    problems = materials.take_files(request, desk, case)
    if asked == "save":
        return _save(request, desk, case, problems)
    return _submit(request, desk, case, problems)


def _open(case: Case) -> bool:
    return may(Action.SUBMIT, case.state) or may(Action.AMEND, case.state)


def _save(
    request: HttpRequest, desk: Desk, case: Case, problems: Sequence[Problem]
) -> HttpResponse:
    """Keep the draft, and say at once what is missing: people go on to the materials from here.

    The answer leads to a page of its own, so that a page loaded anew sends nothing old again.
    """
    case = keeping.save(request, case, by=desk.user, now=desk.now)
    if case.state == State.RETURNED:
        for problem in problems:
            messages.error(request, problem.text)
        messages.success(request, "修改已保存，尚未提交。请在改好后重新提交审核。")
        return redirect(case_url(case))
    if not case.definition.pages.materials_apart:
        messages.success(request, "草稿已保存，可在首页“待办事项”中继续填写。")
        return redirect(list_url(case))
    for problem in problems:
        messages.error(request, problem.text)
    _, found, _ = _attempt(desk, case, request.POST)
    if any(problem.code != checking.MATERIAL_MISSING for problem in found):
        messages.success(request, "已保存，尚未提交。以下内容改正后才能提交审核。")
        return redirect(f"{form_url(case)}?missing=1")
    messages.success(request, "保存成功，请上传材料后提交审核。")
    return redirect(f"employer:{word(case)}-materials", case.pk)


def _missing(request: HttpRequest, desk: Desk, case: Case) -> list[Problem]:
    """What is wrong with a draft that was saved, if that was asked for."""
    if "missing" not in request.GET or case.state != State.DRAFT:
        return []
    return _attempt(desk, case, _kept(case))[1]


def _submit(
    request: HttpRequest, desk: Desk, case: Case, problems: Sequence[Problem]
) -> HttpResponse:
    # The materials page submits what is kept, without sending it all again.
    kept = "kept" in request.POST
    sent = None if kept else request.POST
    raw = _kept(case) if kept else request.POST
    if kept and keeping.seen_by(request) not in (None, case_queries.revision_of(case)):
        messages.warning(request, "草稿在另一窗口有改动，没有提交。请核对以下内容后再提交审核。")
        return redirect(form_url(case))
    if problems:
        if not kept:
            keeping.save(request, case, by=desk.user, now=desk.now)
        return _show(request, desk, desk.case(case.pk, around=False), problems, sent=sent)
    try:
        filed = case_actions.submit(
            kind=case.definition,
            raw=raw,
            applicant=desk.employer.party,
            case=case,
            subject=_subject(case),
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
            refused.problems,
            sent=sent,
            verdicts=refused.verdicts,
            tried=refused.tried,
        )
    return _filed(request, desk, filed)


def _filed(request: HttpRequest, desk: Desk, filed: Case) -> HttpResponse:
    messages.success(
        request,
        f"保存成功，{filed.subject_name}的{filed.kind_title}已提交审核。"
        f"办件编号 {filed.number}，送审机构：{filed.agency}。",
    )
    if filed.late_days:
        rules = policy.of(desk.employer.region_code, desk.today)
        said = f"{rules.text('notice_late')}（逾期 {filed.late_days} 天）"
        open_years = calendar.caution(filed.statutory_due_on) if filed.statutory_due_on else ""
        messages.warning(request, f"{said}{open_years}")
    if request.POST.get("ask") == "next" and filed.definition.pages.repeats:
        return redirect(form_url(drafts.begun(desk, filed.definition)))
    return redirect(f"{list_url(filed)}{_landing(filed)}")


def _landing(case: Case) -> str:
    """The conditions under which the list shows what was just filed (manual 1.4 to 1.6)."""
    if case.definition.pages.list is None:
        return ""
    return f"?kind={word(case)}&state=pending"


def _kept(case: Case) -> dict[str, Any]:
    """What was typed, or filed, as the form takes it."""
    return unsealed(case_queries.typed_in(case), case.definition.form.personal_fields)


def _subject(case: Case) -> int | None:
    """What the filing is about; nothing known yet where that comes into being by it."""
    return None if case.definition.makes_subject else case.subject


def _attempt(
    desk: Desk, case: Case, raw: Mapping[str, Any]
) -> tuple[Attempt, list[Problem], list[Verdict]]:
    """Check what is not sent yet."""
    return checking.attempt(
        kind=case.definition,
        raw=raw,
        applicant=desk.employer.party,
        case=case,
        subject=_subject(case),
        explanations=explanations(raw),
        by=desk.user,
        now=desk.now,
        typing=True,
    )


def _trying(desk: Desk, case: Case, raw: Mapping[str, Any]) -> Attempt:
    """What is typed, as it is understood."""
    tried, _ = checking.trying(
        kind=case.definition,
        raw=raw,
        applicant=desk.employer.party,
        case=case,
        subject=_subject(case),
        by=desk.user,
        now=desk.now,
        typing=True,
    )
    return tried


def _begun(desk: Desk, case: Case) -> dict[str, Any]:
    """The answers with which a form that nobody has touched yet starts."""
    form = case.definition.form
    return form.dump(form.initial() | dict(case.definition.pages.starts(desk.employer.party)))


def _show(
    request: HttpRequest,
    desk: Desk,
    case: Case,
    problems: Sequence[Problem] = (),
    *,
    sent: Mapping[str, Any] | None = None,
    verdicts: Sequence[Verdict] = (),
    tried: Attempt | None = None,
    overtaken: bool = False,
) -> HttpResponse:
    page = _page(desk, case, problems, sent=sent, verdicts=verdicts, tried=tried)
    keeping.notice_of(request, desk.user, case, page, sent=sent is not None, overtaken=overtaken)
    rules = policy.of(desk.employer.region_code, desk.today)
    context = {
        "notice": _notice(case, rules),
        "commitment": rules.text("commitment"),
        "case": case,
        "mending": case_queries.mending_of(case),
        "page": page,
        "pages": case.definition.pages,
        "list_url": list_url(case),
        "contract": _contract(desk, case),
        "chooses_agency": rules.agency_is_chosen and case.definition.agency_field,
        "agency_found": case.definition.agency_field and not rules.agency_is_chosen,
    }
    refused = 422 if problems and request.method == "POST" else 200
    status = 409 if overtaken else refused
    return render(request, "portals/employer/form.html", context, status=status)


def _notice(case: Case, rules: policy.Policy) -> str:
    """What the province says above the form of a filing."""
    notice = case.definition.pages.notice
    return rules.text(notice) if notice else ""


def _page(
    desk: Desk,
    case: Case,
    problems: Sequence[Problem] = (),
    *,
    sent: Mapping[str, Any] | None = None,
    verdicts: Sequence[Verdict] = (),
    tried: Attempt | None = None,
) -> FormPage:
    """The form as it is shown. `tried`: the same answers, where they have been looked at already."""
    kept = _kept(case)
    raw = sent if sent is not None else kept or _begun(desk, case)
    typed = tried.as_typed() if tried else _trying(desk, case, raw)
    own_page = case.definition.pages.materials_apart
    rules = policy.of(desk.employer.region_code, desk.today)
    return FormPage(
        _form(case.definition, rules),
        raw=raw,
        understood=typed.values,
        problems=problems,
        findings=verdicts,
        advice=advising.of(case, typed),
        options=_agencies(desk, raw, case.definition, rules),
        autosave_url=f"{form_url(case)}draft/" if _open(case) else None,
        check_url=f"{form_url(case)}check/",
        uploads=() if own_page else materials.of(desk, case, problems),
        links=materials.upload_urls(case) if own_page else {},
        actions=_buttons(case, own_page=own_page),
        action_url=form_url(case),
        cancel_url=list_url(case),
        idempotency_key=materials.new_key(),
        explanations=_explained(case, kept, sent),
        unmasked=True,
    )


def _buttons(case: Case, *, own_page: bool) -> tuple[Button, ...]:
    if case.state == State.RETURNED:
        return (_AMEND, _LATER)
    if own_page:
        return (_SAVE, _SEND)
    return (_SUBMIT, _NEXT, _KEEP) if case.definition.pages.repeats else (_SUBMIT, _KEEP)


def _explained(
    case: Case, kept: Mapping[str, Any], sent: Mapping[str, Any] | None
) -> dict[str, str]:
    """The explanations given: those sent now, before those of the draft, before those filed."""
    findings = case.current.findings if case.current else []
    filed = {item["rule"]: item["explanation"] for item in findings if item["explanation"]}
    before = filed | explanations(kept)
    if sent is None:
        return before
    unasked = {rule: text for rule, text in before.items() if f"{EXPLANATION}{rule}" not in sent}
    return unasked | explanations(sent)


def _form(kind: CaseKind, rules: policy.Policy) -> Form:
    """The form as it is asked here: who reviews is chosen among the region's agencies, not in the
    whole tree, and not at all where the province's routing decides."""
    form = for_province(kind.form, rules, agency_field=kind.agency_field)
    if not kind.agency_field:
        return form
    if not rules.agency_is_chosen:
        return form.without(kind.agency_field)
    return form.altered(**{kind.agency_field: {"hint": _AGENCY_HINT}})


def _agencies(
    desk: Desk, raw: Mapping[str, Any] | None, kind: CaseKind, rules: policy.Policy
) -> dict[str, Sequence[Option]]:
    """The agencies of the region chosen; of the employer's own until one is. None where nobody
    chooses."""
    if not kind.agency_field or not rules.agency_is_chosen:
        return {}
    region = str((raw or {}).get("region_code") or desk.employer.region_code)
    return {kind.agency_field: agency_options(region, kind)}


def agency_options(region_code: str, kind: CaseKind) -> list[Option]:
    """The agencies of a region to choose from for a kind, the nearest first."""
    if len(region_code) != 6 or not region_code.isascii() or not region_code.isdigit():
        return []
    return [
        Option(code=str(agency.pk), label=f"{agency.name}（{agency.get_level_display()}）")
        for agency in reversed(agencies_for(region_code, kind.matter))
    ]


def _contract(desk: Desk, case: Case) -> Contract | None:
    """The contract on which the filing was begun, if it was."""
    begun_on = case.definition.pages.list
    if begun_on is None or not begun_on.from_rows or case.subject is None:
        return None
    return get_contract(desk.user, case.subject)


@at_desk
@require_POST
def check(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Say what the law finds in what is typed so far; nothing is written."""
    case = desk.case(pk)
    tried, problems, verdicts = _attempt(desk, case, request.POST)
    # What nobody has answered yet is no finding: it is still on its way.
    unanswered = {problem.field for problem in problems if problem.code == "required"}
    said = [verdict for verdict in verdicts if verdict.field not in unanswered]
    unsaid = {verdict.rule for verdict in verdicts} - {verdict.rule for verdict in said}
    told = [
        problem
        for problem in problems
        if problem.code not in unsaid and problem.field.removeprefix(EXPLANATION) not in unsaid
    ]
    page = _page(desk, case, told, sent=request.POST, verdicts=said, tried=tried)
    return page.check_response(request)
