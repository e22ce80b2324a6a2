"""Sealing of single values, each for the one place it belongs to.

A sealed text is printable ASCII: ``s2a:`` (format 2, cipher a; `ciphers`), the key's id and a colon,
then nonce, ciphertext and tag in base64; sealed bytes have the same head and the rest as it is. Head and
owner are authenticated with it: what was moved to another case, row or field, or is said to be of
another key or cipher, does not open.

An *owner* says what a value belongs to: ``table/row/field``, where neither table nor field has a
slash and the row is told by what was known of it when it was sealed and never changes.
"""

from __future__ import annotations

import base64
import json
import logging
import os
from binascii import a2b_base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NoReturn

from cryptography.exceptions import InvalidTag
from django.conf import settings

from yonggong.vault.ciphers import CIPHERS, Sealer
from yonggong.vault.keys import key_id, subkey

FORMAT = "s2"
_NONCE_BYTES = 12
_HEAD = len("s2a:123456:")
_MOVED = "被改动过，或者不属于这里"

logger = logging.getLogger("yonggong.vault")


class SealBroken(Exception):
    """A stored value does not open where it stands: it was changed or moved, was never sealed, or
    its key is not here. `owner` says where it stands, `reason` why; neither tells what it said."""

    def __init__(self, reason: str, owner: str) -> None:
        super().__init__(f"{owner}：{reason}")
        self.reason, self.owner = reason, owner
        logger.error("sealed value does not open: %s: %s", owner, reason)

    def __reduce__(self) -> tuple[type[SealBroken], tuple[str, str]]:
        return SealBroken, (self.reason, self.owner)


@dataclass(frozen=True, slots=True)
class _Key:
    """One key under one cipher; `head` is how everything sealed with it begins."""

    head: str
    cipher: Sealer


@lru_cache(maxsize=16)
def _ring(keys: tuple[bytes, ...], letter: str) -> tuple[_Key, Mapping[str, _Key]]:
    """The key that seals, with the cipher of this letter, and all that open, by the head of what they
    sealed."""
    known = {}
    for key in keys:
        for each, (name, cipher) in CIPHERS.items():
            head = f"{FORMAT}{each}:{key_id(key)}:"
            known[head] = _Key(head, cipher(subkey(key, f"seal {name}")))
    return known[f"{FORMAT}{letter}:{key_id(keys[0])}:"], known


def _here() -> tuple[_Key, Mapping[str, _Key]]:
    return _ring(settings.SEALING_KEYS, settings.SEALING_CIPHER)


def current_head() -> str:
    """How everything begins that is sealed from now on: format, cipher and key."""
    return _here()[0].head


def seal(text: str, owner: str) -> str:
    """`text` sealed for its owner; an empty text stays empty."""
    return _sealed(text, owner, _here()[0]) if text else ""


def _sealed(text: str, owner: str, key: _Key) -> str:
    nonce = os.urandom(_NONCE_BYTES)
    closed = nonce + key.cipher.encrypt(nonce, text.encode(), (key.head + owner).encode())
    return key.head + base64.b64encode(closed).decode()


def seal_many(texts: Sequence[str], owners: Sequence[str]) -> list[str]:
    """`seal` for many texts and their owners: one draw of randomness for all their nonces."""
    nonces = os.urandom(_NONCE_BYTES * len(texts))
    key, _ = _here()
    head, encrypt, encode = key.head, key.cipher.encrypt, base64.b64encode
    sealed, at = [], 0
    for text, owner in zip(texts, owners, strict=True):
        if not text:
            sealed.append("")
            continue
        nonce = nonces[at : (at := at + _NONCE_BYTES)]
        closed = encrypt(nonce, text.encode(), (head + owner).encode())
        sealed.append(head + encode(nonce + closed).decode())
    return sealed


def open_sealed(token: str, owner: str) -> str:
    """The text that `seal` sealed for this owner. Raises `SealBroken`."""
    return _opened(token, owner, _here()[1]) if token else ""


def _opened(token: str, owner: str, known: Mapping[str, _Key]) -> str:
    head = token[:_HEAD]
    key = known.get(head) or _refuse(head, owner)
    try:
        raw = a2b_base64(token[_HEAD:], strict_mode=True)
        nonce, closed = raw[:_NONCE_BYTES], raw[_NONCE_BYTES:]
        return key.cipher.decrypt(nonce, closed, (head + owner).encode()).decode()
    except (InvalidTag, ValueError):
        raise SealBroken(_MOVED, owner) from None


# What is no text is sealed as JSON behind a mark that no text on a form can begin with.
_JSON = "\x00json:"
_encode = json.JSONEncoder(ensure_ascii=False).encode


def text_of(value: Any) -> str:
    """The text under which a value of a form is sealed: itself, else JSON; nothing stays empty."""
    if value is None or value.__class__ is str:
        return value or ""
    return _JSON + _encode(value)


def seal_value(value: Any, owner: str) -> Any:
    """Any value that JSON knows, sealed as a token; None and the empty text stay what they are."""
    return seal(text_of(value), owner) if value not in (None, "") else value


def open_value(token: Any, owner: str) -> Any:
    """The value inside a token made by `seal_value` or `seal`; what is empty stays so.

    Raises `SealBroken`, also for what should be sealed and is not.
    """
    if token in (None, ""):
        return token
    if not isinstance(token, str):
        raise SealBroken("不是密文", owner)
    text = open_sealed(token, owner)
    return json.loads(text[len(_JSON) :]) if text.startswith(_JSON) else text


def seal_bytes(content: bytes, owner: str) -> bytes:
    """A file's content sealed for its owner."""
    key, _ = _here()
    nonce = os.urandom(_NONCE_BYTES)
    closed = key.cipher.encrypt(nonce, content, (key.head + owner).encode())
    return b"".join((key.head.encode(), nonce, closed))


def open_bytes(sealed: bytes, owner: str) -> bytes:
    """The content that `seal_bytes` sealed for this owner. Raises `SealBroken`."""
    head = sealed[:_HEAD].decode("ascii", errors="replace")
    key = _here()[1].get(head) or _refuse(head, owner)
    nonce, closed = sealed[_HEAD : _HEAD + _NONCE_BYTES], sealed[_HEAD + _NONCE_BYTES :]
    try:
        return key.cipher.decrypt(nonce, closed, (head + owner).encode())
    except (InvalidTag, ValueError):
        raise SealBroken(_MOVED, owner) from None


def is_sealed(value: Any) -> bool:
    """Whether this was sealed, to judge by its head, with a key that is here."""
    return isinstance(value, str) and value.startswith(FORMAT) and value[:_HEAD] in _here()[1]


def seal_anew(sealed: Any, owner: str) -> Any:
    """A stored value, of whichever kind, sealed with the key and cipher of today; itself where it
    already is, or is empty. Raises `SealBroken`."""
    key, known = _here()
    if isinstance(sealed, bytes | memoryview):
        raw = bytes(sealed)
        return (
            raw if raw[:_HEAD] == key.head.encode() else seal_bytes(open_bytes(raw, owner), owner)
        )
    if sealed in (None, "") or (isinstance(sealed, str) and sealed[:_HEAD] == key.head):
        return sealed
    if not isinstance(sealed, str):
        raise SealBroken("不是密文", owner)
    text = _opened(sealed, owner, known)
    return _sealed(text, owner, key) if text else ""


def older_heads() -> list[str]:
    """How everything begins that another key or cipher of this installation sealed."""
    key, known = _here()
    return [head for head in known if head != key.head]


def open_any(sealed: Any, owner: str) -> None:
    """Open a stored value of whichever of these kinds, only to see that it does. Raises
    `SealBroken`."""
    if isinstance(sealed, bytes | memoryview):
        open_bytes(bytes(sealed), owner)
    else:
        open_value(sealed, owner)


def _refuse(head: str, owner: str) -> NoReturn:
    """Raises `SealBroken`: none of the keys that are here seals what begins so."""
    if not head.startswith(FORMAT) or head[3:4] != ":" or len(head) < _HEAD or head[-1] != ":":
        raise SealBroken("不是密文", owner)
    if head[2] not in CIPHERS:
        raise SealBroken(f"加密算法“{head[2]}”不识别", owner)
    raise SealBroken(f"没有编号为 {head[4:-1]} 的密钥", owner)
