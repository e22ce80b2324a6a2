"""The embedded database is one user's and one folder's: nobody else on the machine stands in its
way, and what does is said in a sentence."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.serving.platform import command, environment, lives

# Joins the server, says where it is and what it answers, and stays until told to go.
_JOIN = """
import sys, pathlib, psycopg
from yonggong import embedded
url = embedded.start(pathlib.Path(sys.argv[1]), durable=False)
with psycopg.connect(url) as connection:
    print(url, connection.execute("SELECT 6 * 7").fetchone()[0], flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    # Not below pytest's own folder: that is closed to the user whom the database runs as.
    with tempfile.TemporaryDirectory(prefix="yonggong-") as made:
        yield Path(made)


def _join(
    data: Path, *, temporary: Path | None = None, user: int | None = None
) -> subprocess.Popen:  # type: ignore[type-arg]
    surroundings = environment(data.parent)
    surroundings.pop("XDG_RUNTIME_DIR", None)
    if temporary:
        surroundings["TMPDIR"] = str(temporary)
    other = {"user": user, "group": user, "extra_groups": []} if user else {}
    return subprocess.Popen(
        [sys.executable, "-c", _JOIN, str(data)], cwd="/", env=surroundings, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        **other,  # type: ignore[call-overload]
    )  # fmt: skip


def _answered(process: subprocess.Popen[str]) -> bool:
    assert process.stdout and process.stderr
    line = process.stdout.readline()
    assert line, process.stderr.read()
    return line.split()[-1] == "42"


def _postmaster(data: Path) -> int:
    return int((data / "postmaster.pid").read_text().split()[0])


def test_what_lies_in_the_shared_temporary_folder_is_nobodys_hindrance(folder: Path) -> None:
    """Another user's lock file there, which cannot be opened."""
    (folder / "tmp" / ".lockfile").mkdir(parents=True)
    process = _join(folder / "var" / "postgres", temporary=folder / "tmp")
    assert _answered(process)
    assert [entry.name for entry in (folder / "tmp").iterdir()] == [".lockfile"]
    process.communicate("")


def test_two_users_and_two_clones_run_side_by_side(folder: Path) -> None:
    """As root, the second is another user; both use the same temporary folder."""
    temporary = folder / "tmp"
    temporary.mkdir()
    folder.chmod(0o755)
    temporary.chmod(0o1777)
    (folder / "second").mkdir()
    second_user = 65534 if os.geteuid() == 0 else None
    if second_user:
        os.chown(folder / "second", second_user, second_user)
    first = _join(folder / "first" / "postgres", temporary=temporary)
    assert _answered(first)
    second = _join(folder / "second" / "postgres", temporary=temporary, user=second_user)
    assert _answered(second)
    assert _postmaster(folder / "first" / "postgres") != _postmaster(folder / "second" / "postgres")
    for process in (first, second):
        process.communicate("")


def test_a_path_too_long_for_a_socket_gets_a_folder_of_its_own(folder: Path) -> None:
    temporary = folder / "tmp"
    temporary.mkdir()
    (folder / "tmp").chmod(0o777)
    data = folder / ("数据" * 20) / "a 'quoted' one" / "postgres"
    process = _join(data, temporary=temporary)
    assert _answered(process)
    (socket,) = temporary.iterdir()
    assert socket.stat().st_mode & 0o077 == 0, "nobody else may reach it"
    process.communicate("")
    assert list(temporary.iterdir()) == []


def test_the_last_to_leave_stops_it_and_the_killed_do_not_count(folder: Path) -> None:
    data = folder / "var" / "postgres"
    killed, first, last = (_join(data) for _ in range(3))
    assert all(_answered(process) for process in (killed, first, last))
    server = _postmaster(data)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    first.communicate("")
    assert lives(server), "one still uses it"
    last.communicate("")
    assert not lives(server)


def test_a_server_that_was_killed_starts_again(folder: Path) -> None:
    data = folder / "var" / "postgres"
    process = _join(data)
    assert _answered(process)
    server = psutil.Process(_postmaster(data))
    family = [server, *server.children(recursive=True)]
    for one in family:
        one.kill()
    psutil.wait_procs(family)
    process.communicate("")
    again = _join(data)
    assert _answered(again)
    again.communicate("")


def test_a_start_that_fails_is_a_sentence(folder: Path) -> None:
    """Of another version, not a folder, nobody listening, a key that is none."""
    other = folder / "other" / "postgres"
    other.mkdir(parents=True)
    (other / "PG_VERSION").write_text("15\n")
    (folder / "file").write_text("")
    cases = {
        "PostgreSQL 15": command("check", folder / "other"),
        "密钥文件": command("check", folder / "file" / "var"),
        "无法连接": command("check", folder, DATABASE_URL=f"postgresql://x@/x?host={folder}"),
        "base64": command("check", folder, YONGGONG_SEALING_KEYS="?"),
    }
    for said, checked in cases.items():
        assert checked.returncode == 1
        assert said in checked.stdout, checked.stdout + checked.stderr
        assert "Traceback" not in checked.stdout + checked.stderr


def test_nobody_gets_in_without_the_password_and_it_is_the_owners_to_read(folder: Path) -> None:
    data = folder / "var" / "postgres"
    process = _join(data)
    assert _answered(process)
    password = data.with_name(".postgres.password")
    assert password.stat().st_mode & 0o777 == 0o600
    for wrong in ("", "guessed"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(host=str(data), user="postgres", dbname="postgres", password=wrong)
    process.communicate("")


def test_an_older_cluster_that_trusted_everybody_trusts_nobody_any_more(folder: Path) -> None:
    """And one whose password file was lost gets another."""
    data = folder / "var" / "postgres"
    process = _join(data)
    assert _answered(process)
    process.communicate("")
    (data / "pg_hba.conf").write_text("local all all trust\n")
    data.with_name(".postgres.password").unlink()
    again = _join(data)
    assert _answered(again)
    assert "trust" not in (data / "pg_hba.conf").read_text()
    again.communicate("")
