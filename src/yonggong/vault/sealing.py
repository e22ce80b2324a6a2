"""Sealing of single values with AES-256-GCM, and keyed digests to find them again."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Sequence
from functools import cache
from typing import Any

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


# What is no text is sealed as JSON behind a mark that no text on a form can begin with.
_JSON = "\x00json:"
_encode = json.JSONEncoder(ensure_ascii=False).encode


def text_of(value: Any) -> str:
    """The text under which a value of a form is sealed: itself, else JSON; nothing stays empty."""
    if value is None or value.__class__ is str:
        return value or ""
    return _JSON + _encode(value)


def seal_value(value: Any) -> Any:
    """Any value that JSON knows, sealed as a token; None and the empty text stay what they are."""
    return seal(text_of(value)) if value not in (None, "") else value


def open_value(token: Any) -> Any:
    """The value inside a token made by `seal_value` or `seal`; what is empty stays so.

    Raises `SealBroken`, also for what should be sealed and is not.
    """
    if token in (None, ""):
        return token
    if not isinstance(token, str):
        raise SealBroken("not a sealed value")
    text = open_sealed(token)
    return json.loads(text[len(_JSON) :]) if text.startswith(_JSON) else text


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
