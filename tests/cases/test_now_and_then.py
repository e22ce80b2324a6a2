"""What a process keeps in memory is there before anybody goes by it."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from yonggong.cases.now_and_then import NowAndThen

_PATIENCE_SECONDS = 20


class Memory:
    """What is known, and a first look that lasts until it is let go."""

    def __init__(self) -> None:
        self.known = 0
        self.looks = 0
        self.started, self.let_go = threading.Event(), threading.Event()
        self.kept = NowAndThen(self.look)

    def look(self) -> None:
        self.looks += 1
        self.started.set()
        assert self.let_go.wait(_PATIENCE_SECONDS)
        self.known = self.looks

    def asked(self) -> threading.Thread:
        thread = threading.Thread(target=self.kept.if_due)
        thread.start()
        return thread


def test_nobody_goes_by_memory_that_the_first_look_has_not_filled() -> None:
    memory = Memory()
    first = memory.asked()
    assert memory.started.wait(_PATIENCE_SECONDS)
    second = memory.asked()
    second.join(0.2)
    assert second.is_alive() and memory.known == 0
    memory.let_go.set()
    first.join()
    second.join()
    assert (memory.known, memory.looks) == (1, 1)


def test_a_later_look_holds_up_nobody_else(settings: Any) -> None:
    memory = Memory()
    memory.let_go.set()
    memory.kept.if_due()
    settings.SOURCES_REFRESH_SECONDS = 0
    memory.started.clear()
    memory.let_go.clear()
    looking = memory.asked()
    assert memory.started.wait(_PATIENCE_SECONDS)
    memory.kept.if_due()
    assert memory.known == 1, "what was known until then"
    memory.let_go.set()
    looking.join()
    assert memory.known == 2


def test_a_look_that_failed_is_made_again() -> None:
    outcomes = [ConnectionError(), None]

    def look() -> None:
        if outcome := outcomes.pop(0):
            raise outcome

    kept = NowAndThen(look)
    with pytest.raises(ConnectionError):
        kept.if_due()
    kept.if_due()
    assert outcomes == []
