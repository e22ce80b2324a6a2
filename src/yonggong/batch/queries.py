"""Reads about batches, each beginning from what the asker may see."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.batch.models import BadRow, Batch
from yonggong.cases.models import Case
from yonggong.registry.queries import within


def visible_to(user: User) -> QuerySet[Batch]:
    """The batches of the asker's employers, those the asker uploaded, those of their regions."""
    scope = user.scope
    return Batch.objects.filter(
        Q(employer__in=scope.employers(Power.FILE))
        | Q(filed_by=user)
        | within(scope.regions(Power.SEE_REGION))
    ).select_related("employer", "filed_by", "agency", "counter")


def bad_rows(batch: Batch) -> QuerySet[BadRow]:
    """Rows still to be mended, in the order of the sheet."""
    return batch.bad.filter(mended=False).order_by("number")


def filed_cases(batch: Batch) -> QuerySet[Case]:
    """The cases the batch filed, in the order of the sheet."""
    return Case.objects.filter(batch=batch.pk).defer("data", "findings").order_by("batch_row")
