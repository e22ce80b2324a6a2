"""The job that sends a text message, tried again while its code still holds."""

from __future__ import annotations

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from yonggong.accounts import one_time_codes


@app.task(name=one_time_codes.SEND, priority=20, retry=RetryStrategy(max_attempts=8, linear_wait=8))
def send_code(code: int) -> None:
    """Send the message of a code."""
    one_time_codes.deliver(code, now=timezone.now())
