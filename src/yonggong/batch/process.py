"""The process that reads an untrusted workbook, seen from the one that asks it."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import IO, Any, cast

from yonggong.batch.cells import FileRefused
from yonggong.batch.sheet import Look, Rows, Survey, Wanted, framed, receive

# By which the reading process may be ended from outside; whatever else ends it, the file did.
_FROM_OUTSIDE = {-signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP}
_SECONDS_BETWEEN_LOOKS = 1.0


class ReadingEnded(Exception):
    """The reading process ended before it was through; `words` say why, where it is known."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words or "the reading process was ended from outside")
        self.words = words


class Unwanted(Exception):
    """Nobody wants the file any more."""


class Process:
    """A `layout.Source` in a process of its own, which ends with the context it is entered as.

    `wanted` is asked while the process keeps us waiting; where it says no, `Unwanted` is raised.
    """

    def __init__(self, path: str, wanted: Callable[[], bool]) -> None:
        self._wanted = wanted
        self._process = subprocess.Popen(
            [sys.executable, "-m", "yonggong.batch.sheet", path, str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )

    def __enter__(self) -> Process:
        self._process.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._process.kill()
        with suppress(BrokenPipeError):  # a question that nobody heard
            self._process.__exit__(None, None, None)

    def tabs(self) -> tuple[list[tuple[str, bool]], bool]:
        tabs, starts_1904 = self._answer()
        return tabs, starts_1904

    def holds_table(self, tab: int) -> bool:
        return bool(self._asked("holds_table", tab))

    def look(self, tab: int) -> Look:
        return Look(*self._asked("look", tab))

    def survey(self, wanted: Wanted) -> Survey:
        return Survey(*self._asked("survey", tuple(wanted)))

    def rows(self, wanted: Wanted) -> Iterator[Rows]:
        """Raises `ReadingEnded` where the process ends before its last row."""
        self._ask("rows", tuple(wanted))
        begun = False
        while True:
            try:
                frame = self._heard()
            except FileRefused as refused:
                if not begun:
                    raise
                raise ReadingEnded(str(refused)) from refused
            if frame is None:
                return
            yield Rows(*frame)
            begun = True

    def _asked(self, name: str, argument: Any) -> Any:
        self._ask(name, argument)
        return self._answer()

    def _ask(self, name: str, argument: Any) -> None:
        with suppress(BrokenPipeError):  # why it is gone is told by what it says
            cast(IO[bytes], self._process.stdin).write(framed((name, argument)))

    def _answer(self) -> Any:
        answer = self._heard()
        if "refused" in answer:
            raise FileRefused(answer["refused"])
        return answer["answer"]

    def _heard(self) -> Any:
        """The process's next frame."""
        try:
            return receive(self._read)
        except EOFError:
            ended = self._process.wait()
        if ended in _FROM_OUTSIDE:
            raise ReadingEnded
        if ended == -signal.SIGXCPU:
            raise FileRefused("文件读取超时。请删除空白行和多余的工作表，或分成几个文件。")
        raise FileRefused("文件内容异常，无法读取。请在表格软件中重新保存后上传。")

    def _read(self, size: int) -> bytes:
        out = cast(IO[bytes], self._process.stdout)
        while not select.select([out], [], [], _SECONDS_BETWEEN_LOOKS)[0]:
            if not self._wanted():
                raise Unwanted
        return out.read(size)
