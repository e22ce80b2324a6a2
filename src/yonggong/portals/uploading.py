"""Which pages take files, and how much may be sent to a page.

A page that takes files says so where it is written (`takes_files`); any other refuses them, whoever
sends them. The limits hold before a byte is kept: `serving.front` asks `most_bytes` as soon as it
has the request's headers.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.urls import Resolver404, resolve

from yonggong.accounts.middleware import is_over

_KIBIBYTE, _MEBIBYTE = 1024, 1024 * 1024
# Whoever is not signed in sends a form of a few fields.
STRANGERS_BYTES = 256 * _KIBIBYTE
# A form with all its tables.
FORM_BYTES = 4 * _MEBIBYTE
_TAKES = "most_megabytes"
View = TypeVar("View", bound=Callable[..., Any])


def takes_files(megabytes: int) -> Callable[[View], View]:
    """The view takes files, up to so many megabytes in one request."""

    def mark(view: View) -> View:
        setattr(view, _TAKES, megabytes)
        return view

    return mark


def most_bytes(path: str, session_key: str | None) -> int:
    """How long a request's body may be: by its page, and by whether somebody is signed in. Asks
    the database."""
    if not session_key or not _is_signed_in(session_key):
        return STRANGERS_BYTES
    try:
        view = resolve(path).func
    except Resolver404:
        return STRANGERS_BYTES
    return max(FORM_BYTES, _file_bytes(view))


def _file_bytes(view: object) -> int:
    return int(getattr(view, _TAKES, 0)) * _MEBIBYTE


def _is_signed_in(session_key: str) -> bool:
    session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    return SESSION_KEY in session and not is_over(session, now=time.time())


class Declared(FileUploadHandler):
    """The first upload handler: refuses files sent to a page that takes none, and more than the
    page takes. It stores nothing itself."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, *rest: Any, **options: Any
    ) -> None:
        self._longer = content_length > self._most() + _MEBIBYTE

    def _most(self) -> int:
        found = self.request.resolver_match if self.request else None
        return _file_bytes(found.func) if found else 0

    def new_file(self, *rest: Any, **options: Any) -> None:
        super().new_file(*rest, **options)
        if self._longer or not self._most():
            raise RequestDataTooBig("files sent to a page that takes none, or too much at once")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
