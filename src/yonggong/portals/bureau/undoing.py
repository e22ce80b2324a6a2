"""撤回: for a few seconds a reviewer may take back what they just decided. Every page of the bureau's
says so, above its content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import held_back, queues
from yonggong.cases.errors import Forbidden
from yonggong.cases.life import Action
from yonggong.cases.models import Case, HeldDecision
from yonggong.cases.procedure import Outcome
from yonggong.portals.access import address_of, needs, user_of

Handler = Callable[[HttpRequest], HttpResponse]

# What was decided, as the bar says it.
_WORDS: dict[str, str] = {
    Action.APPROVE: "审核通过",
    Action.RETURN: "审核不通过，退回",
    Outcome.NEXT: "完成环节",
    Outcome.END: "办结",
    Outcome.REFUSE: "不予办理",
}


@dataclass(frozen=True, slots=True)
class Held:
    """A decision of one's own as the bar shows it: `left` is the seconds in which it can still be
    taken back; where it could not be carried out, its `failure` says why."""

    decision: HeldDecision
    word: str
    left: int

    @property
    def failure(self) -> str:
        return self.decision.failure.rstrip("。")


def held_of(request: HttpRequest, case: Case) -> HeldDecision | None:
    """The decision on a case that is held back, as the request found it."""
    found: list[HeldDecision] = getattr(request, "held_decisions", [])
    return next((one for one in found if one.case_id == case.pk and not one.failure), None)


def bar_of(request: HttpRequest, user: User, now: datetime) -> list[Held]:
    """What the bar shows `user`: their own decisions."""
    found: list[HeldDecision] = getattr(request, "held_decisions", [])
    return [
        Held(
            decision,
            _WORDS[decision.decision],
            max(0, ceil((decision.carry_out_at - now).total_seconds())),
        )
        for decision in found
        if decision.by_id == user.pk and (decision.failure or decision.carry_out_at > now)
    ]


def carries_out_due(get_response: Handler) -> Handler:
    """Middleware: before a page of the bureau's is shown, what is due has been carried out, so that
    nobody sees a case in a state that is over, whether or not a job is running. The page finds what
    is still held back as `request.held_decisions`."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, User) and request.path.startswith(reverse("bureau:home")):
            request.held_decisions = _held_now(request.user)  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def _held_now(user: User) -> list[HeldDecision]:
    now, found = timezone.now(), queues.held_decisions(user)
    if not any(one.carry_out_at <= now and not one.failure for one in found):
        return found
    held_back.carry_out_due(now=now, in_passing=True)
    return queues.held_decisions(user)


@needs(Power.REVIEW, Power.SUPERVISE)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the decision back, and on to its case."""
    user = user_of(request)
    try:
        case = held_back.undo(held=pk, by=user, now=timezone.now(), address=address_of(request))
    except (Forbidden, HeldDecision.DoesNotExist) as late:
        said = str(late) if isinstance(late, Forbidden) else "该决定已经生效，不能撤回。"
        messages.error(request, said)
        return redirect("bureau:queue")
    messages.success(request, f"{case.subject_name}：已撤回您的决定，办件恢复为未审核。")
    return redirect("bureau:case", case.pk)


@needs(Power.REVIEW, Power.SUPERVISE)
@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """知道了: the decision could not be carried out, and its reviewer has read it."""
    held_back.dismiss(held=pk, by=user_of(request))
    return redirect("bureau:queue")
