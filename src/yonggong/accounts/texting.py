"""How a text message leaves the platform: by what the installation names in YONGGONG_SMS_GATEWAY.

No provider is known here. An address (http:, https:) is sent a POST, a command (an absolute path) is
given on its standard input, `{"mobile": …, "text": …}`; anything else is the dotted name of a class
with `send`. Nothing of a message stands in an error, nor where other processes could read it.
"""

from __future__ import annotations

import json
import subprocess
from typing import Protocol, cast
from urllib.request import Request, urlopen

from django.conf import settings
from django.utils.module_loading import import_string

_SECONDS = 15


class Gateway(Protocol):
    """A provider of text messages."""

    def send(self, *, mobile: str, text: str) -> None:
        """Send one text message; raises where the provider refuses."""


class ByAddress:
    """A gateway that takes an HTTP POST; any answer but 2xx is a refusal."""

    def __init__(self, address: str) -> None:
        self._address = address

    def send(self, *, mobile: str, text: str) -> None:
        """Post it as JSON."""
        asked = Request(
            self._address, _told(mobile, text), {"Content-Type": "application/json"}, method="POST"
        )
        with urlopen(asked, timeout=_SECONDS):
            pass


class ByCommand:
    """A gateway that is a command of this machine; any exit code but 0 is a refusal."""

    def __init__(self, path: str) -> None:
        self._path = path

    def send(self, *, mobile: str, text: str) -> None:
        """Give it as JSON on standard input: arguments can be read by every process."""
        subprocess.run(
            [self._path],
            input=_told(mobile, text),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=True,
        )


def gateway() -> Gateway | None:
    """What the installation has configured; None where it has nothing."""
    named = settings.SMS_GATEWAY
    if not named:
        return None
    if named.startswith(("http://", "https://")):
        return ByAddress(named)
    if named.startswith("/"):
        return ByCommand(named)
    return cast(Gateway, import_string(named)())


def _told(mobile: str, text: str) -> bytes:
    return json.dumps({"mobile": mobile, "text": text}, ensure_ascii=False).encode()
