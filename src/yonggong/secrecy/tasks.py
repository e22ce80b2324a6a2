"""Before dawn: what stood out among yesterday's looks, and what need not be kept any longer."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from yonggong.secrecy import retention, unusual
from yonggong.sources.current import refresh_now_and_then

# A night on which nothing ran is made up for.
_DAYS_BACK = 7


# In UTC, as the job runner reads it: 02:40 in Shanghai.
@app.periodic(cron="40 18 * * *")
@app.task(queueing_lock="secrecy", pass_context=False)
def watch_and_clean(timestamp: int) -> None:
    """Both, one after the other."""
    refresh_now_and_then()
    today, now = timezone.localdate(), timezone.now()
    for back in range(_DAYS_BACK, 0, -1):
        unusual.find(today - timedelta(days=back), now=now)
    retention.clean(today=today, now=now)
