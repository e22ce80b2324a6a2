"""A provider of identities (OpenID Connect), such as the electronic social security card's scanning of
a code: where people are sent, and who they are when they come back.

Discovery, PKCE, state, nonce, keys and their rotation are Authlib's; here is what it is told, and the
words where the provider fails.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.django_client import DjangoOAuth2App, OAuth
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from joserfc.errors import JoseError
from requests import RequestException

# To connect, and for each part of an answer: a page waits that long and no longer.
_TIMEOUT = (3, 6)
# What a provider says of itself is asked for anew after so many seconds.
_METADATA_SECONDS = 3600
_NAME = "provider"
# Signed with a key of the provider's own: a shared secret proves nothing, "none" still less.
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")


class ProviderProblem(Exception):
    """The provider did not say who somebody is; the message is for that person."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who came back: `subject` is the provider's own for them; name and number as it verified them,
    "" where it does not say."""

    issuer: str
    subject: str
    name: str
    number: str

    @property
    def mark(self) -> str:
        """What they are known by."""
        return f"{self.issuer} {self.subject}"


def is_configured() -> bool:
    """Whether a provider is named."""
    return bool(settings.OIDC_ISSUER and settings.OIDC_CLIENT_ID)


def title() -> str:
    """What people know the provider as."""
    return str(settings.OIDC_TITLE)


def leave(request: HttpRequest, *, back: str) -> HttpResponse:
    """Send somebody to the provider, who comes back to the address `back`. Raises
    `ProviderProblem`."""
    try:
        return _client().authorize_redirect(request, back)
    except _FAILURES as error:
        raise _unreachable(error) from error


def come_back(request: HttpRequest) -> Identity:
    """Who came back from the provider with this request. Raises `ProviderProblem`."""
    if request.GET.get("error"):
        raise ProviderProblem(f"您没有在{title()}完成授权，本次没有登录。")
    try:
        client = _client()
        # Keys turn, and not every provider names in a token which one it signed with.
        client.fetch_jwk_set(force=True)
        token = client.authorize_access_token(
            request,
            claims_options={
                "iss": {"essential": True, "value": settings.OIDC_ISSUER},
                "aud": {"essential": True, "value": settings.OIDC_CLIENT_ID},
            },
        )
        said = dict(token.get("userinfo") or {})
        if not said.get("sub"):
            raise ProviderProblem(f"{title()}没有返回身份信息，请稍后再试。")
        if settings.OIDC_NUMBER_CLAIM not in said:
            said = _asked_further(client, token, said)
    except OAuthError as error:
        raise ProviderProblem(
            f"{title()}没有确认本次登录，可能是页面停留过久或者重复提交，请重新登录。"
        ) from error
    except _FAILURES as error:
        raise _unreachable(error) from error
    return Identity(
        issuer=settings.OIDC_ISSUER,
        subject=str(said["sub"]),
        name=str(said.get(settings.OIDC_NAME_CLAIM) or ""),
        number=str(said.get(settings.OIDC_NUMBER_CLAIM) or ""),
    )


def reach() -> None:
    """Ask the provider what it says of itself, as `yonggong check` does. Raises `ProviderProblem`."""
    forget()
    try:
        _client()
    except _FAILURES as error:
        raise _unreachable(error) from error


def forget() -> None:
    """What the provider said of itself is asked for anew."""
    _known.clear()


def _asked_further(client: DjangoOAuth2App, token: Any, said: dict[str, Any]) -> dict[str, Any]:
    """What the provider's page of claims adds, where it has one and speaks of the same person."""
    if "userinfo_endpoint" not in client.load_server_metadata():
        return said
    further = dict(client.userinfo(token=token))
    if further.get("sub") != said["sub"]:
        raise ProviderProblem(f"{title()}返回的身份信息前后不一致，本次没有登录。")
    return {**further, **said}


# What can go wrong between here and there: the network, the answer, its signature, what it lacks.
_FAILURES = (RequestException, JoseError, OAuthError, ValueError, KeyError, TypeError, RuntimeError)
_known: dict[tuple[str, ...], tuple[float, DjangoOAuth2App]] = {}


def _client() -> DjangoOAuth2App:
    """The client, with what the provider says of itself. Raises one of `_FAILURES`."""
    told = (settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET)
    at, client = _known.get(told, (0.0, None))
    if client is None or time.monotonic() - at > _METADATA_SECONDS:
        client = _made()
        _known[told] = time.monotonic(), client
    return client


def _made() -> DjangoOAuth2App:
    client: DjangoOAuth2App = OAuth().register(
        _NAME,
        client_id=settings.OIDC_CLIENT_ID,
        client_secret=settings.OIDC_CLIENT_SECRET or None,
        server_metadata_url=f"{settings.OIDC_ISSUER.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": settings.OIDC_SCOPE,
            "code_challenge_method": "S256",
            "default_timeout": _TIMEOUT,
        },
    )
    metadata = client.load_server_metadata()
    if metadata.get("issuer") != settings.OIDC_ISSUER:
        raise ValueError(f"the provider calls itself {metadata.get('issuer')}")
    offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    metadata["id_token_signing_alg_values_supported"] = [
        name for name in offered if name in _ALGORITHMS
    ]
    return client


def _unreachable(error: Exception) -> ProviderProblem:
    """Said to people; what it was follows as the cause. Whatever was known of the provider may be
    what is wrong."""
    forget()
    return ProviderProblem(f"暂时不能通过{title()}登录，请稍后再试，或者用账号和密码登录。")
