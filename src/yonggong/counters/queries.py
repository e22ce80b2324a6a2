"""Counter work as far as somebody supervises it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.cases.queries import in_regions
from yonggong.counters.models import CounterSample, SampledCase
from yonggong.registry.queries import within


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
    """By counter and clerk how many, and how many of them were returned or lie returned."""
    returned = Q(state=State.RETURNED) | Q(current__number__gt=1)
    by = cases.order_by().values(
        "counter", "counter__name", "filed_by", "filed_by__name", "filed_by__username"
    )
    return list(
        by.annotate(
            total=Count("pk"),
            approved=Count("pk", filter=Q(state=State.APPROVED)),
            returned=Count("pk", filter=returned),
        ).order_by("counter__name", "-total", "filed_by__username")
    )


def samples_visible_to(user: User) -> QuerySet[CounterSample]:
    """The samples drawn in regions that `user` supervises."""
    inside = within(user.scope.regions(Power.SUPERVISE))
    return CounterSample.objects.filter(inside).select_related("agency", "by")


def sampled_visible_to(user: User) -> QuerySet[SampledCase]:
    """Their cases."""
    found = SampledCase.objects.filter(sample__in=samples_visible_to(user).values("pk"))
    return found.select_related("sample", "case__applicant", "agency", "clerk", "by")
