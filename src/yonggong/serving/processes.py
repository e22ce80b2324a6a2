"""The web and job processes: started together, watched, stopped together."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from types import FrameType

from django.conf import settings
from django.core.management.base import CommandError

from yonggong.privileges import application_url, why_not_application

_STOP_SECONDS = 20
_RESTART_PAUSE_SECONDS = 1.0
_CONNECTIONS = 4096
_SILENT_SECONDS = 10


def serve(*, host: str, port: int, workers: int, which: Sequence[str] = ("web", "jobs")) -> int:
    """Start the processes named, say where they are, and keep them alive until SIGINT or SIGTERM;
    one of several that dies is started again. One that serves alone ends with its error, for
    whoever supervises it here.

    Raises `CommandError` where they could not sign in to the database as they must.
    """
    if wrong := why_not_application():
        raise CommandError(f"{wrong}。\n请先执行 yonggong migrate，或用 yonggong check 查看。")
    commands = {name: _COMMANDS[name](host, port, workers) for name in which}
    environment = {
        **os.environ,
        "DATABASE_URL": application_url(),
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        "YONGGONG_ROLE": "app",
        "YONGGONG_DATABASE_ROLE": settings.APPLICATION_ROLE,
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
    _announce(host, port, which)
    while not stopping:
        time.sleep(0.2)
        for name, process in list(running.items()):
            if process.poll() is not None and not stopping:
                if len(which) == 1:
                    print(f"进程 {name} 已退出（{process.returncode}）", flush=True)
                    return process.returncode or 1
                print(f"进程 {name} 意外退出（{process.returncode}），正在重新启动", flush=True)
                time.sleep(_RESTART_PAUSE_SECONDS)
                running[name] = _start(commands[name], environments[name])
    print("正在停止……", flush=True)
    _stop_all(list(running.values()))
    return 0


def _web(host: str, port: int, workers: int) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "asginl", "--http", "1", "--no-ws",
        "--host", host, "--port", str(port), "--workers", str(workers),
        # Connections that a process holds open; one that says nothing is closed.
        "--backpressure", str(_CONNECTIONS), "--backlog", "2048",
        "--http1-header-read-timeout", str(_SILENT_SECONDS * 1000),
        "--no-access-log", "--log-level", "warning",
        "--respawn-failed-workers", "yonggong.serving.front:application",
    ]  # fmt: skip


def _jobs(host: str, port: int, workers: int) -> list[str]:
    return [
        sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", "4",
        "--delete-jobs", "successful",
    ]  # fmt: skip


_COMMANDS: dict[str, Callable[[str, int, int], list[str]]] = {"web": _web, "jobs": _jobs}


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


def _announce(host: str, port: int, which: Sequence[str]) -> None:
    if "web" in which:
        print(f"\n劳动用工备案管理平台已启动：http://{host}:{port}/\n", flush=True)
        _say_accounts()
    else:
        print("后台任务进程已启动。", flush=True)
    print("\n按 Ctrl-C 停止。", flush=True)


def _say_accounts() -> None:
    """The demonstration accounts, where they are."""
    from yonggong.accounts.models import User
    from yonggong.demonstration.people import DEMONSTRATION_ACCOUNTS, PASSWORD, PERSON

    names = {account.username for account in DEMONSTRATION_ACCOUNTS}
    if User.objects.filter(username__in=names).exists():
        print(f"演示账号（密码均为 {PASSWORD}）：")
        for account in DEMONSTRATION_ACCOUNTS:
            print(f"  {account.username:<22}{account.title}")
        print(f"  {PERSON[0]:<22}{PERSON[1]}")
