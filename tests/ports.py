"""A port of this machine, for a program that a test starts."""

from __future__ import annotations

import os
import socket
from itertools import count

# Below those that the system gives to whoever asks for any: there another's connection could take the
# port before the program does. Each process begins at a place of its own.
_FIRST, _MANY = 10_000, 20_000
_places = count(os.getpid() * 97)


def free_port() -> int:
    """One on which nobody listens, and which this process was not given before."""
    while True:
        port = _FIRST + next(_places) % _MANY
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
