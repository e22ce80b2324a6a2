"""Headers that protect a page, and refusals turned into pages that say what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from yonggong.cases.actions import Forbidden
from yonggong.cases.life import NotAllowed
from yonggong.portals import errors
from yonggong.portals.carried import opened_by_another
from yonggong.proofs import tls
from yonggong.vault.sealing import SealBroken

Handler = Callable[[HttpRequest], HttpResponse]

# Everything a page uses comes from this server; blob: and data: are previews of the person's own
# uploads and of printed papers.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "object-src 'none'",
        "frame-src 'self' blob:",
        "frame-ancestors 'self'",
        "base-uri 'none'",
        "form-action 'self'",
    )
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def security_headers(get_response: Handler) -> Handler:
    """Set the headers above; keep what signed-in people see out of every cache.

    Behind a proxy that speaks TLS for us, the caller is the last address the proxy wrote down,
    so the logs of every room may rely on REMOTE_ADDR. What a caller says of their own certificate
    is gone before.
    """
    behind_proxy = settings.SECURE_PROXY_SSL_HEADER is not None

    def middleware(request: HttpRequest) -> HttpResponse:
        tls.disbelieve(request)
        if behind_proxy and (forwarded := request.META.get("HTTP_X_FORWARDED_FOR")):
            request.META["REMOTE_ADDR"] = forwarded.rsplit(",", 1)[-1].strip()
        response = get_response(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.SESSION_COOKIE_NAME in request.COOKIES or request.path == settings.LOGIN_URL:
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware


def refusals(get_response: Handler) -> Handler:
    """Turn what actions and queries raise into pages.

    What is out of the asker's scope does not exist (404); what is not theirs to do is 403; what
    the case's present state rules out is 409, as is a form that another person opened; a sealed
    value that does not open is 423, and recorded. Anything else stays an error and is logged.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(
        request: HttpRequest, view: Handler, args: Any, given: dict[str, Any]
    ) -> HttpResponse | None:
        return opened_by_another(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        match exception:
            case Http404() | ObjectDoesNotExist():
                return errors.not_found(request, exception)
            case NotAllowed():
                return errors.conflict(request, exception)
            case SealBroken():
                return errors.seal_broken(request, exception)
            case Forbidden() | PermissionDenied():
                return errors.permission_denied(request, exception)
        return None

    middleware.process_view = process_view  # type: ignore[attr-defined]
    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware
