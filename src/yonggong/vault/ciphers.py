"""The ciphers that seal, by one letter each, which every sealed value names.

Which of them seals is the installation's choice (YONGGONG_CIPHER): SM4-GCM, as the assessment of
commercial cryptography (密评) asks for, or AES-256-GCM. All of them open.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

TAG_BYTES = 16


class Sealer(Protocol):
    """Authenticated encryption under one key: ciphertext, then a tag of 16 bytes."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes: ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes:
        """Raises `InvalidTag`."""


class SM4GCM:
    """SM4 (GB/T 32907) in Galois/counter mode, as RFC 8998 has it. `key`: 16 bytes."""

    __slots__ = ("_cipher",)

    def __init__(self, key: bytes) -> None:
        self._cipher = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes:
        encryptor = Cipher(self._cipher, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data)
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes:
        """Raises `InvalidTag`."""
        if len(data) < TAG_BYTES:
            raise InvalidTag
        closed, tag = data[:-TAG_BYTES], data[-TAG_BYTES:]
        decryptor = Cipher(self._cipher, modes.GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(associated_data)
        return decryptor.update(closed) + decryptor.finalize()


def _sm4(key: bytes) -> SM4GCM:
    return SM4GCM(key[:16])


# Letter: name, and how it is made of a 32-byte key of its own.
CIPHERS: dict[str, tuple[str, Callable[[bytes], Sealer]]] = {
    "a": ("AES-256-GCM", AESGCM),
    "s": ("SM4-GCM", _sm4),
}
# What an installation says, and the letter it means.
CHOICES = {"aes": "a", "sm4": "s"}
