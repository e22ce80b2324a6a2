"""The certificate that a caller showed in TLS, as the proxy tells it.

Anybody may send the header; it is believed from the addresses of `settings.CERTIFICATE_PROXIES` alone,
which set it themselves on every request (deploy/nginx).
"""

from __future__ import annotations

import ipaddress
from urllib.parse import unquote_to_bytes

from cryptography import x509
from django.conf import settings
from django.http import HttpRequest

from yonggong.proofs.signed import read_certificate

_HEADER = "HTTP_X_CLIENT_CERTIFICATE"


def is_configured() -> bool:
    """Whether any proxy asks for certificates here."""
    return bool(settings.CERTIFICATE_PROXIES and settings.CERTIFICATE_ADDRESS)


def disbelieve(request: HttpRequest) -> None:
    """Take the header away unless a trusted proxy itself is the peer. Called while REMOTE_ADDR still is
    the peer's address."""
    if _HEADER in request.META and not _is_trusted(request.META.get("REMOTE_ADDR", "")):
        del request.META[_HEADER]


def shown(request: HttpRequest) -> x509.Certificate | None:
    """The certificate of the caller's TLS connection; None where they showed none. Raises
    `CertificateRefused` where it cannot be read."""
    said = request.META.get(_HEADER, "")
    return read_certificate(unquote_to_bytes(said)) if said else None


def _is_trusted(peer: str) -> bool:
    try:
        address = ipaddress.ip_address(peer)
    except ValueError:
        return False
    return any(address in network for network in settings.CERTIFICATE_PROXIES)
