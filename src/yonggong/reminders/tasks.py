"""The run of every morning."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from yonggong.reminders import channels, digests, queries
from yonggong.sources.current import refresh_now_and_then


# In UTC, as the job runner reads it: 07:00 to 18:00 in Shanghai. The runs after the first send
# what found no way out, and make up for a morning on which nothing ran.
@app.periodic(cron="0 0-10,23 * * *")
@app.task(queueing_lock="reminders", pass_context=False)
def remind(timestamp: int) -> None:
    """Write what became due, then send what has not gone out."""
    refresh_now_and_then()
    today = timezone.localdate()
    digests.run(today=today)
    for channel in channels.configured():
        waiting = queries.unsent(channel=channel.name, today=today)
        channels.deliver(waiting.iterator(), channel=channel, now=timezone.now())
