"""What stands before the pages: a slow or greedy sender, a slow reader and a flood of sign-ins hold
no thread, and nothing of what is too much is kept."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import pytest

from yonggong.serving.front import Front, Patience

_SMALL = 1000
_SECONDS = 60  # within which even a busy machine comes to it
_HASTY = Patience(pause=0.2, slowest=10_000, of_one_address=3, waiting=8, waiting_to_sign_in=2)
Pieces = Iterable[bytes | None]  # None: nothing more comes, and the connection stays


def pages(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    """Says how much it was sent, and how it was called."""
    body = environ["wsgi.input"].read()
    start("200 OK", [("Content-Type", "text/plain")])
    return [f"{len(body)} {environ['CONTENT_LENGTH']} {environ['REMOTE_ADDR']}".encode()]


def front(wsgi: Any = pages, *, signed_in: int = 0, **options: Any) -> Front:
    return Front(
        wsgi,
        most_bytes=lambda path, key: signed_in if key == "known" else _SMALL,
        small=_SMALL,
        cookie="sessionid",
        slow=frozenset({"/sign-in/"}),
        **{"patience": _HASTY} | options,
    )


class Exchange:
    """One request, and what came back."""

    def __init__(
        self, pieces: Pieces = (), *, path: str = "/", method: str = "POST", **headers: str
    ) -> None:
        self.pieces = list(pieces)
        self.taken = 0
        self.status, self.body = 0, b""
        self.scope = {
            "type": "http", "method": method, "path": path, "query_string": b"",
            "http_version": "1.1", "client": ("10.0.0.9", 5), "headers": [
                (name.replace("_", "-").encode(), value.encode())
                for name, value in headers.items()
            ],
        }  # fmt: skip

    async def receive(self) -> dict[str, Any]:
        if not self.pieces:
            return {"type": "http.request", "body": b"", "more_body": False}
        piece = self.pieces.pop(0)
        if piece is None:
            await asyncio.Event().wait()
        self.taken += len(piece or b"")
        return {"type": "http.request", "body": piece, "more_body": bool(self.pieces)}

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            self.body += message["body"]

    def through(self, application: Front) -> Awaitable[None]:
        return application(self.scope, self.receive, self.send)


def test_a_request_reaches_the_pages_whole() -> None:
    sent = Exchange([b"a" * 300, b"b" * 300], content_length="600")
    asyncio.run(sent.through(front()))
    assert (sent.status, sent.body) == (200, b"600 600 10.0.0.9")


def test_what_is_announced_and_does_not_come_takes_no_thread() -> None:
    """Eight sockets sent `a=` of a thousand bytes and stopped every page."""
    application = front(patience=Patience(pause=3600))

    async def attack() -> int:
        hostile = [
            Exchange([b"a=", None], path="/sign-in/", content_length="1000") for _ in range(8)
        ]
        held = [asyncio.create_task(one.through(application)) for one in hostile]
        page = Exchange(method="GET")
        await page.through(application)
        assert not any(task.done() for task in held), "they are still there"
        for task in held:
            task.cancel()
        return page.status

    assert asyncio.run(attack()) == 200


def test_whoever_stops_sending_is_told_so() -> None:
    sent = Exchange([b"a=", None], path="/sign-in/", content_length="1000")
    asyncio.run(sent.through(front()))
    assert sent.status == 408


def test_a_body_that_drips_is_given_up_though_it_never_pauses() -> None:
    class Dripping(Exchange):
        async def receive(self) -> dict[str, Any]:
            await asyncio.sleep(0.01)
            return {"type": "http.request", "body": b"a", "more_body": True}

    sent = Dripping(content_length="1000")
    asyncio.run(asyncio.wait_for(sent.through(front()), _SECONDS))
    assert sent.status == 408


@pytest.mark.parametrize(
    "headers", [{"content_length": "200000000"}, {"transfer_encoding": "chunked"}]
)
def test_too_much_from_a_stranger_is_refused_before_it_is_kept(headers: dict[str, str]) -> None:
    sent = Exchange([b"x" * 400] * 500, **headers)
    asyncio.run(sent.through(front()))
    assert sent.status == 413
    assert sent.taken <= _SMALL + 400


def test_the_signed_in_may_send_what_their_page_takes_and_hear_why_not() -> None:
    cookie = {"cookie": "a=b; sessionid=known"}
    fits = Exchange([b"x" * 5000], content_length="5000", **cookie)
    beyond = Exchange([b"x" * 3000] * 3, content_length="9000", **cookie)
    application = front(signed_in=6000)
    asyncio.run(fits.through(application))
    asyncio.run(beyond.through(application))
    assert (fits.status, fits.body[:4]) == (200, b"5000")
    assert (beyond.status, beyond.taken) == (413, 9000)


def test_one_address_gets_so_many_places_and_may_still_ask() -> None:
    application = front()

    async def crowd() -> tuple[list[int], int, int]:
        held = [Exchange([None], content_length="9") for _ in range(5)]
        tasks = [asyncio.create_task(one.through(application)) for one in held]
        page, other = Exchange(method="GET"), Exchange([b"a"], content_length="1")
        other.scope["client"] = ("10.0.0.10", 5)
        await asyncio.gather(page.through(application), other.through(application), *tasks)
        return sorted(one.status for one in held), page.status, other.status

    assert asyncio.run(crowd()) == ([408, 408, 408, 429, 429], 200, 200)
    assert not application.busy, "nobody is remembered for good"


def test_behind_a_proxy_the_address_is_the_one_it_wrote_down() -> None:
    forged = {"x_forwarded_for": "1.2.3.4, 10.9.9.9"}
    application = front(behind_proxy=True)
    counted: list[str] = []

    def noting(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        counted.extend(address for _, address in application.busy)
        return pages(environ, start)

    application.wsgi = noting
    asyncio.run(Exchange(method="GET", **forged).through(application))
    assert counted == ["10.9.9.9"]


def test_a_flood_of_sign_ins_leaves_the_pages_their_threads() -> None:
    gate = threading.Event()

    def slow(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        if environ["PATH_INFO"] == "/sign-in/":
            assert gate.wait(_SECONDS)
        return pages(environ, start)

    application = front(slow)

    async def flood() -> tuple[list[int], int]:
        hashed = [Exchange([b"a"], path="/sign-in/", content_length="1") for _ in range(6)]
        for number, one in enumerate(hashed):
            one.scope["client"] = (f"10.0.1.{number}", 5)
        tasks = [asyncio.create_task(one.through(application)) for one in hashed]
        page = Exchange(method="GET")
        await page.through(application)
        gate.set()
        await asyncio.gather(*tasks)
        return sorted(one.status for one in hashed), page.status

    assert asyncio.run(flood()) == ([200, 200, 503, 503, 503, 503], 200)


def test_a_reader_that_takes_nothing_is_left_and_held_no_thread() -> None:
    """The answer is whole before the first byte goes out."""
    finished = threading.Event()

    class Answering(list[bytes]):
        def close(self) -> None:
            finished.set()

    def large(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        start("200 OK", [])
        return Answering([b"x" * 100_000] * 50)

    class Stuck(Exchange):
        async def send(self, message: dict[str, Any]) -> None:
            await super().send(message)
            if message["type"] == "http.response.body":
                assert finished.is_set()
                await asyncio.Event().wait()

    reader = Stuck(method="GET")
    asyncio.run(asyncio.wait_for(reader.through(front(large)), _SECONDS))
    assert 0 < len(reader.body) < 5_000_000


def test_headers_that_another_server_may_read_otherwise_are_dropped() -> None:
    def told(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        start("200 OK", [])
        return [environ.get("HTTP_X_FORWARDED_FOR", "none").encode()]

    sent = Exchange(method="GET")
    sent.scope["headers"] = [(b"x_forwarded_for", b"1.2.3.4")]
    asyncio.run(sent.through(front(told)))
    assert sent.body == b"none"


def test_a_page_that_breaks_is_an_answer() -> None:
    def broken(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        raise RuntimeError("broken")

    sent = Exchange(method="GET")
    asyncio.run(sent.through(front(broken)))
    assert sent.status == 500
