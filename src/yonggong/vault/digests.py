"""Keyed digests, by which what is sealed is found again."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

from django.conf import settings

from yonggong.vault.keys import key_id, subkey

# The secret's id, then what HMAC gives: enough that no two persons of a country share one.
_ID_BYTES, _OWN_BYTES = 2, 16
DIGEST_BYTES = _ID_BYTES + _OWN_BYTES
_BLOCK = 64


@lru_cache(maxsize=16)
def _begun(secret: bytes) -> tuple[bytes, Any, Any]:
    """The secret's id, and the two hashes of HMAC-SHA-256 (RFC 2104) with the key taken in: a digest
    goes on from copies of them, which takes half of what `hmac` takes for each."""
    key = subkey(secret, "digest HMAC-SHA-256").ljust(_BLOCK, b"\0")
    inner, outer = (hashlib.sha256(bytes(byte ^ pad for byte in key)) for pad in (0x36, 0x5C))
    return bytes.fromhex(key_id(secret))[:_ID_BYTES], inner, outer


def digest(text: str) -> bytes:
    """The digest of `text` (18 bytes: the secret's id, HMAC-SHA-256 cut to 128 bits): equal texts,
    equal digests; without the secret nothing can be tried."""
    name, made = _made(text.encode())
    return name + made.digest()[:_OWN_BYTES]


def file_digest(content: bytes) -> str:
    """The digest of a file's content, 64 hexadecimal digits: of a printed paper everything but a
    number may be known, so that a plain hash would let the number be tried."""
    return str(_made(content)[1].hexdigest())


def _made(content: bytes) -> tuple[bytes, Any]:
    """The secret's id, and the HMAC of `content` with it."""
    name, inner, outer = _begun(settings.DIGEST_KEY)
    inner, outer = inner.copy(), outer.copy()
    inner.update(content)
    outer.update(inner.digest())
    return name, outer


def is_ours(stored: bytes) -> bool:
    """Whether a stored digest was made with the secret that this installation has now."""
    return stored[:_ID_BYTES] == _begun(settings.DIGEST_KEY)[0]
