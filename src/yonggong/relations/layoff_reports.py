"""Reports of layoffs: who sees which, and for how long re-hiring is watched (Labour Contract Law, 41 (3))."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from yonggong.accounts.models import User
from yonggong.law.periods import add_months
from yonggong.law.rules.workforce import REHIRE_MONTHS
from yonggong.registry.queries import of_employers_seen_by
from yonggong.relations.layoff_models import LayoffReport


def visible_to(user: User) -> QuerySet[LayoffReport]:
    """Those of the employers and regions of `user`."""
    seen = LayoffReport.objects.filter(of_employers_seen_by(user))
    return seen.select_related("employer", "case")


def watched_until(laid_off_on: date) -> date:
    """The day until which re-hiring is watched after a layoff."""
    return add_months(laid_off_on, REHIRE_MONTHS)


def watched_on(day: date) -> Q:
    """The reports whose six months have not passed on a day."""
    return Q(layoff_on__gt=add_months(day, -REHIRE_MONTHS))
