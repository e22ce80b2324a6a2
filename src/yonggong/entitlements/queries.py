"""Reads of what is declared, each beginning from what the asker may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.db.models import Avg, Count, Exists, OuterRef, QuerySet, Sum

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.contracts.models import Contract
from yonggong.entitlements.declaring import SORTS
from yonggong.entitlements.models import (
    INSURANCES,
    CollectiveAgreement,
    Declared,
    Insured,
    WagePaid,
)
from yonggong.registry.models import Employer, Worker
from yonggong.registry.queries import of_employers_seen_by

_Line = TypeVar("_Line", bound=Declared)
_PERIODS = 12


def is_asked(what: str, employer: Employer, on: date) -> bool:
    """Whether the province has employers declare it ("wages", "insurance")."""
    return policy.of(employer.region_code, on).accepts(SORTS[what].filing)


def visible_to(user: User, lines: QuerySet[_Line]) -> QuerySet[_Line]:
    """Of lines of one sort those that hold, of the employers and regions of `user`."""
    seen = lines.filter(of_employers_seen_by(user), replaced_by__isnull=True)
    return seen.select_related("worker", "employer")


def may_see_whole(user: User) -> Callable[[Declared], bool]:
    """Of which lines the person may see the worker's number whole."""
    scope = user.scope
    own = scope.employers(Power.SEE_PERSONAL)
    return lambda line: (
        line.employer_id in own or scope.covers(line.employer.region_code, Power.SEE_PERSONAL)
    )


@dataclass(frozen=True, slots=True)
class Period:
    """Wages of a period: of how many persons, in all and on average."""

    words: str
    persons: int
    total: Decimal
    average: Decimal


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of `staff` with a contract in force how many are declared in each insurance, by its name."""

    staff: int
    kinds: list[tuple[str, int]]
    without: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What an employer declared, for its file."""

    wages: list[Period]
    coverage: Coverage
    agreements: list[CollectiveAgreement]


def summary_asked(employer: Employer, on: date) -> Summary | None:
    """The same, where its province has an employer declare anything of it and it has filed."""
    asked = any(is_asked(what, employer, on) for what in SORTS)
    return summary(employer) if asked and employer.filed_on else None


def summary(employer: Employer) -> Summary:
    """What an employer declared, in figures; its agreements, the latest first."""
    agreements = CollectiveAgreement.objects.filter(employer=employer).order_by("-start_on", "-pk")
    return Summary(_periods(employer), coverage(employer), list(agreements))


def _periods(employer: Employer) -> list[Period]:
    rows = (
        WagePaid.objects.filter(employer=employer, replaced_by__isnull=True)
        .values("begins_on", "span")
        .annotate(persons=Count("pk"), total=Sum("gross"), average=Avg("gross"))
        .order_by("-begins_on", "span")[:_PERIODS]
    )
    return [
        Period(
            WagePaid(begins_on=row["begins_on"], span=row["span"]).period,
            row["persons"],
            row["total"],
            row["average"].quantize(Decimal("0.01")),
        )
        for row in rows
    ]


def coverage(employer: Employer) -> Coverage:
    """How many of those with a contract in force are declared insured, in each insurance."""
    staff = Contract.objects.filter(employer=employer, state=Contract.State.ACTIVE)
    latest = (
        Insured.objects.filter(
            employer=employer, replaced_by__isnull=True, worker__in=staff.values("worker")
        )
        .order_by("worker", "-since")
        .distinct("worker")
    )
    rows = list(latest.values_list(*INSURANCES))
    count = staff.values("worker").distinct().count()
    kinds = [
        (label, sum(row[place] for row in rows)) for place, label in enumerate(INSURANCES.values())
    ]
    return Coverage(count, kinds, count - len(rows))


def undeclared(employer: Employer) -> QuerySet[Worker]:
    """Who has a contract in force and of whose insurance nothing is declared."""
    declared = Insured.objects.filter(
        employer=employer, worker=OuterRef("pk"), replaced_by__isnull=True
    )
    return in_force(employer).filter(~Exists(declared))


def in_force(employer: Employer) -> QuerySet[Worker]:
    """Who has a contract in force, in the order of names."""
    active = Contract.objects.filter(
        employer=employer, worker=OuterRef("pk"), state=Contract.State.ACTIVE
    )
    return Worker.objects.filter(Exists(active)).order_by("name", "pk")


def wages_of(user: User, worker: Worker) -> QuerySet[WagePaid]:
    """A worker's wages as far as they exist for the asker, the latest first."""
    return visible_to(user, WagePaid.objects.filter(worker=worker)).order_by("-begins_on", "-pk")


def insurance_of(user: User, worker: Worker) -> QuerySet[Insured]:
    """A worker's insurance as far as it exists for the asker, the latest first."""
    return visible_to(user, Insured.objects.filter(worker=worker)).order_by("-since", "-pk")
