"""Signing in through a provider of identities (scanning a code with the electronic social security
card), and binding one's own account to it."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.limits import PROVING, TooOften, count_act
from yonggong.accounts.models import User
from yonggong.portals import stale
from yonggong.portals.access import address_of, user_of
from yonggong.portals.shell.beginning import destination
from yonggong.portals.shell.proven import NotLetIn, begin, note_refusal
from yonggong.portals.shell.security import proved
from yonggong.proofs import persons, provider
from yonggong.proofs.provider import ProviderProblem

# What somebody who was sent away came for: where to go on to, or whose account is to be bound.
_WANTED = "provider_wanted"


@require_GET
def leave(request: HttpRequest) -> HttpResponse:
    """To the provider, to sign in."""
    _must_be_configured()
    return _leave(request, {"next": destination(request), "bind": 0})


@partial(proved, back="account-proofs")
@require_GET
def bind(request: HttpRequest) -> HttpResponse:
    """To the provider, to bind one's account."""
    _must_be_configured()
    return _leave(request, {"next": "", "bind": user_of(request).pk})


def _leave(request: HttpRequest, wanted: dict[str, object]) -> HttpResponse:
    try:
        count_act(PROVING, user=None, address=address_of(request), now=timezone.now())
        answer = provider.leave(
            request, back=request.build_absolute_uri(reverse("sign-in-provider-back"))
        )
    except TooOften as refused:
        return _said(request, str(refused))
    except ProviderProblem as refused:
        return _refused(request, str(refused))
    request.session[_WANTED] = wanted
    return answer


@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """Back from the provider: signed in, or bound."""
    _must_be_configured()
    wanted = request.session.pop(_WANTED, None) or {"next": "", "bind": 0}
    now, address = timezone.now(), address_of(request)
    try:
        count_act(PROVING, user=None, address=address, now=now)
        identity = provider.come_back(request)
        if wanted["bind"]:
            return _bound(request, int(wanted["bind"]), identity)
        account = persons.account_of(identity, now=now, address=address)
        return begin(request, account, provider.title(), strong=False, to=str(wanted["next"]))
    except TooOften as refused:
        return _said(request, str(refused))
    except (ProviderProblem, AccountProblem, NotLetIn) as refused:
        return _refused(request, str(refused))


def _bound(request: HttpRequest, wanted: int, identity: provider.Identity) -> HttpResponse:
    user = request.user
    if not isinstance(user, User) or user.pk != wanted:
        raise ProviderProblem("登录的账号已经改变，没有绑定，请重新登录后再绑定。")
    persons.bind_own(
        account=user, identity=identity, now=timezone.now(), address=address_of(request)
    )
    messages.success(request, f"已绑定{provider.title()}。")
    return redirect("account-proofs")


def _refused(request: HttpRequest, said: str) -> HttpResponse:
    note_refusal(request, provider.title(), said)
    return _said(request, said)


def _said(request: HttpRequest, said: str) -> HttpResponse:
    """On the page where people go on by other ways."""
    if isinstance(request.user, User):
        messages.error(request, said)
        return redirect("account-proofs")
    return stale.sign_in_page(request, problem=said, status=422)


def _must_be_configured() -> None:
    if not provider.is_configured():
        raise Http404
