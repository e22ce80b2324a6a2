"""The real server among clients that mean no good: pages go on being served."""

from __future__ import annotations

import socket
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest

from tests.ports import free_port
from tests.serving.hostile import Crowd, posting
from tests.serving.platform import Running, answers, start, stop

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("run")]

_PAGES = 20


@pytest.fixture(scope="module")
def platform() -> Iterator[Running]:
    with tempfile.TemporaryDirectory(prefix="yonggong-") as folder:
        running = start(Path(folder) / "var", "--no-demo", port=free_port())
        answers(running.address)
        yield running
        stop(running)


def _cookie(address: str) -> str:
    """Of a first visit."""
    with urllib.request.urlopen(f"{address}sign-in/", timeout=30) as page:
        return str(page.headers["Set-Cookie"]).split(";")[0]


def _served(address: str) -> list[int]:
    return [answers(f"{address}sign-in/") for _ in range(_PAGES)]


def test_eight_forms_that_never_come_stop_no_page(platform: Running) -> None:
    with Crowd(platform.address, posting("/sign-in/", _cookie(platform.address)), 8) as crowd:
        assert answers(f"{platform.address}sign-in/") == 200
        assert crowd.open == 8, "the page came while they stayed"
        assert _served(platform.address) == [200] * _PAGES


@pytest.mark.parametrize(
    "opening",
    [
        posting("/sign-in/"),
        b"GET /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: ",
        b"",
    ],
    ids=["half a form", "half a header", "nothing"],
)
def test_five_hundred_connections_stop_no_page(platform: Running, opening: bytes) -> None:
    with Crowd(platform.address, opening, 500) as crowd:
        assert answers(f"{platform.address}sign-in/") == 200
        assert crowd.open > 250, "the page came while they stayed"
        assert _served(platform.address) == [200] * _PAGES


def test_readers_that_do_not_read_stop_no_page(platform: Running) -> None:
    asking = b"GET /static/vendor/tabler/css/tabler.min.css HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 8
    with Crowd(platform.address, asking, 60, window=4096):
        assert _served(platform.address) == [200] * _PAGES


@pytest.mark.parametrize("path", ["/sign-in/", "/employer/batch/", "/no/such/page/"])
def test_two_hundred_megabytes_are_refused_before_they_are_kept(
    platform: Running, path: str
) -> None:
    where = urlsplit(platform.address)
    before = _written(platform)
    with socket.create_connection((where.hostname, where.port), timeout=30) as one:
        one.sendall(posting(path, "sessionid=invented", length=200_000_000, sent=b""))
        assert one.recv(1000).startswith(b"HTTP/1.1 413 ")
        sent = 0
        with pytest.raises(OSError):
            while sent < 200_000_000:
                one.sendall(b"x" * 65536)
                sent += 65536
    assert _written(platform) - before < 1_000_000


def _written(platform: Running) -> int:
    """What the web processes wrote to files and sockets so far, in bytes."""
    return sum(child.io_counters().write_bytes for child in platform.children("granian"))


def test_an_ordinary_visit_costs_no_open_file(platform: Running) -> None:
    (web,) = [
        child for child in platform.children("granian") if not psutil.Process(child.pid).children()
    ][:1]
    _served(platform.address)
    before = web.num_fds()
    _served(platform.address)
    assert web.num_fds() <= before + 2
