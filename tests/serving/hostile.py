"""Clients that mean no good: they open connections, send little or read little, and stay."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit


class Crowd:
    """Connections that all do the same and are kept open; a context manager that closes them."""

    def __init__(self, address: str, opening: bytes, count: int, *, window: int = 0) -> None:
        where = urlsplit(address)
        self.sockets = []
        for number in range(count):
            one = socket.socket()
            # From ten addresses, as many as one machine's loopback has to give.
            one.bind((f"127.0.0.{2 + number % 10}", 0))
            if window:  # the less is taken in unread, the sooner the sender waits
                one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
            one.settimeout(30)
            one.connect((where.hostname, where.port))
            one.sendall(opening)
            self.sockets.append(one)

    def __enter__(self) -> Crowd:
        return self

    def __exit__(self, *error: object) -> None:
        for one in self.sockets:
            one.close()

    @property
    def open(self) -> int:
        """How many the server has neither answered nor closed."""
        return sum(_silent(one) for one in self.sockets)


def _silent(one: socket.socket) -> bool:
    one.setblocking(False)
    try:
        one.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def posting(path: str, cookie: str = "", *, length: int = 1000, sent: bytes = b"a=") -> bytes:
    """The beginning of a form that never comes."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {length}\r\n\r\n"
    ).encode() + sent
