"""Who is asked to take part in a survey of pay: drawn up by a bureau for its region, a year at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.annual.models import Return, SurveyAsked, SurveyPost
from yonggong.annual.standing import SURVEY
from yonggong.cases.life import STATE_TITLES, State
from yonggong.codes.normalise import plain
from yonggong.registry.models import Employer
from yonggong.registry.queries import within

# So many codes are taken at once.
MOST = 500
_STANDING = (State.PENDING, State.RETURNED, State.APPROVED)
# How what an employer was asked for stands, for who looks for it.
STANDINGS = (("none", "未填报"), *((state.value, STATE_TITLES[state]) for state in _STANDING))


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of the codes: how many employers were added, how many were there, which codes are of no
    filed employer of the region."""

    added: int
    known: int
    unknown: list[str]


def takes_survey(user: User, today: date) -> bool:
    """Whether a survey is held anywhere in what the user supervises."""
    regions = user.scope.regions(Power.SUPERVISE)
    return any(policy.of(region, today).accepts(SURVEY) for region in regions)


def visible_to(user: User) -> QuerySet[SurveyAsked]:
    """Who was asked in the regions that `user` supervises, and how what they filed stands (`state`), by which
    case (`filed_case`)."""
    filed = Return.objects.filter(
        employer=OuterRef("employer"), kind=SURVEY, year=OuterRef("year"), case__state__in=_STANDING
    ).order_by("-case")
    here = within(user.scope.regions(Power.SUPERVISE), field="employer__region_code")
    return (
        SurveyAsked.objects.filter(here)
        .annotate(
            state=Subquery(filed.values("case__state")[:1]),
            filed_case=Subquery(filed.values("case")[:1]),
        )
        .select_related("employer", "employer__agency")
    )


def standing(chosen: str) -> Q:
    """The rows of `visible_to` that stand as one of `STANDINGS`."""
    return Q(state=None) if chosen == "none" else Q(state=chosen)


def posts_visible_to(user: User) -> QuerySet[SurveyPost]:
    """The posts of approved surveys in the regions that `user` supervises."""
    here = within(user.scope.regions(Power.SUPERVISE), field="employer__region_code")
    return SurveyPost.objects.filter(here).select_related("employer")


def asked_of(employer: Employer) -> QuerySet[SurveyAsked]:
    """The years for which an employer was asked, the latest first."""
    return SurveyAsked.objects.filter(employer=employer).order_by("-year")


def to_file(employer: Employer) -> SurveyAsked | None:
    """The latest survey that the employer was asked for and has not sent, or mends; None where there is
    none."""
    sent = Return.objects.filter(
        employer=employer, kind=SURVEY, case__state__in=(State.PENDING, State.APPROVED)
    )
    return asked_of(employer).exclude(year__in=sent.values("year")).first()


@transaction.atomic
def ask(*, codes: Iterable[str], year: int, due_on: date, by: User, now: datetime) -> Asked:
    """Ask the employers of these credit codes, as far as they are of a region that `by` supervises; whoever is
    asked again has the new day."""
    wanted = list(dict.fromkeys(code for each in codes if (code := plain(each))))
    here = within(by.scope.regions(Power.SUPERVISE))
    found = dict(
        Employer.objects.filter(
            here, credit_code__in=wanted, state=Employer.State.FILED
        ).values_list("credit_code", "pk")
    )
    known = SurveyAsked.objects.filter(employer__in=found.values(), year=year).count()
    SurveyAsked.objects.bulk_create(
        [
            SurveyAsked(employer_id=key, year=year, due_on=due_on, by=by, at=now)
            for key in found.values()
        ],
        update_conflicts=True,
        unique_fields=["employer", "year"],
        update_fields=["due_on"],
    )
    return Asked(len(found) - known, known, [code for code in wanted if code not in found])
