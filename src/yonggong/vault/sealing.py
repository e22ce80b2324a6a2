"""Sealing of single values with AES-256-GCM, and keyed digests to find them again."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Sequence
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from yonggong.vault.keys import master_key, subkey

_PREFIX = "s1:"
_NONCE_BYTES = 12


class SealBroken(Exception):
    """The stored value was not sealed with this installation's key, or was changed since."""


@cache
def _cipher() -> AESGCM:
    return AESGCM(subkey(master_key(settings.DATA_DIR), "seal"))


@cache
def _digest_key() -> bytes:
    return subkey(master_key(settings.DATA_DIR), "digest")


def seal(text: str) -> str:
    """`text` sealed, as printable ASCII starting with ``s1:``; an empty text stays empty."""
    if not text:
        return ""
    nonce = os.urandom(_NONCE_BYTES)
    return (
        _PREFIX + base64.b64encode(nonce + _cipher().encrypt(nonce, text.encode(), None)).decode()
    )


def seal_many(texts: Sequence[str]) -> list[str]:
    """`seal` for many texts: one draw of randomness for all their nonces."""
    nonces = os.urandom(_NONCE_BYTES * len(texts))
    encrypt, encode = _cipher().encrypt, base64.b64encode
    sealed = []
    for index, text in enumerate(texts):
        if not text:
            sealed.append("")
            continue
        nonce = nonces[index * _NONCE_BYTES : (index + 1) * _NONCE_BYTES]
        sealed.append(_PREFIX + encode(nonce + encrypt(nonce, text.encode(), None)).decode())
    return sealed


def open_sealed(token: str) -> str:
    """The text inside a token made by `seal`. Raises `SealBroken`."""
    if not token:
        return ""
    if not token.startswith(_PREFIX):
        raise SealBroken("not a sealed value")
    raw = base64.b64decode(token[len(_PREFIX) :])
    try:
        return _cipher().decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], None).decode()
    except InvalidTag as error:
        raise SealBroken("sealed with another key, or changed") from error


def seal_bytes(content: bytes) -> bytes:
    """A file's content sealed (nonce + ciphertext + tag)."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + _cipher().encrypt(nonce, content, None)


def open_bytes(sealed: bytes) -> bytes:
    """The content inside `seal_bytes`' result. Raises `SealBroken`."""
    try:
        return _cipher().decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None)
    except InvalidTag as error:
        raise SealBroken("sealed with another key, or changed") from error


def digest(text: str) -> bytes:
    """A 16-byte keyed digest of `text`: equal texts, equal digests; useless without the key."""
    return hashlib.blake2b(text.encode(), key=_digest_key(), digest_size=16).digest()
