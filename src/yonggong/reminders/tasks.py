"""The daily run."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from yonggong.reminders import channels, digests


@app.periodic(cron="0 7 * * *")
@app.task(queueing_lock="reminders", pass_context=False)
def remind(timestamp: int) -> None:
    """Every morning: write what became due, then send it."""
    written = digests.run(today=timezone.localdate())
    channels.deliver(written, channels=channels.configured(), now=timezone.now())
