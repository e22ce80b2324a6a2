"""`yonggong run` as its user sees it: it starts, says where, survives, and stops cleanly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("run")]

_START_SECONDS = 120


@dataclass
class Running:
    """A platform under `yonggong run`, what it printed, and its address."""

    process: subprocess.Popen[str]
    printed: list[str]
    data: Path

    @property
    def address(self) -> str:
        return next(line.split("：")[1].strip() for line in self.printed if "平台已启动" in line)

    def children(self, word: str) -> list[psutil.Process]:
        found = []
        for child in psutil.Process(self.process.pid).children(recursive=True):
            try:
                if word in " ".join(child.cmdline()):
                    found.append(child)
            except psutil.NoSuchProcess:  # gone, or dead and not yet collected
                continue
        return found


def _environment(data: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("YONGGONG")
        and name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    return {**kept, "YONGGONG_DATA_DIR": str(data), "PYTHONUNBUFFERED": "1"}


def _start(data: Path) -> Running:
    process = subprocess.Popen(
        [sys.executable, "-m", "yonggong.cli", "run", "--port", "8321", "--workers", "1"],
        env=_environment(data),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    running = Running(process, [], data)
    deadline = time.monotonic() + _START_SECONDS
    assert process.stdout is not None
    while time.monotonic() < deadline:
        line = process.stdout.readline()
        running.printed.append(line)
        if "按 Ctrl-C 停止" in line:
            return running
        if not line and process.poll() is not None:
            break
    process.kill()
    raise AssertionError("did not start: " + "".join(running.printed))


def _answers(address: str, seconds: float = 30) -> int:
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as response:
                return int(response.status)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.3)


def _lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _stop(running: Running) -> None:
    running.process.send_signal(signal.SIGINT)
    running.process.wait(40)


@pytest.fixture(scope="module")
def data_dir() -> Iterator[Path]:
    # Not below pytest's own folder: that is closed to the user whom the database runs as.
    with tempfile.TemporaryDirectory(prefix="yonggong-") as folder:
        yield Path(folder) / "var"


@pytest.fixture
def running(data_dir: Path) -> Iterator[Running]:
    started = _start(data_dir)
    yield started
    if started.process.poll() is None:
        _stop(started)


def test_it_serves_and_prints_the_demonstration_accounts(running: Running) -> None:
    assert _answers(running.address) == 200
    printed = "".join(running.printed)
    assert "danwei" in printed and "shenhe" in printed and "shenji" in printed


def test_a_killed_web_process_comes_back(running: Running) -> None:
    _answers(running.address)
    for child in running.children("granian"):
        child.kill()
    assert _answers(running.address) == 200


def test_a_killed_job_process_comes_back(running: Running) -> None:
    _answers(running.address)
    before = {child.pid for child in running.children("procrastinate")}
    for child in running.children("procrastinate"):
        child.kill()
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        after = {child.pid for child in running.children("procrastinate")}
        if after and not after & before:
            break
        time.sleep(0.3)
    assert after and not after & before


def test_the_second_start_loads_nothing_again(running: Running, data_dir: Path) -> None:
    _stop(running)
    again = _start(data_dir)
    try:
        assert "正在装入演示数据" not in "".join(again.printed)
    finally:
        _stop(again)


def test_ctrl_c_stops_every_process(running: Running) -> None:
    _answers(running.address)
    family = psutil.Process(running.process.pid).children(recursive=True)
    postmaster = int((running.data / "postgres" / "postmaster.pid").read_text().split()[0])
    _stop(running)
    assert running.process.returncode == 0
    assert [child.pid for child in family if _lives(child.pid)] == []
    assert not _lives(postmaster)


def test_check_finds_a_running_installation_sound(running: Running, data_dir: Path) -> None:
    _answers(running.address)
    time.sleep(2)
    checked = subprocess.run(
        [sys.executable, "-m", "yonggong.cli", "check"],
        env=_environment(data_dir),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "不通过" not in checked.stdout


def test_check_says_what_is_missing_and_what_to_do() -> None:
    folder = tempfile.TemporaryDirectory(prefix="yonggong-")
    environment = _environment(Path(folder.name) / "var") | {
        "YONGGONG_NODE_MODULES": str(Path(folder.name) / "nothing")
    }
    checked = subprocess.run(
        [sys.executable, "-m", "yonggong.cli", "check"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=90,
    )
    folder.cleanup()
    assert checked.returncode == 1
    assert "不通过  数据库结构" in checked.stdout
    assert "不通过  中文字体" in checked.stdout
    assert "npm ci" in checked.stdout and "yonggong migrate" in checked.stdout
