"""A PgBouncer in transaction mode before the tests' database."""

from __future__ import annotations

import os
import pwd
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.ports import free_port

_SECONDS = 60


@contextmanager
def bouncer(*, socket_folder: str, users: dict[str, str], as_user: str = "") -> Iterator[int]:
    """Its port. `users`: passwords by name; `as_user`: the one whom everybody becomes behind it."""
    with tempfile.TemporaryDirectory(prefix="yonggong-") as made:
        folder, port = Path(made), free_port()
        become = f" user={as_user} password={users[as_user]}" if as_user else ""
        (folder / "users").write_text(
            "".join(f'"{name}" "{password}"\n' for name, password in users.items())
        )
        (folder / "ini").write_text(
            f"[databases]\n* = host={socket_folder}{become}\n"
            f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n"
            f"pool_mode = transaction\nauth_type = plain\nauth_file = {folder / 'users'}\n"
            "ignore_startup_parameters = options,extra_float_digits\n"
        )
        process = subprocess.Popen(
            ["/usr/sbin/pgbouncer", str(folder / "ini")],
            stderr=subprocess.DEVNULL,
            **_account(folder, socket_folder),  # type: ignore[call-overload]
        )
        try:
            _wait(port, process)
            yield port
        finally:
            process.terminate()
            process.wait(_SECONDS)


def _account(folder: Path, socket_folder: str) -> dict[str, object]:
    """PgBouncer refuses to run as root: then it runs as the database does, into whose folder it
    has to look."""
    if os.geteuid() != 0:
        return {}
    owner = pwd.getpwuid(Path(socket_folder).stat().st_uid)
    for path in (folder, *folder.iterdir()):
        os.chown(path, owner.pw_uid, owner.pw_gid)
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            assert process.poll() is None and time.monotonic() < until, "PgBouncer did not start"
            time.sleep(0.05)


class Relay:
    """A TCP port that leads to the database's socket, until it is cut."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self._open: list[socket.socket] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._server.accept()
            except OSError:
                return
            far = socket.socket(socket.AF_UNIX)
            far.connect(str(self.target))
            self._open += [near, far]
            for pair in ((near, far), (far, near)):
                threading.Thread(target=_pump, args=pair, daemon=True).start()

    def cut(self) -> None:
        """The database goes: nothing leads there any more."""
        for one in (self._server, *self._open):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
        self._server.close()


def _pump(near: socket.socket, far: socket.socket) -> None:
    try:
        while some := near.recv(65536):
            far.sendall(some)
    except OSError:
        pass
    for one in (near, far):
        try:
            one.shutdown(socket.SHUT_RDWR)
        except OSError:
            continue
