"""What an employer declared as paid in a year, for what asks the same once more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from yonggong.entitlements.models import WagePaid
from yonggong.registry.models import Employer

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Paid:
    """What somebody was paid in a year: as declared of the whole year (None: it was not), and of `count` of
    its months."""

    year: Decimal | None
    months: Decimal
    count: int


def paid_in(employer: Employer, on: date) -> dict[bytes, Paid]:
    """By the digest of each worker's document, in the year of a day up to it."""
    by_month = Q(span=WagePaid.Span.MONTH)
    rows = (
        _of(employer, on)
        .values("worker__document_digest")
        .annotate(
            year=Sum("gross", filter=~by_month),
            months=Sum("gross", filter=by_month, default=_ZERO),
            count=Count("pk", filter=by_month),
        )
    )
    return {
        bytes(row["worker__document_digest"]): Paid(row["year"], row["months"], row["count"])
        for row in rows
    }


def persons_paid_in(employer: Employer, on: date) -> int:
    """Of how many workers anything is declared in that time."""
    return _of(employer, on).values("worker").distinct().count()


def _of(employer: Employer, on: date) -> QuerySet[WagePaid]:
    return WagePaid.objects.filter(
        employer=employer, replaced_by__isnull=True, begins_on__range=(date(on.year, 1, 1), on)
    )
