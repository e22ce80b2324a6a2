"""Counter work as far as somebody supervises it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.cases.queries import in_regions
from yonggong.counters.models import CounterSample, SampledCase
from yonggong.entitlements.models import Declaration
from yonggong.registry.queries import within

_WRONG = SampledCase.Finding.WRONG
_IS_WRONG = Exists(SampledCase.objects.filter(case=OuterRef("pk"), finding=_WRONG))
_UNCHECKED = {"checked": 0, "wrong": 0}


def work_visible_to(user: User) -> QuerySet[Case]:
    """What counters typed in and submitted, in the regions and of the department that `user`
    supervises."""
    found = Case.objects.filter(
        in_regions(user, Power.SUPERVISE), counter__isnull=False, filed_at__isnull=False
    )
    return found.select_related("applicant", "agency", "counter", "filed_by")


def filed_between(cases: QuerySet[Case], since: date, until: date) -> QuerySet[Case]:
    """Those of them that were submitted on these days, both included."""
    return cases.filter(filed_at__date__gte=since, filed_at__date__lte=until)


def counts(cases: QuerySet[Case]) -> list[Any]:
    """By counter and clerk how many, how many of them were returned or lie returned, how many were
    checked and found wrong."""
    returned = Q(state=State.RETURNED) | Q(current__number__gt=1)
    by = cases.order_by().values(
        "counter", "counter__name", "filed_by", "filed_by__name", "filed_by__username"
    )
    lines = by.annotate(
        total=Count("pk"),
        approved=Count("pk", filter=Q(state=State.APPROVED)),
        returned=Count("pk", filter=returned),
    ).order_by("counter__name", "-total", "filed_by__username")
    found = _checked(cases)
    return [
        {**line, **found.get((line["counter"], line["filed_by"]), _UNCHECKED)} for line in lines
    ]


def _checked(cases: QuerySet[Case]) -> Mapping[tuple[int | None, int], Mapping[str, int]]:
    """The same of what was found of them, each case counted once."""
    rows = SampledCase.objects.filter(case__in=cases.order_by().values("pk")).order_by()
    found = rows.values_list("agency", "clerk").annotate(
        checked=Count("case", filter=~Q(finding=""), distinct=True),
        wrong=Count("case", filter=Q(finding=_WRONG), distinct=True),
    )
    return {(agency, clerk): {"checked": n, "wrong": wrong} for agency, clerk, n, wrong in found}


def declared(user: User, since: date) -> list[Any]:
    """Wages and insurance that counters declared since a day in the regions that `user` supervises: by
    counter and clerk how many times, how many lines were taken."""
    begin = timezone.make_aware(datetime.combine(since, time.min))
    within_reach = within(user.scope.regions(Power.SUPERVISE), field="employer__region_code")
    found = Declaration.objects.filter(within_reach, counter__isnull=False, at__gte=begin)
    by = found.values("counter", "counter__name", "by", "by__name", "by__username", "what")
    lines = by.annotate(
        times=Count("pk"), lines=Sum(F("added") + F("replaced")), refused_lines=Sum("refused")
    )
    titles = dict(Declaration.What.choices)
    ordered = lines.order_by("counter__name", "by__username", "what")
    return [{**line, "title": titles[line["what"]]} for line in ordered]


def found_wrong_in(case: Case) -> SampledCase | None:
    """What a check last found wrong in a case that a counter typed in, for the people of its office."""
    if case.counter_id is None:
        return None
    wrong = SampledCase.objects.filter(case=case, finding=_WRONG)
    return wrong.select_related("by").order_by("-at").first()


def found_wrong_among(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Those of them in which a check found something wrong: each is looked into by itself."""
    return cases.filter(_IS_WRONG)


def not_found_wrong(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The others."""
    return cases.filter(~_IS_WRONG)


def found_wrong_of(clerk: User) -> QuerySet[SampledCase]:
    """What checks found wrong in what a clerk typed in, the latest first."""
    wrong = SampledCase.objects.filter(clerk=clerk, finding=_WRONG)
    return wrong.select_related("case__applicant", "by").order_by("-at")


def samples_visible_to(user: User) -> QuerySet[CounterSample]:
    """The samples drawn in regions that `user` supervises, or by them, of work that is theirs to
    supervise."""
    theirs = sampled_visible_to(user).filter(sample=OuterRef("pk"))
    checked = Count("cases", filter=~Q(cases__finding=""))
    return (
        CounterSample.objects.filter(_drawn_for(user), Exists(theirs))
        .select_related("agency", "by")
        .annotate(checked=checked)
    )


def sampled_visible_to(user: User) -> QuerySet[SampledCase]:
    """The cases of samples: whoever supervises a part of what was drawn sees that part."""
    found = SampledCase.objects.filter(
        _drawn_for(user, "sample__"), in_regions(user, Power.SUPERVISE, path="case__")
    )
    return found.select_related("sample", "case__applicant", "agency", "clerk", "by")


def _drawn_for(user: User, path: str = "") -> Q:
    regions = user.scope.regions(Power.SUPERVISE, department=None)
    return within(regions, field=f"{path}region_code") | Q(**{f"{path}by": user})
