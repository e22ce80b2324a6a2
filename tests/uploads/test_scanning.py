"""A virus scanner in the way of every upload: a real ClamAV with one signature of our own."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from tests.files import PDF
from yonggong.serving.soundness import all_checks
from yonggong.uploads import UploadRefused, opened, scanning

_MARK = b"yonggong-invented-virus"
_PATIENCE_SECONDS = 60


@pytest.fixture(scope="module")
def clamd() -> Iterator[str]:
    """A daemon that knows one virus, on a socket of its own; ends with the module."""
    program = shutil.which("clamd")
    assert program, "no ClamAV: install clamav-daemon, or run .ci/run"
    folder = Path(mkdtemp(prefix="yg-clamd-"))  # short: a socket's path has at most 107 bytes
    (folder / "own.ndb").write_text(f"Invented.Mark:0:*:{_MARK.hex()}\n")
    socket = folder / "clamd.sock"
    (folder / "clamd.conf").write_text(
        f"DatabaseDirectory {folder}\nLocalSocket {socket}\nForeground yes\nLogFile {folder}/log\n"
        "StreamMaxLength 20M\n"
    )
    daemon = subprocess.Popen(
        [program, "--config-file", str(folder / "clamd.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + _PATIENCE_SECONDS
    while not _answers(str(socket)):
        assert time.monotonic() < until and daemon.poll() is None, (folder / "log").read_text()
        time.sleep(0.1)
    yield str(socket)
    daemon.terminate()
    daemon.wait(_PATIENCE_SECONDS)
    shutil.rmtree(folder)


def _answers(socket: str) -> bool:
    try:
        return scanning.asked(socket, b"zPING\0") == "PONG"
    except OSError:
        return False


@pytest.fixture
def scanned(clamd: str, settings: Any) -> str:
    settings.CLAMAV = clamd
    return clamd


@pytest.mark.usefixtures("scanned")
def test_what_the_scanner_knows_is_refused_and_the_rest_is_taken() -> None:
    assert opened(PDF, allowed=("pdf",), megabytes=10).content == PDF
    with pytest.raises(UploadRefused, match="未通过病毒检查"):
        opened(PDF + _MARK, allowed=("pdf",), megabytes=10)


@pytest.mark.usefixtures("scanned")
def test_a_large_file_goes_to_the_scanner_whole() -> None:
    with pytest.raises(UploadRefused, match="未通过病毒检查"):
        opened(PDF + b"\0" * (9 * 1024 * 1024) + _MARK, allowed=("pdf",), megabytes=10)


@pytest.mark.parametrize("at", ["/nowhere/clamd.sock", "127.0.0.1:1", "nonsense"])
def test_where_the_scanner_is_silent_nothing_is_taken_unseen(at: str) -> None:
    with pytest.raises(UploadRefused, match="暂时不可用"):
        scanning.scan(PDF, at=at)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "sound", "said"), [("", True, "未配置"), ("/nowhere/clamd.sock", False, "无法连接")]
)
def test_the_check_tells_whether_there_is_a_scanner(
    settings: Any, at: str, sound: bool, said: str
) -> None:
    settings.CLAMAV = at
    found = next(one for one in all_checks() if one.title == "病毒检查")
    assert (found.sound, said in found.found) == (sound, True)


@pytest.mark.django_db
@pytest.mark.usefixtures("scanned")
def test_the_check_names_the_scanner() -> None:
    assert next(one for one in all_checks() if one.title == "病毒检查").found.startswith("ClamAV")
