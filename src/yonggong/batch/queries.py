"""Reads about batches, each beginning from what the asker may see."""

from __future__ import annotations

from django.db.models import Count, Prefetch, Q, QuerySet

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.batch.models import BadRow, Batch, BulkDecision, RowEvent
from yonggong.registry.queries import within


def visible_to(user: User) -> QuerySet[Batch]:
    """The batches of the asker's employers, those the asker uploaded, those sent to their agencies
    and those of their regions."""
    scope = user.scope
    return Batch.objects.filter(
        Q(employer__in=scope.employers(Power.FILE))
        | Q(filed_by=user)
        | Q(agency__in=scope.agencies(Power.REVIEW))
        | within(scope.regions(Power.SEE_REGION))
    ).select_related("employer", "filed_by", "agency", "counter")


def bad_rows(batch: Batch) -> QuerySet[BadRow]:
    """Rows still to be mended, in the order of the sheet."""
    return batch.bad.filter(mended=False, aside=False).order_by("number")


def rows_aside(batch: Batch) -> QuerySet[BadRow]:
    """Rows that were put aside, in the order of the sheet, each with its events."""
    found = batch.bad.filter(mended=False, aside=True).order_by("number")
    return found.prefetch_related(Prefetch("events", RowEvent.objects.select_related("by")))


def mending(batch: Batch) -> list[tuple[Batch, int]]:
    """The later batches that brought bad rows of this one mended, and how many each filed."""
    counted = batch.mended_by.annotate(mended_count=Count("mended_rows")).order_by("pk")
    return [(later, later.mended_count) for later in counted]


def last_decision(batch: Batch) -> BulkDecision | None:
    """The decision on the whole batch that is under way, or the last one."""
    decided = batch.decisions.exclude(state=BulkDecision.State.ASKED)
    return decided.select_related("by").order_by("-pk").first()


def open_batches() -> QuerySet[Batch, int]:
    """Keys of the batches whose job is still to do or under way, for the job that resumes them."""
    states = [Batch.State.WAITING, Batch.State.READING, Batch.State.FILING]
    return Batch.objects.filter(state__in=states).values_list("pk", flat=True)


def open_decisions() -> QuerySet[BulkDecision, int]:
    """The same for decisions on many cases."""
    running = BulkDecision.objects.filter(state=BulkDecision.State.RUNNING)
    return running.values_list("pk", flat=True)


def decisions_of(user: User) -> QuerySet[BulkDecision]:
    """What a reviewer decided of many cases at once, or was about to."""
    return BulkDecision.objects.filter(by=user).select_related("batch")
