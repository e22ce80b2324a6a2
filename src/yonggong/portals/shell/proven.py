"""Signing in by what others vouch for: the session of an account that was found so."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from yonggong.accounts.actions import record
from yonggong.accounts.models import AccessEntry, User
from yonggong.portals.access import address_of
from yonggong.portals.shell import beginning


class NotLetIn(Exception):
    """Nobody is signed in by this; the message is for whoever tried."""


def begin(
    request: HttpRequest, user: User, said: str, *, strong: bool, to: str = ""
) -> HttpResponse:
    """Go on with somebody who is known; `said`: by what, `strong`: as good as two factors. Leads on
    `to`, or where the request says. Raises `NotLetIn`."""
    if not user.is_active:
        raise NotLetIn("该账号已冻结或者注销，请联系管理员。")
    if user.is_of_another_network:
        raise NotLetIn("该账号不在本网络办理业务，请从其所属的网络登录。")
    going = to or beginning.destination(request)
    return beginning.begin(request, user, way=said, strong=strong, to=going)


def note_refusal(request: HttpRequest, way: str, why: str) -> None:
    """Log that somebody was not let in."""
    record(AccessEntry.Kind.SIGN_IN_FAILED, way, why, by=None, address=address_of(request))
