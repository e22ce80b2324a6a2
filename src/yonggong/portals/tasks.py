"""The jobs that do what somebody asked for on a page and that was held back."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from yonggong.cases import held_back, sharing
from yonggong.services import settling
from yonggong.services.models import Payment
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


@app.task(name=settling.GO_ON)
def go_on() -> None:
    """Take on the cases of what was paid."""
    refresh_now_and_then()
    settling.go_on(Payment.objects.all(), clock=timezone.now)


@app.periodic(cron="* * * * *")
@app.task(name="services.go_on_due", queueing_lock="go-on-due")
def go_on_due(timestamp: int) -> None:
    """Have what is left over taken on."""
    settling.queue_rest()
