"""The jobs that do what somebody asked for on a page and that was held back."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from yonggong.cases import held_back, sharing
from yonggong.sources.current import refresh_now_and_then


@app.task(name=held_back.CARRY_OUT, priority=10)
def carry_out(held: int) -> None:
    """Carry out a decision that can no longer be taken back."""
    refresh_now_and_then()
    held_back.carry_out(held, now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="cases.carry_out_due", queueing_lock="carry-out-due", priority=10)
def carry_out_due(timestamp: int) -> None:
    """Carry out what is left over: nothing is lost by a job that was killed."""
    refresh_now_and_then()
    held_back.carry_out_due(now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="cases.share_arrivals", queueing_lock="share-arrivals", priority=5)
def share_arrivals(timestamp: int) -> None:
    """Share out what has arrived at the agencies that want it."""
    sharing.share_arrivals(now=timezone.now())
