"""`yonggong run` as its user sees it: it starts, says where, survives, and stops cleanly."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.ports import free_port
from tests.serving.conftest import Loaded
from tests.serving.platform import Running, answers, command, lives, start, stop

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("run")]


@pytest.fixture(scope="module")
def running(loaded: Loaded) -> Iterator[Running]:
    """A second start."""
    with loaded() as data:
        started = start(data, port=free_port())
        yield started
        if started.process.poll() is None:
            stop(started)


def test_it_serves_and_prints_the_demonstration_accounts(running: Running) -> None:
    assert answers(running.address) == 200
    printed = "".join(running.printed)
    assert "danwei" in printed and "shenhe" in printed and "shenji" in printed


def test_a_killed_web_process_comes_back(running: Running) -> None:
    answers(running.address)
    for child in running.children("granian"):
        child.kill()
    assert answers(running.address) == 200


def test_a_killed_job_process_comes_back(running: Running) -> None:
    answers(running.address)
    before = {child.pid for child in running.children("procrastinate")}
    for child in running.children("procrastinate"):
        child.kill()
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        after = {child.pid for child in running.children("procrastinate")}
        if after and not after & before:
            break
        time.sleep(0.3)
    assert after and not after & before


def test_the_second_start_loads_nothing_again(first_start: Running, running: Running) -> None:
    assert "正在装入演示数据" in "".join(first_start.printed)
    assert "正在装入演示数据" not in "".join(running.printed)


def test_check_finds_a_running_installation_sound(running: Running) -> None:
    answers(running.address)
    checked, until = command("check", running.data), time.monotonic() + 180
    # The job process is there before it has told so in the database.
    while "没有正在运行的后台任务进程" in checked.stdout and time.monotonic() < until:
        checked = command("check", running.data)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "不通过" not in checked.stdout


def test_check_says_what_is_missing_and_what_to_do() -> None:
    with tempfile.TemporaryDirectory(prefix="yonggong-") as folder:
        nothing = str(Path(folder) / "nothing")
        checked = command("check", Path(folder) / "var", YONGGONG_NODE_MODULES=nothing)
    assert checked.returncode == 1
    assert "不通过  数据库结构" in checked.stdout
    assert "不通过  中文字体" in checked.stdout
    assert "npm ci" in checked.stdout and "yonggong migrate" in checked.stdout


def test_ctrl_c_stops_every_process(running: Running) -> None:
    """The last one, for it ends what the others use."""
    answers(running.address)
    family = psutil.Process(running.process.pid).children(recursive=True)
    postmaster = int((running.data / "postgres" / "postmaster.pid").read_text().split()[0])
    stop(running)
    assert running.process.returncode == 0
    assert [child.pid for child in family if lives(child.pid)] == []
    assert not lives(postmaster)
