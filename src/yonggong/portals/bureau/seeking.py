"""Somebody sought by their number or name: what was typed is sent, and leads on to an address in which the
number is sealed."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest

from yonggong.codes.normalise import plain
from yonggong.listings import sought
from yonggong.portals.access import user_of

_MOST_TEXT = 60


def address(request: HttpRequest) -> str:
    """Where what was sent is found."""
    number = plain(request.POST.get("number", ""))[:_MOST_TEXT]
    asked = {
        "number": sought.hidden(number, user_of(request)),
        "name": request.POST.get("name", "")[:_MOST_TEXT],
    }
    return f"{request.path}?{urlencode({name: said for name, said in asked.items() if said})}"


def number_in(request: HttpRequest) -> str:
    """The number that the address holds; "" where none. Raises ValueError, with a message for people."""
    sent = sought.opened(request.GET.get("number", ""), user_of(request))
    return plain(sent.replace("\x00", ""))[:_MOST_TEXT]
