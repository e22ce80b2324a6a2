"""What was typed into a form that could not be taken, on its way back to whoever typed it.

Nothing of it is kept on the server: the answer holds it, and the browser that it came from sends it
again. Passwords and files do not come back.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

# The hidden fields in which a page holds it.
TYPED, TYPED_AT, LEFT_OUT_FILES = "typed", "typed_at", "typed_files"
# What a page carries by itself: no words of anybody.
_CARRIED = ("csrfmiddlewaretoken", "opened_by", "opened_for")
_NEVER_BACK = ("csrfmiddlewaretoken", "password", "again", "old", "new", "code")


def in_part(request: HttpRequest) -> bool:
    """Whether a script of the page asks, and tells people itself what the answer says."""
    return request.headers.get("X-Part") == "1"


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of a form as they were sent to `address`. `files`: whether some were among them."""

    address: str
    fields: tuple[tuple[str, str], ...]
    files: bool = False

    @property
    def opened_by(self) -> str:
        """Whose page the form stood on; "" where it does not say."""
        return next((value for name, value in self.fields if name == "opened_by"), "")

    @property
    def as_text(self) -> str:
        """The fields as a page holds them."""
        return json.dumps(self.fields, ensure_ascii=False)


def typed_in(request: HttpRequest) -> Typed | None:
    """What this request brings: what it holds of an earlier form, else its own fields; None where
    there is nothing but what pages carry by themselves."""
    if request.method != "POST":
        return None
    if TYPED in request.POST:
        return held_by(request)
    fields = tuple(
        (name, str(value))
        for name, values in request.POST.lists()
        for value in values
        if name not in _NEVER_BACK
    )
    if all(name in _CARRIED for name, _ in fields):
        return None
    return Typed(request.get_full_path(), fields, bool(request.FILES))


def held_by(request: HttpRequest) -> Typed | None:
    """What a page of ours held of an earlier form; None where it held nothing that we wrote."""
    address = request.POST.get(TYPED_AT, "")
    if not address.startswith("/") or not url_has_allowed_host_and_scheme(address, None):
        return None
    try:
        read = json.loads(request.POST.get(TYPED, ""))
        fields = tuple((str(name), str(value)) for name, value in read)
    except (ValueError, TypeError):
        return None
    return Typed(address, fields, LEFT_OUT_FILES in request.POST) if fields else None
