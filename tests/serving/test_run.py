"""`yonggong run` as its user sees it: it starts, says where, survives, and stops cleanly."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.serving.platform import Running, answers, environment, lives, start, stop

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("run")]


@pytest.fixture(scope="module")
def data_dir() -> Iterator[Path]:
    # Not below pytest's own folder: that is closed to the user whom the database runs as.
    with tempfile.TemporaryDirectory(prefix="yonggong-") as folder:
        yield Path(folder) / "var"


@pytest.fixture
def running(data_dir: Path) -> Iterator[Running]:
    started = start(data_dir, port=8321)
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


def test_the_second_start_loads_nothing_again(running: Running, data_dir: Path) -> None:
    stop(running)
    again = start(data_dir, port=8321)
    try:
        assert "正在装入演示数据" not in "".join(again.printed)
    finally:
        stop(again)


def test_ctrl_c_stops_every_process(running: Running) -> None:
    answers(running.address)
    family = psutil.Process(running.process.pid).children(recursive=True)
    postmaster = int((running.data / "postgres" / "postmaster.pid").read_text().split()[0])
    stop(running)
    assert running.process.returncode == 0
    assert [child.pid for child in family if lives(child.pid)] == []
    assert not lives(postmaster)


def test_check_finds_a_running_installation_sound(running: Running, data_dir: Path) -> None:
    answers(running.address)
    time.sleep(2)
    checked = subprocess.run(
        [sys.executable, "-m", "yonggong.cli", "check"],
        env=environment(data_dir),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "不通过" not in checked.stdout


def test_check_says_what_is_missing_and_what_to_do() -> None:
    folder = tempfile.TemporaryDirectory(prefix="yonggong-")
    without_assets = environment(Path(folder.name) / "var") | {
        "YONGGONG_NODE_MODULES": str(Path(folder.name) / "nothing")
    }
    checked = subprocess.run(
        [sys.executable, "-m", "yonggong.cli", "check"],
        env=without_assets,
        capture_output=True,
        text=True,
        timeout=300,
    )
    folder.cleanup()
    assert checked.returncode == 1
    assert "不通过  数据库结构" in checked.stdout
    assert "不通过  中文字体" in checked.stdout
    assert "npm ci" in checked.stdout and "yonggong migrate" in checked.stdout
