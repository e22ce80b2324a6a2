"""Several people do something in the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection


def at_once(*acts: Callable[[], Any], refusals: tuple[type[Exception], ...] = ()) -> list[Any]:
    """Do every act in a thread with its own connection, starting together: what each gave, in order,
    or the refusal it raised. Whatever else one raises is raised here."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return act()
        except refusals as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        running = [threads.submit(run, act) for act in acts]
    return [one.result() for one in running]
