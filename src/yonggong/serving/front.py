"""What stands between the network and the pages: `yonggong.serving.front:application` (ASGI).

granian gives a request to the application as soon as its headers are there, and a WSGI thread then
waits for a body as long as its sender likes. Here a request is read whole, under limits and
deadlines, before a thread is asked; its answer is written whole before it is sent, so that neither
a slow sender nor a slow reader holds anything but a connection. Signing in, slow on purpose, has
threads of its own, so that a flood of it leaves the pages theirs.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from asgiref.wsgi import WsgiToAsgiInstance

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Any]

logger = logging.getLogger("yonggong.serving")

_PIECE = 64 * 1024
# More than this of a body or an answer goes to a temporary file.
_IN_MEMORY = 1024 * 1024
# How many times too much is still heard out.
_HEARD_OUT = 4


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited for the other side, in seconds, and for how many at once."""

    # No part of a body, or of an answer's taking, may take longer than this …
    pause: float = 15
    # … and on the whole so many bytes a second must move.
    slowest: int = 16 * 1024
    # Requests of one address that are read at a time, and as many that are worked on or answered,
    # a process. Many people of one office share an address.
    of_one_address: int = 64
    # Requests that wait for a thread; whoever comes later is told to come again.
    waiting: int = 256
    waiting_to_sign_in: int = 32


# The pages that hash a password.
_HASHING = ("sign-in", "register", "password", "forgotten-password", "security-confirm")


class Refused(Exception):
    """A request that is not worked on, and the status that says why."""

    def __init__(self, status: HTTPStatus) -> None:
        self.status = status


@dataclass(slots=True)
class Pool:
    """Threads, and how many requests may wait for them."""

    threads: ThreadPoolExecutor
    most: int
    inside: int = 0

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place in the queue. Raises `Refused` where it is full."""
        if self.inside >= self.most:
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE)
        self.inside += 1
        try:
            yield
        finally:
            self.inside -= 1


@dataclass(slots=True)
class Answer:
    """A response as the pages gave it, whole."""

    body: IO[bytes] = field(default_factory=partial(SpooledTemporaryFile, _IN_MEMORY))
    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)


class Front:
    """The ASGI application around the pages' WSGI one.

    `most_bytes` tells how long a body may be for a path and a session key, `small` up to which
    length nobody needs to be asked; `slow` are the paths whose POST goes to threads of their own.
    """

    def __init__(
        self,
        wsgi: Wsgi,
        *,
        most_bytes: Callable[[str, str | None], int],
        small: int,
        cookie: str,
        slow: frozenset[str],
        threads: int = 4,
        behind_proxy: bool = False,
        patience: Patience | None = None,
    ) -> None:
        self.wsgi, self.most_bytes, self.small, self.cookie = wsgi, most_bytes, small, cookie
        self.slow, self.behind_proxy = slow, behind_proxy
        self.patience = patience or Patience()
        self.pages = Pool(
            ThreadPoolExecutor(threads, thread_name_prefix="page"), self.patience.waiting
        )
        self.sign_ins = Pool(
            ThreadPoolExecutor(1, thread_name_prefix="sign-in"), self.patience.waiting_to_sign_in
        )
        self.busy: Counter[tuple[str, str]] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        # What a server in front may have meant differently is nobody's header.
        scope["headers"] = [(name, value) for name, value in scope["headers"] if b"_" not in name]
        headers = dict(scope["headers"])
        with SpooledTemporaryFile(_IN_MEMORY) as body:
            address = self._address(scope, headers)
            try:
                if scope["method"] not in ("GET", "HEAD", "OPTIONS"):
                    with self._counted("sending", address):
                        await self._read(scope, headers, receive, body)
                with self._counted("asking", address):
                    answer = await self._ask(scope, body)
                    with answer.body:
                        await self._send(answer, send)
            except Refused as refused:
                await self._refuse(refused.status, send)
            except (ConnectionError, TimeoutError):
                return  # the other side went, or took too long: nothing more to say

    def _address(self, scope: Scope, headers: dict[bytes, bytes]) -> str:
        """Who asks: the last address that the proxy in front wrote down, if there is one."""
        if self.behind_proxy and (forwarded := headers.get(b"x-forwarded-for")):
            return forwarded.decode("latin1").rsplit(",", 1)[-1].strip()
        return scope["client"][0] if scope.get("client") else ""

    @contextmanager
    def _counted(self, what: str, address: str) -> Iterator[None]:
        """Who is slow in sending is not in the way of those who ask from the same address."""
        key = what, address
        if self.busy[key] >= self.patience.of_one_address:
            raise Refused(HTTPStatus.TOO_MANY_REQUESTS)
        self.busy[key] += 1
        try:
            yield
        finally:
            self.busy[key] -= 1
            if not self.busy[key]:
                del self.busy[key]

    async def _ask(self, scope: Scope, body: IO[bytes]) -> Answer:
        hashes = scope["method"] == "POST" and scope["path"] in self.slow
        pool = self.sign_ins if hashes else self.pages
        with pool.place():
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(pool.threads, self._answer, scope, body)

    async def _read(
        self, scope: Scope, headers: dict[bytes, bytes], receive: Receive, body: IO[bytes]
    ) -> None:
        """Take the body in, within its limit and in time. Raises `Refused`.

        What a signed-in person sends too much of is heard out, unkept, so that their browser gets
        to read why; a stranger is cut off.
        """
        declared = int(headers.get(b"content-length", b"0"))
        most = self.small
        if declared > self.small or b"transfer-encoding" in headers:
            most = await self._most(scope["path"], headers)
        heard = most * _HEARD_OUT if most > self.small else most
        if declared > heard:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        taken, more = 0, True
        clock = asyncio.get_running_loop().time
        began = clock()
        while more:
            until = began + self.patience.pause + taken / self.patience.slowest
            try:
                async with asyncio.timeout_at(min(until, clock() + self.patience.pause)):
                    message = await receive()
            except TimeoutError:
                raise Refused(HTTPStatus.REQUEST_TIMEOUT) from None
            if message["type"] != "http.request":
                raise ConnectionAbortedError
            piece, more = message.get("body", b""), message.get("more_body", False)
            taken += len(piece)
            if taken > heard:
                break
            if max(taken, declared) <= most:
                body.write(piece)
        if max(taken, declared) > most:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        scope["taken"] = taken
        body.seek(0)

    async def _most(self, path: str, headers: dict[bytes, bytes]) -> int:
        """As `most_bytes`, which asks the database, in a thread of the pages'."""
        try:
            cookies = SimpleCookie(headers.get(b"cookie", b"").decode("latin1"))
        except CookieError:
            return self.small
        key = cookies[self.cookie].value if self.cookie in cookies else None
        with self.pages.place():
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self.pages.threads, self.most_bytes, path, key)

    def _answer(self, scope: Scope, body: IO[bytes]) -> Answer:
        """Ask the pages. Runs in a thread; what it gives is whole."""
        answer = Answer()

        def start(status: str, headers: list[tuple[str, str]], error: Any = None) -> None:
            answer.status = int(status.split(" ", 1)[0])
            answer.headers = [
                (name.lower().encode("ascii"), value.encode("latin1")) for name, value in headers
            ]

        try:
            pieces = self.wsgi(self._environment(scope, body), start)
            try:
                for piece in pieces:
                    answer.body.write(piece)
            finally:
                if hasattr(pieces, "close"):
                    pieces.close()
        except Exception:
            answer.body.close()
            logger.exception("an answer broke off: %s", scope["path"])
            raise Refused(HTTPStatus.INTERNAL_SERVER_ERROR) from None
        answer.body.seek(0)
        return answer

    @staticmethod
    def _environment(scope: Scope, body: IO[bytes]) -> dict[str, Any]:
        instance = WsgiToAsgiInstance(None)
        instance.scope = scope
        environment = dict(instance.build_environ(scope, body))
        # The length is what came; one that was only announced may have been none.
        environment["CONTENT_LENGTH"] = str(scope.get("taken", 0))
        return environment

    async def _send(self, answer: Answer, send: Send) -> None:
        start = {"status": answer.status, "headers": answer.headers}
        await send({"type": "http.response.start", **start})
        piece = answer.body.read(_PIECE)
        while True:
            following = answer.body.read(_PIECE)
            async with asyncio.timeout(self.patience.pause):
                await send(
                    {"type": "http.response.body", "body": piece, "more_body": bool(following)}
                )
            if not following:
                return
            piece = following

    async def _refuse(self, status: HTTPStatus, send: Send) -> None:
        body = _PAGE.format(status.value, _SAID[status]).encode()
        headers = [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
            (b"connection", b"close"),
        ]
        if status in (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS):
            headers.append((b"retry-after", b"5"))
        await send({"type": "http.response.start", "status": status.value, "headers": headers})
        await send({"type": "http.response.body", "body": body})


_PAGE = (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{0}</title>'
    "<h1>暂时不能办理</h1><p>{1}</p></html>"
)
_SAID = {
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        "提交的内容或文件过大，或者登录已经结束，没有保存。"
        "请返回上一页，按页面上的限制减小文件，或重新登录后再提交。"
    ),
    HTTPStatus.REQUEST_TIMEOUT: "网络过慢，提交的内容没有收全，没有保存。请返回上一页重新提交。",
    HTTPStatus.TOO_MANY_REQUESTS: "同一网络地址的请求过多，请稍后再试。",
    HTTPStatus.SERVICE_UNAVAILABLE: "当前办理人数较多，请几秒后再试。",
    HTTPStatus.INTERNAL_SERVER_ERROR: "平台出现故障，请稍后再试。",
}


def _application() -> Front:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yonggong.settings")
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    wsgi = get_wsgi_application()
    from django.urls import reverse

    from yonggong.portals.uploading import STRANGERS_BYTES, most_bytes

    def asked(path: str, key: str | None) -> int:
        """Between two requests, as far as the database's connections are concerned."""
        from django.core.signals import request_finished, request_started

        request_started.send(sender=Front)
        try:
            return most_bytes(path, key)
        finally:
            request_finished.send(sender=Front)

    return Front(
        wsgi,
        most_bytes=asked,
        small=STRANGERS_BYTES,
        cookie=settings.SESSION_COOKIE_NAME,
        slow=frozenset(reverse(name) for name in _HASHING),
        behind_proxy=settings.SECURE_PROXY_SSL_HEADER is not None,
    )


def __getattr__(name: str) -> Any:
    """The application, made when granian asks for it; a test that wants only `Front` makes none."""
    if name != "application":
        raise AttributeError(name)
    globals()["application"] = _application()
    return globals()["application"]
