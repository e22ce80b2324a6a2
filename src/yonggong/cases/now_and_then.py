"""What a process keeps in memory of tables that grow while it runs, looked at again now and then."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

from django.conf import settings


class NowAndThen:
    """`look` brings what is in memory up to date; it is called by one thread at a time.

    A process that was just started answers several requests at once: none of them goes by memory that
    the first look has not filled yet. Later looks hold up nobody but who makes them.
    """

    def __init__(self, look: Callable[[], object]) -> None:
        self._look = look
        self._looking = Lock()
        self._looked_at: float | None = None

    def now(self) -> None:
        """Look, and wait for who looks already."""
        with self._looking:
            self._look_and_remember()

    def if_due(self) -> None:
        """Look where nobody ever did, or the last time is longer ago than `SOURCES_REFRESH_SECONDS`."""
        if self._is_due() and self._looking.acquire(blocking=self._looked_at is None):
            try:
                if self._is_due():  # who was waited for has looked
                    self._look_and_remember()
            finally:
                self._looking.release()

    def forget(self) -> None:
        """Look again at the next opportunity (tests)."""
        self._looked_at = None

    def _look_and_remember(self) -> None:
        self._look()
        self._looked_at = time.monotonic()

    def _is_due(self) -> bool:
        if self._looked_at is None:
            return True
        every = settings.SOURCES_REFRESH_SECONDS
        return every is not None and time.monotonic() - self._looked_at > every
