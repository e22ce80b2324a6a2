"""Queue the batch jobs by their names, so that whoever writes a batch need not know the jobs."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

FILE, DECIDE = "batch.file", "batch.decide"


def defer_batch(batch: int) -> None:
    """Queue the job of a batch, unless it is queued already."""
    with suppress(AlreadyEnqueued), transaction.atomic():  # refused, it spoils no more than itself
        app.configure_task(FILE, queueing_lock=f"batch-{batch}").defer(batch=batch)


def defer_decision(bulk: int) -> None:
    """Queue the job of a decision on many cases, unless it is queued already."""
    with suppress(AlreadyEnqueued), transaction.atomic():  # refused, it spoils no more than itself
        app.configure_task(DECIDE, queueing_lock=f"bulk-{bulk}").defer(bulk=bulk)
