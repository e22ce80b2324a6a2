"""The web and job processes: started together, watched, stopped together."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from types import FrameType

from django.conf import settings

_STOP_SECONDS = 20
_RESTART_PAUSE_SECONDS = 1.0
_CONNECTIONS = 4096
_SILENT_SECONDS = 10


def serve(*, host: str, port: int, workers: int) -> int:
    """Start the processes, print the address and the demonstration accounts, and keep the
    processes alive until SIGINT or SIGTERM; a process that dies is started again."""
    commands = {
        "web": [
            sys.executable, "-m", "granian", "--interface", "asginl", "--http", "1", "--no-ws",
            "--host", host, "--port", str(port), "--workers", str(workers),
            # Connections that a process holds open; one that says nothing is closed.
            "--backpressure", str(_CONNECTIONS), "--backlog", "2048",
            "--http1-header-read-timeout", str(_SILENT_SECONDS * 1000),
            "--no-access-log", "--log-level", "warning",
            "--respawn-failed-workers", "yonggong.serving.front:application",
        ],
        "jobs": [
            sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", "4",
            "--delete-jobs", "successful",
        ],
    }  # fmt: skip
    environment = {
        **os.environ,
        "DATABASE_URL": settings.DATABASE_URL,
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        "YONGGONG_ROLE": "app",
    }
    # By their names the database tells which of its sessions are whose: see `batch.filing`.
    environments = {name: {**environment, "PGAPPNAME": f"yonggong-{name}"} for name in commands}
    stopping = False

    def stop(signum: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    _allow_connections()
    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    running = {name: _start(command, environments[name]) for name, command in commands.items()}
    _announce(host, port)
    while not stopping:
        time.sleep(0.2)
        for name, process in list(running.items()):
            if process.poll() is not None and not stopping:
                print(f"进程 {name} 意外退出（{process.returncode}），正在重新启动", flush=True)
                time.sleep(_RESTART_PAUSE_SECONDS)
                running[name] = _start(commands[name], environments[name])
    print("正在停止……", flush=True)
    _stop_all(list(running.values()))
    return 0


def _allow_connections() -> None:
    """Let our processes hold as many connections open as this user may."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _start(command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    # A session of its own, so that Ctrl-C reaches only this process, which stops them in order.
    return subprocess.Popen(command, env=environment, start_new_session=True)


def _stop_all(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + _STOP_SECONDS
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _announce(host: str, port: int) -> None:
    from yonggong.demonstration.people import DEMONSTRATION_ACCOUNTS, PASSWORD

    print(f"\n劳动用工备案管理平台已启动：http://{host}:{port}/\n", flush=True)
    from yonggong.accounts.models import User

    names = {account.username for account in DEMONSTRATION_ACCOUNTS}
    if User.objects.filter(username__in=names).exists():
        print(f"演示账号（密码均为 {PASSWORD}）：")
        for account in DEMONSTRATION_ACCOUNTS:
            print(f"  {account.username:<22}{account.title}")
    print("\n按 Ctrl-C 停止。", flush=True)
