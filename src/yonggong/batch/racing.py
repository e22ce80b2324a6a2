"""Two file the same people at once: who loses the race looks again and goes on at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as StillRunning
from typing import TypeVar

from django.db import DatabaseError, IntegrityError

# So often a transaction is tried; more than two that cross each other at every try are not met.
_TRIES = 6
# SQLSTATE of what the database ended for another's sake: serialization failure, deadlock.
_GIVEN_UP = frozenset({"40001", "40P01"})
# Longer than any chunk takes that nobody holds up, in seconds.
PATIENCE = 3.0

T = TypeVar("T")


class HeldUp(Exception):
    """What must be written before this takes too long: perhaps it waits for rows of this one."""


def lost(error: BaseException) -> bool:
    """Whether `error` only says that somebody else wrote meanwhile, so that looking again helps."""
    if isinstance(error, HeldUp | IntegrityError):
        return True
    cause = error.__cause__
    return isinstance(error, DatabaseError) and getattr(cause, "sqlstate", None) in _GIVEN_UP


def tried(
    first: Callable[[], T], again: Callable[[], T], *, between: Callable[[], object] = lambda: None
) -> T:
    """`first`, one transaction; where it loses a race, `again`, a few times. `between` is called
    before each, when nothing is locked."""
    act = first
    for _ in range(_TRIES - 1):
        try:
            return act()
        except Exception as error:
            if not lost(error):
                raise
        between()
        act = again
    return act()


def await_turn(earlier: Future[None] | None) -> None:
    """Wait for what must be written before, while rows are locked.

    That may itself wait for one of these rows, through another's chunk that the database knows
    and a turn that it does not know, so the wait is short: raises `HeldUp`.
    """
    if earlier is None:
        return
    try:
        earlier.result(timeout=PATIENCE)
    except StillRunning as error:
        raise HeldUp from error
