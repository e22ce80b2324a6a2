"""The job that sends a text message, tried again while its code still holds."""

from __future__ import annotations

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from yonggong.accounts import devices, one_time_codes


@app.task(name=one_time_codes.SEND, priority=20, retry=RetryStrategy(max_attempts=8, linear_wait=8))
def send_code(code: int) -> None:
    """Send the message of a code."""
    one_time_codes.deliver(code, now=timezone.now())


# In UTC, as the job runner reads it: at night in Shanghai.
@app.periodic(cron="40 18 * * *")
@app.task(name="accounts.forget_sessions", queueing_lock="forget-sessions", pass_context=False)
def forget_sessions(timestamp: int) -> None:
    """Delete sessions that are over: nothing else does, and each tells when somebody was here."""
    devices.forget_over(now=timezone.now())
