"""How much waits, how much was done and how late, by agency and by reviewer: for supervisors."""

from __future__ import annotations

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


def of_agencies(user: User, *, today: date, since: datetime) -> list[AgencyLoad]:
    """The load of every agency with cases in the regions `user` supervises; what is overdue on
    top, then the fullest. Decisions are counted from `since`."""
    cases = _supervised(user)
    waiting = _grouped(
        cases.filter(state=State.PENDING),
        waiting=Count("pk"),
        overdue=Count("pk", filter=Q(due_on__lt=today)),
        first_due_on=Min("due_on"),
    )
    decided = _grouped(
        cases.filter(decided_at__gte=since),
        decided=Count("pk"),
        late=Count("pk", filter=Q(late_days__gt=0)),
        worst=Max("late_days"),
    )
    loads = {
        agency.pk: AgencyLoad(agency.pk, agency.name)
        for agency in Agency.objects.filter(pk__in=waiting.keys() | decided.keys())
    }
    for figures in (waiting, decided):
        for agency, row in figures.items():
            for name, value in row.items():
                setattr(loads[agency], name, value)
    return sorted(loads.values(), key=lambda load: (-load.overdue, -load.waiting, load.agency))


def of_reviewers(user: User, *, since: datetime) -> list[ReviewerLoad]:
    """What each reviewer decided from `since` in the regions `user` supervises, most first."""
    rows = (
        _supervised(user)
        .filter(decided_at__gte=since)
        .order_by()
        .values_list("decided_by", "decided_by__name", "agency__name")
        .annotate(
            approved=Count("pk", filter=Q(state=State.APPROVED)),
            returned=Count("pk", filter=Q(state=State.RETURNED)),
        )
    )
    loads = [ReviewerLoad(*row) for _, *row in rows]
    return sorted(loads, key=lambda load: (-load.decided, load.name))


def _supervised(user: User) -> QuerySet[Case]:
    return Case.objects.filter(queries.in_regions(user, Power.SUPERVISE))


def _grouped(cases: QuerySet[Case], **figures: Any) -> dict[int, dict[str, Any]]:
    rows: Any = cases.order_by().values("agency").annotate(**figures)
    return {row.pop("agency"): row for row in rows}
