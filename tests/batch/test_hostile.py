"""A hostile file costs little and holds up nobody: bounds on every cell and part, readers that end
with whoever asked, and words after one more try."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import connections

from tests.batch.conftest import Send
from tests.batch.crafting import Formula, Sheet, compound_file, xls, xlsx
from tests.batch.spoiling_files import FORM, HEADINGS
from tests.batch.workbooks import repacked, rows
from tests.contracts.making import Hall
from yonggong.batch import actions, holding, tasks
from yonggong.batch.process import Process, Unwanted
from yonggong.batch.reading import FileRefused, ReadingEnded, read
from yonggong.batch.sheet import Reader
from yonggong.cases.models import Case

MEGABYTE = 1024 * 1024
_NOISE = Random(1).randbytes(2 * MEGABYTE).hex().encode()
PERSON = ["男", "HY1", "王伟", "2026-01-05", 100.0, "是", "东街1号", None]
PLAIN = xlsx([Sheet("名单", [HEADINGS, PERSON])], shared=True)


def _sheet(rows: bytes) -> bytes:
    return (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + rows
        + b"</sheetData></worksheet>"
    )


def _giant(part: str, before: bytes, after: bytes, size: int = 30) -> bytes:
    """A part with so many megabytes between two pieces of text."""
    filling = (_NOISE * (size // 4 + 1))[: size * MEGABYTE]
    return repacked(PLAIN, {part: before + filling + after})


SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
GIANTS: dict[str, Callable[[], bytes]] = {
    "cell": lambda: _giant(
        SHEET, _sheet(b'<row r="1"><c r="A1" t="inlineStr"><is><t>')[:-25], b"</t></is></c></row>"
    ),
    "comment among rows": lambda: _giant(SHEET, _sheet(b"<row/><!--")[:-25], b"--></sheetData>"),
    "comment above them": lambda: _giant(SHEET, b"<!--", b"-->" + _sheet(b"")),
    "string": lambda: _giant(STRINGS, b"<sst><si><t>", b"</t></si></sst>"),
    "attribute": lambda: _giant(SHEET, _sheet(b'<row r="1" spans="')[:-25], b'"></row>'),
}


@pytest.mark.parametrize("make", GIANTS.values(), ids=list(GIANTS))
def test_a_part_of_many_megabytes_is_refused_before_it_is_read(make: Callable[[], bytes]) -> None:
    content = make()
    with pytest.raises(FileRefused, match="内容过大的单元格"):
        Reader(content).look(0)


def test_a_cell_longer_than_any_is_named_and_never_kept() -> None:
    grid = [HEADINGS, PERSON, ["男", "HY2", "李芳", "2026-01-05", 100.0, "是", "长" * 40_000, None]]
    sheet = read(Reader(xlsx([Sheet("名单", grid)])), FORM, size=10)
    [part] = sheet.parts
    assert (part.columns["home"][0], str(part.columns["home"][1])) == ("东街1号", "")
    problems = FORM.clean_columns(part.columns, 2).problems
    assert [problem.message for problem in problems[1]] == ["单元格超过 32767 个字，没有读取"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (compound_file("WordDocument", b""), "Word 文档"),
        (compound_file("Other", b""), "不是工作簿"),
        (compound_file("Workbook", b"\x09\x08\x10\x00" + b"\xff" * 60), "没有工作表"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600, "已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "已损坏"),
        (repacked(PLAIN, {"xl/workbook.xml": b"<workbook"}), "已损坏"),
        (repacked(PLAIN, {"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'}), "已损坏"),
        (repacked(PLAIN, {"_rels/.rels": b"<"}), "已损坏"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
         "Excel 2003 XML"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "单个文件网页"),
        (repacked(PLAIN, {"xl/workbook.bin": b"x"}), None),
        (b"PK\x05\x06" + bytes(18), "压缩包"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_told_what_it_is(content: bytes, said: str | None) -> None:
    if said is None:
        assert Reader(content).tabs()[0] == [("名单", False)]
        return
    with pytest.raises(FileRefused, match=said):
        Reader(content)


@pytest.mark.parametrize("write", [xls, lambda sheets: xlsx(sheets, prefix="x")])
def test_a_formula_is_seen_in_every_format_and_counts_where_it_is_read(write: Any) -> None:
    computed = [*PERSON[:4], Formula("1+1", 2.0), *PERSON[5:]]
    with pytest.raises(FileRefused, match=r"名单.*E2 单元格"):
        read(Reader(write([Sheet("名单", [HEADINGS, computed])])), FORM, size=10)
    beside = [Sheet("名单", [HEADINGS, PERSON]), Sheet("计算", [[Formula("1+1", 2.0)]])]
    [part] = read(Reader(write(beside)), FORM, size=10).parts
    assert part.numbers == [2]
    unread = [Sheet("名单", [[*HEADINGS, "年龄"], [*PERSON, Formula("1+1", 2.0)]])]
    assert "年龄" in read(Reader(write(unread)), FORM, size=10).notices[0]


# --- the process ---------------------------------------------------------------------------


@pytest.fixture
def slow(tmp_path: Path) -> str:
    """A file of which the reader never comes to an end: a pipe nobody writes to."""
    path = tmp_path / "slow.xlsx"
    os.mkfifo(path)
    return str(path)


def _written_to(pipe: str) -> int | None:
    """The pipe opened to be written to; None while nobody has begun to read it."""
    try:
        return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
    except OSError:
        return None


def _is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_reader_nobody_wants_is_ended(slow: str) -> None:
    process = Process(slow, lambda: False)
    with process, pytest.raises(Unwanted):
        process.tabs()
    assert not _is_running(process._process.pid)


def test_a_reader_ends_with_the_process_that_asked(slow: str) -> None:
    program = f"""
import time
from yonggong.batch.process import Process
print(Process({slow!r}, lambda: True)._process.pid, flush=True)
time.sleep(600)
"""
    asking = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert asking.stdout is not None
    reader = int(asking.stdout.readline())
    until = time.monotonic() + 120
    while (writer := _written_to(slow)) is None:
        assert time.monotonic() < until, "the reader never began"
        time.sleep(0.05)
    asking.send_signal(signal.SIGKILL)
    asking.wait()
    while _is_running(reader):
        assert time.monotonic() < until, "the reader outlived the one that asked"
        time.sleep(0.05)
    os.close(writer)


# --- the job -------------------------------------------------------------------------------


@pytest.fixture
def broken_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is read ends its reader, as the kernel ends what takes all memory."""

    def end(self: Process) -> Any:
        os.kill(self._process.pid, signal.SIGKILL)
        return self._answer()

    monkeypatch.setattr(Process, "tabs", end)


@pytest.mark.django_db
@pytest.mark.usefixtures("broken_reader")
def test_a_file_that_ends_its_reader_is_refused_in_words_after_one_more_try(
    send: Send, hall: Hall
) -> None:
    batch = send(2, work=False)
    with pytest.raises(ReadingEnded):
        actions.work(batch.pk, now=hall.now)
    batch.refresh_from_db()
    assert batch.is_open
    actions.work(batch.pk, now=hall.now)
    batch.refresh_from_db()
    assert (batch.state, Case.objects.count()) == ("refused", 0)
    assert "两次意外中断。没有提交任何行。" in batch.message


@pytest.mark.django_db
@pytest.mark.usefixtures("broken_reader")
def test_the_job_queues_the_one_more_try_at_once(send: Send, hall: Hall) -> None:
    batch = send(2, work=False)
    with pytest.raises(ReadingEnded):
        actions.work(batch.pk, now=hall.now)
    tasks.file_batch.func(batch=batch.pk)  # no failure of the job
    batch.refresh_from_db()
    assert batch.state == "refused"


@pytest.mark.django_db(transaction=True)
def test_cancelled_while_it_is_read_its_reader_is_ended_and_nothing_filed(
    send: Send, hall: Hall, slow: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "yonggong.batch.reading.Process", lambda path, wanted: Process(slow, wanted)
    )
    batch = send(2, work=False)

    def job() -> None:
        actions.work(batch.pk, now=hall.now)
        connections.close_all()

    working = threading.Thread(target=job)
    working.start()
    actions.cancel(batch=batch, by=hall.operator, now=hall.now)
    working.join(120)
    batch.refresh_from_db()
    assert not working.is_alive()
    assert (batch.state, Case.objects.count()) == ("cancelled", 0)


@pytest.mark.django_db(transaction=True)
def test_one_file_of_an_employer_is_read_at_a_time_and_others_go_on(
    send: Send, hall: Hall, make_employer: Any, make_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "_PATIENCE", 0.0)
    other = make_employer()
    theirs = make_user("employer_operator", employer=other)
    mine = send(2, work=False)
    reading, done = threading.Event(), threading.Event()

    def hostile() -> None:
        with holding.hold(holding.READING, hall.employer.pk) as held:
            assert held
            reading.set()
            done.wait(120)
        connections.close_all()

    holder = threading.Thread(target=hostile)
    holder.start()
    assert reading.wait(120)
    actions.work(mine.pk, now=hall.now)
    beside = send(rows(2, today=hall.today, seed=5), employer=other, by=theirs)
    done.set()
    holder.join()
    mine.refresh_from_db()
    assert (mine.state, mine.attempts, beside.state) == ("waiting", 0, "done")
    actions.work(mine.pk, now=hall.now)
    mine.refresh_from_db()
    assert (mine.state, mine.filed_rows) == ("done", 2)
