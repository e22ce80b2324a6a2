"""What a service item's case shows beside its steps: a longer limit, photos, objections, what was paid, the
evaluation; with what whoever looks may do about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from yonggong.cases import queries as case_queries
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.cases.pages import Look
from yonggong.portals.pages.desk import Desk
from yonggong.services import evaluations, extensions, publicity, surveys
from yonggong.services.errors import Unfit
from yonggong.services.evaluation_models import Evaluation
from yonggong.services.handling_models import Extension, Objection, Photo


@dataclass(frozen=True, slots=True)
class Service:
    """What there is of a case, and what may be done: "" or False where it may not."""

    extensions: Sequence[Extension]
    to_decide: Extension | None
    may_extend: bool
    most_days: int
    most_open: bool
    photos: Sequence[Photo]
    may_photograph: bool
    objections: Sequence[Objection]
    may_answer: bool
    publicised: int | None
    evaluation: Evaluation | None
    may_evaluate: bool
    may_reply: bool
    levels: Sequence[tuple[int, str]]
    good_tags: Sequence[str]
    bad_tags: Sequence[str]
    reply_days: int
    reply_open: bool


def service_of(look: Look) -> Service | None:
    """None for what is no service item."""
    case, user = look.case, look.user
    if not case.definition.is_service:
        return None
    office = look.site.namespace == "bureau"
    asked = list(extensions.of_case(case))
    step = case_queries.open_step(case) if case.state == State.PENDING else None
    acts = office and step is not None and case_queries.may_act(user, case, step)
    waiting = asked if office and step is not None else ()
    said = evaluations.of_case(case) if evaluations.is_open_to(case) else None
    if said is not None:
        said.case = case
    days, is_open = evaluations.limit_days(case)
    most_days, most_open = extensions.most_days(case)
    public = step is not None and publicity.is_public(step, timezone.localdate())
    return Service(
        extensions=asked if office else [one for one in asked if one.agreed],
        to_decide=next((one for one in waiting if extensions.may_decide(user, one)), None),
        may_extend=acts and extensions.may_ask(user, case),
        most_days=most_days,
        most_open=most_open,
        photos=list(surveys.photos_of(case)) if office else (),
        may_photograph=acts and step is not None and step.kind == "survey",
        objections=list(publicity.objections_of(case)) if office else (),
        may_answer=acts and step is not None and step.kind == "publicity",
        publicised=step.pk if step is not None and public else None,
        evaluation=said,
        may_evaluate=not office and said is None and evaluations.may_evaluate(user, case),
        may_reply=office and said is not None and evaluations.may_reply(user, said),
        levels=Evaluation.Level.choices,
        good_tags=evaluations.GOOD_TAGS,
        bad_tags=evaluations.BAD_TAGS,
        reply_days=days,
        reply_open=is_open,
    )


def evaluate(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """What the applicant says of how their case was handled."""
    if request.method != "POST":
        return HttpResponse(status=405)
    case: Case = desk.case(pk)
    level = request.POST.get("level", "")
    try:
        evaluations.evaluate(
            case=case,
            level=int(level) if level in "12345" and level else 0,
            tags=request.POST.getlist("tags"),
            text=request.POST.get("text", ""),
            by=desk.user,
            now=timezone.now(),
        )
    except Unfit as unfit:
        messages.error(request, str(unfit))
    else:
        messages.success(request, "感谢您的评价。")
    return redirect(desk.site.case_url(case))
