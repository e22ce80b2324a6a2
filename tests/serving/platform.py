"""The platform under `yonggong run`, in processes of its own, for tests to use and to kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import psutil

_START_SECONDS = 600
_PROJECT = Path(__file__).resolve().parents[2]


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


def environment(data: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("YONGGONG")
        and name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    # This checkout's, wherever the package is installed from.
    paths = os.pathsep.join(str(_PROJECT / folder) for folder in ("src", ""))
    return {
        **kept,
        "YONGGONG_DATA_DIR": str(data),
        "PYTHONPATH": paths,
        "PYTHONUNBUFFERED": "1",
    }


def start(data: Path, *options: str, port: int) -> Running:
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "yonggong.cli",
            "run",
            "--port",
            str(port),
            "--workers",
            "1",
            *options,
        ],
        env=environment(data),
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
            # Read on: a process that nobody listens to stops at a full pipe.
            threading.Thread(
                target=running.printed.extend, args=(process.stdout,), daemon=True
            ).start()
            return running
        if not line and process.poll() is not None:
            break
    process.kill()
    raise AssertionError("did not start: " + "".join(running.printed))


def command(name: str, data: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """`yonggong` with one of its commands, run to its end."""
    return subprocess.run(
        [sys.executable, "-m", "yonggong.cli", name],
        env=environment(data) | variables,
        capture_output=True,
        text=True,
        timeout=300,
    )


def answers(address: str, seconds: float = 180) -> int:
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=30) as response:
                return int(response.status)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.3)


def lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def stop(running: Running) -> None:
    running.process.send_signal(signal.SIGINT)
    running.process.wait(120)
