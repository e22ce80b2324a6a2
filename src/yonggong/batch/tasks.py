"""The batch jobs. A job killed anywhere is taken up again within a minute."""

from __future__ import annotations

import logging
import os

from django.utils import timezone
from procrastinate.contrib.django import app

from yonggong.batch import actions, deciding, queries
from yonggong.batch.queueing import DECIDE, FILE, defer_batch, defer_decision
from yonggong.batch.reading import ReadingEnded
from yonggong.sources.current import refresh_now_and_then

logger = logging.getLogger(__name__)

# Of the scheduler's 19 steps behind whoever waits for a page.
_PRIORITY = 10


def _step_back() -> None:
    """Let pages go first: the thread that works on a batch, and all it begins, gets the processor
    when nothing else wants it."""
    os.setpriority(os.PRIO_PROCESS, 0, _PRIORITY)


@app.task(name=FILE)
def file_batch(batch: int) -> None:
    """Work on one batch from wherever it stands."""
    _step_back()
    refresh_now_and_then()
    try:
        actions.work(batch, now=timezone.now())
    except ReadingEnded as ended:
        logger.warning("batch %s: %s, read once more", batch, ended)
        defer_batch(batch)


@app.task(name=DECIDE)
def decide_many(bulk: int) -> None:
    """Go on with one decision on many cases from wherever it stands."""
    _step_back()
    refresh_now_and_then()
    deciding.work(bulk, clock=timezone.now)


@app.periodic(cron="* * * * *")
@app.task(name="batch.resume", queueing_lock="batch-resume")
def resume(timestamp: int) -> None:
    """Queue all that is not finished again; what is under way is held and passes at once."""
    for batch in queries.open_batches():
        defer_batch(batch)
    for bulk in queries.open_decisions():
        defer_decision(bulk)
    deciding.forget_unconfirmed(now=timezone.now())
