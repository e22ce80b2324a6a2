"""What an office does with the steps of a case: complete them, fill in records, pause the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import handling, held_back
from yonggong.cases import queries as case_queries
from yonggong.cases.errors import Refused
from yonggong.cases.life import NotAllowed, State
from yonggong.cases.models import Case
from yonggong.cases.procedure import Outcome, StepPlan
from yonggong.cases.step_forms import has_checks
from yonggong.cases.steps import procedure_of
from yonggong.forms import Field, FieldType, Form, Section
from yonggong.forms.page import Action, FormPage
from yonggong.forms.reading import read_key
from yonggong.portals.access import address_of, moment_in, needs, user_of
from yonggong.portals.bureau import refusals
from yonggong.portals.bureau.marked import marked
from yonggong.portals.navigation import stand_under
from yonggong.portals.pages.steps import word_of


@needs(Power.REVIEW, Power.SUPERVISE)
@require_POST
def complete(request: HttpRequest, pk: int) -> HttpResponse:
    """End the open step with one of its outcomes."""
    user = user_of(request)
    case = _case(user, pk)
    if not any(map(user.may, _powers(case))):
        raise Http404
    try:
        outcome = Outcome(request.POST.get("outcome", ""))
    except ValueError:
        raise Http404 from None
    return _done(request, case, lambda: _complete(case, user, outcome, request, request.POST, {}))


@needs(Power.REVIEW)
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The record that the open step asks for; sent with an outcome it ends the step, else it is kept."""
    user = user_of(request)
    case = _case(user, pk)
    step = case_queries.open_step(case)
    if step is None or not case_queries.may_act(user, case, step):
        raise Http404
    form = handling.form_of(case, step)
    if form is None:
        raise Http404
    plan = procedure_of(case).step(step.key)
    problems, sent = [], None
    if request.method == "POST":
        try:
            said = _recorded(case, user, plan, request)
        except Refused as wrong:
            problems, sent = list(wrong.problems), request.POST
        except NotAllowed as late:
            messages.error(request, str(late))
            return redirect("bureau:case", pk)
        else:
            messages.success(request, f"{case.subject_name}：{said}。")
            return redirect("bureau:case", pk)
    stand_under(request, "bureau:queue")
    page = FormPage(
        replace(form, sections=(*form.sections, _opinion(plan, form))),
        raw=sent,
        values=step.values_on(form) if sent is None and step.data else None,
        problems=problems,
        actions=tuple(_buttons(plan)),
        action_url=f"{request.path}?{urlencode({'step': step.pk, 'seen': case.filed_at})}",
        cancel_url=reverse("bureau:case", args=[pk]),
    )
    context = {"case": case, "step": step, "page": page}
    status = 422 if problems else 200
    return render(request, "portals/bureau/record.html", context, status=status)


_SAID, _KEEP = "step_opinion", "keep"


def _opinion(plan: StepPlan, form: Form) -> Section:
    """What whoever ends the step says beside its record; why, where it may turn the case down or back."""
    turning = "、".join(word_of(plan, one) for one in _turning(plan))
    listed = "；核验为不符合的项目自动列入" if has_checks(form) else ""
    said = Field(
        name=_SAID,
        label="意见",
        type=FieldType.LONG_TEXT,
        max_length=500,
        hint=f"{turning}的，写明理由{listed}。" if turning else "",
    )
    return Section(name="opinion_of_step", title="办理意见", fields=(said,))


def _turning(plan: StepPlan) -> list[Outcome]:
    return [one for one in (Outcome.RETURN, Outcome.REFUSE) if one in plan.outcomes]


def _buttons(plan: StepPlan) -> Iterator[Action]:
    going_on = [one for one in (Outcome.NEXT, Outcome.END) if one in plan.outcomes]
    for outcome in going_on:
        yield Action(
            label="保存记录并完成环节" if len(going_on) == 1 else word_of(plan, outcome),
            name="outcome",
            value=outcome.value,
            primary=outcome is going_on[0],
        )
    for turning in _turning(plan):
        yield Action(label=word_of(plan, turning), name="outcome", value=turning.value)
    yield Action(label="暂存", name="outcome", value=_KEEP)


def _recorded(case: Case, user: User, plan: StepPlan, request: HttpRequest) -> str:
    """Keep what was sent, or end the step with it; what was done, in words."""
    asked = request.POST.get("outcome", "")
    if asked == _KEEP:
        seen = moment_in(request.GET, "seen")
        if seen is not None:
            handling.keep(
                case=case, step=_step_key(request.GET), answers=request.POST, seen=seen, by=user
            )
        return "已暂存，环节尚未完成"
    known = {outcome.value: outcome for outcome in plan.outcomes}
    usual: Outcome = Outcome.NEXT if Outcome.NEXT in plan.outcomes else Outcome.END
    outcome: Outcome = known.get(asked, usual)
    _complete(case, user, outcome, request, request.GET, request.POST, said=_SAID)
    return "记录已保存，环节已完成" if outcome in (Outcome.NEXT, Outcome.END) else "已办理"


@needs(Power.REVIEW)
@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the clock stand still."""
    user = user_of(request)
    case = _case(user, pk)
    return _done(
        request,
        case,
        lambda: handling.pause(
            case=case,
            step=_step_key(request.POST),
            reason=request.POST.get("reason", ""),
            by=user,
            now=timezone.now(),
            address=address_of(request),
        ),
    )


@needs(Power.REVIEW)
@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the clock run on."""
    user = user_of(request)
    case = _case(user, pk)
    return _done(
        request,
        case,
        lambda: handling.resume(
            case=case, by=user, now=timezone.now(), address=address_of(request)
        ),
    )


def _case(user: User, pk: int) -> Case:
    """A case of several steps; any other is reviewed, not handled."""
    case = case_queries.get_case(user, pk)
    if case.state == State.DRAFT or case.definition.procedure is None:
        raise Http404
    return case


def _powers(case: Case) -> set[Power]:
    """What those who do one of its steps may do."""
    procedure = case.definition.procedure
    return {plan.power for plan in procedure.steps} if procedure else set()


def _step_key(sent: Mapping[str, Any]) -> int:
    """The key of the step that the page showed; 0, which is no step's, where it was not sent."""
    return read_key(sent.get("step")) or 0


def _complete(
    case: Case,
    user: User,
    outcome: Outcome,
    request: HttpRequest,
    sent: Mapping[str, Any],
    answers: Mapping[str, Any],
    said: str = "opinion",
) -> None:
    """End the step that the page showed, judged by the version that it showed."""
    held_back.decide(
        case=case,
        step=_step_key(sent),
        decision=outcome,
        opinion=request.POST.get(said, ""),
        marked=marked(request, case) if outcome is Outcome.RETURN else (),
        answers=answers,
        seen=moment_in(sent, "seen"),
        by=user,
        now=timezone.now(),
        address=address_of(request),
    )


def _done(request: HttpRequest, case: Case, act: Callable[[], object]) -> HttpResponse:
    """Do it, and say how it went, on the case's page."""
    try:
        act()
    except Refused as wrong:
        refusals.tell(request, wrong)
    except NotAllowed as late:
        messages.error(request, str(late))
    else:
        messages.success(request, f"{case.subject_name}：已办理。")
    return redirect("bureau:case", case.pk)
