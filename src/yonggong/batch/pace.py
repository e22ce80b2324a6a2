"""How long a job still takes: foretold from its pace, and never more than was said before."""

from __future__ import annotations

from datetime import datetime
from math import ceil

from django.db.models import F
from django.db.models.functions import Least
from django.utils import timezone


class Pace:
    """The pace of a job since it went on from where it stood."""

    def __init__(self, done: int, since: datetime | None = None) -> None:
        """`done`: what was done before; `since`: from when on the time counts, now by default."""
        self._done, self._since = done, since or timezone.now()

    def end(self, done: int, total: int) -> Least:
        """For the column `expected_at`: when the rest will be done at this pace, or what the
        column says, whichever comes first. A job that slows down overruns its promise, and no
        more is promised."""
        now = timezone.now()
        each = (now - self._since) / max(1, done - self._done)
        return Least(F("expected_at"), now + each * max(0, total - done))


def words_of_rest(expected_at: datetime | None) -> str:
    """What people are told of the time left; empty where nothing is known yet."""
    if expected_at is None:
        return ""
    seconds = ceil((expected_at - timezone.now()).total_seconds())
    if seconds <= 0:
        return "即将完成"
    return f"约剩 {ceil(seconds / 60)} 分钟" if seconds > 60 else f"约剩 {seconds} 秒"
