"""What waits for a reviewer, and what leaves their queue: handed out, or decided and held back for a
few seconds (`held_back`)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import opinions_due, standing_in
from yonggong.cases.life import Phase, State
from yonggong.cases.models import Case, HeldDecision


def queue_of(user: User) -> QuerySet[Case]:
    """Cases waiting for a decision at the reviewer's agencies, the one due first on top; not the
    joint ones that wait for their items, nor those whose decision is held back.

    What waits at an agency exists for all its reviewers, so `queries.visible_to` says nothing more
    here, and every bureau page would pay for it.
    """
    here = user.scope.agencies(Power.REVIEW)
    waiting = Case.objects.filter(for_reviewers(), acting_agency__in=here)
    return waiting.exclude(pk__in=_held().values("case"))


def for_reviewers() -> Q:
    """The cases that wait for a reviewer of the agency that acts: neither for their items, nor for
    somebody else's opinion."""
    return Q(~Q(phase=Phase.WAITING), ~opinions_due.not_reviewed(), state=State.PENDING)


def clean_queue_of(user: User) -> QuerySet[Case]:
    """Of the queue, what can be judged at a glance: of one step, filed in time and for the first time,
    with nothing found in it."""
    return queue_of(user).filter(phase="", finding_count=0, late_days=0, first_filed_on=None)


def to_hand_out(user: User, *, behind: Case | None) -> tuple[QuerySet[Case], ...]:
    """What the reviewer may be handed, by due date: cases of the queue that no colleague has and
    that they did not file. First what comes behind a case, then all but it."""
    waiting = _free_for(user).order_by("due_on", "pk")
    if behind is None or behind.due_on is None:
        return (waiting,)
    later = Q(due_on__gt=behind.due_on) | Q(due_on=behind.due_on, pk__gt=behind.pk)
    return waiting.filter(later), waiting.exclude(pk=behind.pk)


def _free_for(user: User) -> QuerySet[Case]:
    """Of the queue, what no colleague has who is here, and what they did not file."""
    free = Q(assigned_to=None) | Q(assigned_to=user) | _absents(user)
    return queue_of(user).filter(free, ~Q(filed_by=user))


def _absents(user: User) -> Q:
    """What colleagues have for whom the reviewer stands in today."""
    return standing_in.had_by_absent(user.pk, timezone.localdate())


def more_to_hand_out(user: User, case: Case) -> bool:
    """Whether the reviewer would be handed another case after this one."""
    return _free_for(user).exclude(pk=case.pk).exists()


# --- decisions held back ----------------------------------------------------------------------


def _held() -> QuerySet[HeldDecision]:
    """The decisions held back at this moment."""
    return HeldDecision.objects.filter(failure="")


def held_decision(case: Case) -> HeldDecision | None:
    """The decision on a case that is held back, so that nobody else decides it."""
    return _held().filter(case=case).select_related("by").first()


def decisions_held_by(user: User) -> QuerySet[HeldDecision]:
    """The decisions of a reviewer that they may still take back, and those of theirs that could not
    be carried out."""
    return HeldDecision.objects.filter(by=user).select_related("case")


def held_decisions(reader: User) -> list[HeldDecision]:
    """What is held back at this moment, and what of `reader`'s could not be carried out; the latest
    first. One question for all that a page says of it."""
    found = HeldDecision.objects.filter(Q(failure="") | Q(by=reader))
    return list(found.prefetch_related("by", "case").order_by("-decided_at", "-pk"))


def decisions_due(now: datetime) -> QuerySet[HeldDecision, int]:
    """The keys of the decisions that nobody can take back any more, the earliest first."""
    due = _held().filter(carry_out_at__lte=now).order_by("carry_out_at", "pk")
    return due.values_list("pk", flat=True)
