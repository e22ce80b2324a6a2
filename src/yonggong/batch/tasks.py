"""The batch jobs. A job killed anywhere is taken up again within a minute."""

from __future__ import annotations

from contextlib import suppress

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from yonggong.batch import actions
from yonggong.batch.models import Batch


@app.task(name="batch.file")
def file_batch(batch: int) -> None:
    """Work on one batch from wherever it stands."""
    actions.work(batch, now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="batch.resume", queueing_lock="batch-resume")
def resume(timestamp: int) -> None:
    """Queue every open batch again; one that is under way is held and passes at once."""
    for batch in Batch.objects.filter(
        state__in=[Batch.State.WAITING, Batch.State.READING, Batch.State.FILING]
    ).values_list("pk", flat=True):
        defer_batch(batch)


def defer_batch(batch: int) -> None:
    """Queue the job of a batch, unless it is queued already."""
    with suppress(AlreadyEnqueued):
        file_batch.configure(queueing_lock=f"batch-{batch}").defer(batch=batch)
