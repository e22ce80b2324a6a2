"""Reads of annual filings: an employer's years, and who of a region has not filed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.annual import standing
from yonggong.annual.models import Return
from yonggong.annual.standing import YEARLY
from yonggong.cases import queries as case_queries
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.codes import regions, tables
from yonggong.policy import AnnualDuty
from yonggong.registry.models import Agency, Employer
from yonggong.registry.queries import within

_SENT = (State.APPROVED, State.PENDING)


def typed(case: Case, *, filed: bool = False) -> Mapping[str, Any]:
    """What is typed of a case, else what was filed, by the fields of its form; `filed`: what was filed
    last, for whoever does not file it."""
    if filed:
        return case.values
    return case.definition.form.clean(case_queries.typed_in(case)).values


def year_of(values: Mapping[str, Any]) -> int | None:
    """The year that the values of a form are about; None where none is given."""
    year = values.get("year")
    return year if isinstance(year, int) else None


def told_of(case: Case, today: date, *, filed: bool = False) -> tuple[int, date]:
    """The year that a case tells of, the one before this where none is given, and up to which day."""
    year = year_of(typed(case, filed=filed)) or today.year - 1
    rules = policy.of(case.applicant.region_code, today)
    return year, standing.until(rules, case.kind, year, today)


def approved_before(employer: int, kind: str, year: int) -> Return | None:
    """The last annual filing approved of a year before."""
    return (
        Return.objects.filter(
            employer=employer, kind=kind, year__lt=year, case__state=State.APPROVED
        )
        .select_related("case__current", "case__applicant__employer")
        .order_by("-year", "-case")
        .first()
    )


def of_employer(user: User, employer: Employer) -> QuerySet[Case]:
    """The employer's annual filings as far as they exist for `user`, the newest first."""
    return (
        case_queries.visible_to(user)
        .filter(applicant=employer.pk, kind__in=YEARLY, frequent=False)
        .select_related("agency", "annual_return", "draft", "applicant")
        .order_by("-pk")
    )


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty of the year that an employer, or a region, has: which year it tells of, by when."""

    duty: AnnualDuty
    year: int
    due_on: date


def owed_in(region: str, today: date) -> list[Owed]:
    """What those in a region owe of the year before."""
    rules = policy.of(region, today)
    return [
        Owed(duty, today.year - 1, duty.due_on(today.year))
        for duty in rules.annual_duties
        if rules.accepts(duty.name)
    ]


def supervised(user: User, kind: str, today: date) -> list[tuple[str, Owed]]:
    """The regions that `user` supervises in which a duty is owed, each with it."""
    return [
        (region, owed)
        for region in user.scope.regions(Power.SUPERVISE)
        for owed in owed_in(region, today)
        if owed.duty.name == kind
    ]


def owing(user: User, kind: str, today: date) -> QuerySet[Employer]:
    """The employers in the regions that `user` supervises that owe the figures of the year before: filed
    by its end, not closed by then, of no exempt nature."""
    wanted = Q(pk__in=[])
    for region, owed in supervised(user, kind, today):
        wanted |= _owing_in(region, owed)
    return Employer.objects.filter(wanted)


def _owing_in(region: str, owed: Owed) -> Q:
    on = owed.duty.as_of_in(owed.year + 1)
    return (
        within([region])
        & Q(filed_on__lte=on)
        & (Q(cancelled_on__isnull=True) | Q(cancelled_on__gt=on))
        & ~Q(nature__in=_exempt(owed.duty))
    )


def to_remind(region: str, owed: Owed) -> QuerySet[Employer]:
    """Who of a region owes it and has neither sent it nor had it approved; whoever has closed since is
    reminded of nothing."""
    sent = Return.objects.filter(
        employer=OuterRef("pk"), kind=owed.duty.name, year=owed.year, case__state__in=_SENT
    )
    return Employer.objects.filter(
        _owing_in(region, owed), ~Exists(sent), state=Employer.State.FILED
    )


def missing(user: User, kind: str, today: date) -> QuerySet[Employer]:
    """Of `owing`, who has nothing approved; `waiting` tells who has sent something that is not decided,
    `returned` whose was sent back."""
    return (
        owing(user, kind, today)
        .filter(~Exists(_of(kind, today, State.APPROVED)))
        .annotate(
            waiting=Exists(_of(kind, today, State.PENDING)),
            returned=Exists(_of(kind, today, State.RETURNED)),
        )
        .select_related("agency")
    )


@dataclass(frozen=True, slots=True)
class Count:
    """How many owe, have filed and been approved, wait, and are missing: of a place, or a level."""

    title: str
    owing: int
    approved: int
    waiting: int

    @property
    def missing(self) -> int:
        """Who has sent nothing, or mends it."""
        return self.owing - self.approved - self.waiting

    @property
    def share(self) -> int:
        """How many of a hundred have it approved."""
        return self.approved * 100 // self.owing if self.owing else 100


def counts_of(user: User, kind: str, today: date) -> tuple[list[Count], list[Count]]:
    """The counts by the regions right below those supervised, and by the level of who reviews."""
    rows = list(
        owing(user, kind, today)
        .annotate(
            is_approved=Exists(_of(kind, today, State.APPROVED)),
            is_waiting=Exists(_of(kind, today, State.PENDING)),
        )
        .values("region_code", "agency__level", "is_approved", "is_waiting")
        .annotate(number=models.Count("pk"))
        .order_by("region_code")
    )
    scope = user.scope.regions(Power.SUPERVISE)
    levels = dict(Agency.Level.choices)
    return (
        _counted(rows, lambda row: _below(row["region_code"], scope)),
        _counted(rows, lambda row: levels.get(row["agency__level"], "未确定")),
    )


def _below(region: str, scope: Sequence[str]) -> str:
    """The name of the region right below the one supervised, in which a place lies."""
    line = [code.code for code in regions.ancestors(region)] + [region]
    above = next((code for code in line if code in scope), "")
    at = line.index(above) + 1 if above else 0
    return regions.full_name(line[min(at, len(line) - 1)])


def _counted(
    rows: Sequence[Mapping[str, Any]], title: Callable[[Mapping[str, Any]], str]
) -> list[Count]:
    totals: dict[str, list[int]] = {}
    for row in rows:
        total = totals.setdefault(title(row), [0, 0, 0])
        total[0] += row["number"]
        total[1] += row["number"] if row["is_approved"] else 0
        total[2] += row["number"] if row["is_waiting"] and not row["is_approved"] else 0
    return [Count(name, *total) for name, total in totals.items()]


def _of(kind: str, today: date, state: State) -> QuerySet[Return]:
    """What an employer (of the query around it) has filed of the year before, that stands so."""
    return Return.objects.filter(
        employer=OuterRef("pk"), kind=kind, year=today.year - 1, case__state=state
    )


def _exempt(duty: AnnualDuty) -> Sequence[str]:
    """The natures of who need not, with all that lie below them."""
    if not duty.exempt_natures:
        return ()
    return [line.code for line in tables.table("employer_nature") if not duty.binds(line.code)]
