"""What an office does with the steps of a case: complete them, fill in records, pause the clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from yonggong.cases.procedure import Outcome
from yonggong.forms.page import Action, FormPage
from yonggong.portals.access import address_of, key_in, moment_in, needs, user_of
from yonggong.portals.bureau import refusals
from yonggong.portals.bureau.marked import marked
from yonggong.portals.navigation import stand_under


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
    """The record that the open step asks for; sent, it ends the step."""
    user = user_of(request)
    case = _case(user, pk)
    step = case_queries.open_step(case)
    if step is None or not case_queries.may_act(user, case, step):
        raise Http404
    form = handling.form_of(case, step)
    if form is None:
        raise Http404
    problems, sent = [], None
    if request.method == "POST":
        try:
            _complete(case, user, Outcome.NEXT, request, request.GET, request.POST)
        except Refused as wrong:
            problems, sent = list(wrong.problems), request.POST
        except NotAllowed as late:
            messages.error(request, str(late))
            return redirect("bureau:case", pk)
        else:
            messages.success(request, f"{case.subject_name}：记录已保存，环节已完成。")
            return redirect("bureau:case", pk)
    stand_under(request, "bureau:queue")
    page = FormPage(
        form,
        raw=sent,
        problems=problems,
        actions=(Action(label="保存记录并完成环节", primary=True),),
        action_url=f"{request.path}?{urlencode({'step': step.pk, 'seen': case.filed_at})}",
        cancel_url=reverse("bureau:case", args=[pk]),
    )
    context = {"case": case, "step": step, "page": page}
    status = 422 if problems else 200
    return render(request, "portals/bureau/record.html", context, status=status)


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
    return key_in(sent.get("step")) or 0


def _complete(
    case: Case,
    user: User,
    outcome: Outcome,
    request: HttpRequest,
    sent: Mapping[str, Any],
    answers: Mapping[str, Any],
) -> None:
    """End the step that the page showed, judged by the version that it showed."""
    held_back.decide(
        case=case,
        step=_step_key(sent),
        decision=outcome,
        opinion=request.POST.get("opinion", ""),
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
