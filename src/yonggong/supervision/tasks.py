"""The nightly run that finds clues, behind whatever else is at work."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from yonggong.sources.current import refresh_now_and_then
from yonggong.supervision import finding


# In UTC, as the job runner reads it: 02:00 and 04:00 in Shanghai; the second goes on where the first
# was killed, and has nothing to do otherwise.
@app.periodic(cron="0 18,20 * * *")
@app.task(name="supervision.find", queueing_lock="supervision", pass_context=False)
def find(timestamp: int) -> None:
    """Find the day's clues."""
    refresh_now_and_then()
    finding.run(now=timezone.now())
