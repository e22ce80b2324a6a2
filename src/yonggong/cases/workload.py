"""How much waits, how much was done and how late, by agency and by reviewer: for supervisors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import queries
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.registry.models import Agency


@dataclass(slots=True)
class AgencyLoad:
    """One agency's cases.

    waiting   to be decided, of which `overdue` past their limit, the first due on `first_due_on`
    decided   in the period asked for, of which `late` were filed by employers past the legal time
              limit, by `worst` days at most
    """

    agency: int
    name: str
    waiting: int = 0
    overdue: int = 0
    first_due_on: date | None = None
    decided: int = 0
    late: int = 0
    worst: int = 0


@dataclass(frozen=True, slots=True)
class ReviewerLoad:
    """One reviewer's decisions in the period asked for."""

    name: str
    agency: str
    approved: int
    returned: int

    @property
    def decided(self) -> int:
        return self.approved + self.returned


@dataclass(frozen=True, slots=True)
class Workload:
    """Agencies, what is overdue on top, then the fullest; reviewers, who decided most first."""

    agencies: list[AgencyLoad]
    reviewers: list[ReviewerLoad]


def of_regions(user: User, *, today: date, since: datetime) -> Workload:
    """The load of every agency with cases in the regions `user` supervises, and what each reviewer
    decided there; decisions are counted from `since`. What waits and what was decided is gone through
    once each, however many there are."""
    cases = _supervised(user)
    waiting = (
        cases.filter(state=State.PENDING)
        .order_by()
        .values_list("agency")
        .annotate(
            count=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=today)), first=Min("due_on")
        )
    )
    decided = list(
        cases.filter(decided_at__gte=since)
        .order_by()
        .values_list("agency", "decided_by")
        .annotate(
            count=Count("pk"),
            late=Count("pk", filter=Q(late_days__gt=0)),
            worst=Max("late_days"),
            approved=Count("pk", filter=Q(state=State.APPROVED)),
            returned=Count("pk", filter=Q(state=State.RETURNED)),
        )
    )
    held = {agency: figures for agency, *figures in waiting}
    names = dict(
        Agency.objects.filter(pk__in=held.keys() | {row[0] for row in decided}).values_list(
            "pk", "name"
        )
    )
    loads = {pk: AgencyLoad(pk, name) for pk, name in names.items()}
    for pk, figures in held.items():
        loads[pk].waiting, loads[pk].overdue, loads[pk].first_due_on = figures
    for pk, _, count, late, worst, *_ in decided:
        load = loads[pk]
        load.decided, load.late = load.decided + count, load.late + late
        load.worst = max(load.worst, worst)
    agencies = sorted(loads.values(), key=lambda load: (-load.overdue, -load.waiting, load.agency))
    return Workload(agencies, _of_reviewers(decided, names))


def _of_reviewers(decided: Sequence[Any], agencies: Mapping[int, str]) -> list[ReviewerLoad]:
    people = {row[1] for row in decided}
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "name"))
    loads = [
        ReviewerLoad(names[by], agencies[agency], approved, returned)
        for agency, by, *_, approved, returned in decided
        if by in names
    ]
    return sorted(loads, key=lambda load: (-load.decided, load.name))


def _supervised(user: User) -> QuerySet[Case]:
    return Case.objects.filter(queries.in_regions(user, Power.SUPERVISE))
