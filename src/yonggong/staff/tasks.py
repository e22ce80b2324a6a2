"""The run of every night."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from yonggong.staff import unused


# In UTC, as the job runner reads it: 03:20 in Shanghai.
@app.periodic(cron="20 19 * * *")
@app.task(queueing_lock="unused-accounts", pass_context=False)
def freeze_unused_accounts(timestamp: int) -> None:
    """Freeze accounts that nobody uses, tell the holders of those next."""
    unused.run(now=timezone.now())
