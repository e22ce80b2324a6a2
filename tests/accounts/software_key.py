"""A passkey in software: makes keys and signs as an authenticator does (WebAuthn, ES256, no
attestation), and wrongly where a test says so."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

_PRESENT, _VERIFIED, _ATTESTED = 0x01, 0x04, 0x40


@dataclass
class SoftwareKey:
    """One credential of one device. `verifies`: whether it asked for a finger or a PIN."""

    origin: str = "http://testserver"
    domain: str = "testserver"
    verifies: bool = True
    count: int = 0
    identity: bytes = field(default_factory=lambda: os.urandom(32))
    handle: str = ""
    private: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: dict[str, Any]) -> str:
        """The answer to what `navigator.credentials.create` is given."""
        self.handle = options["user"]["id"]
        told = self._told("webauthn.create", options["challenge"])
        size = len(self.identity).to_bytes(2, "big")
        made = bytes(16) + size + self.identity + cbor2.dumps(self._public())
        statement = {"fmt": "none", "attStmt": {}, "authData": self._data(_ATTESTED) + made}
        return self._answer(clientDataJSON=told, attestationObject=cbor2.dumps(statement))

    def sign(self, options: dict[str, Any]) -> str:
        """The answer to what `navigator.credentials.get` is given."""
        told, data = self._told("webauthn.get", options["challenge"]), self._data(0)
        signed = self.private.sign(data + hashlib.sha256(told).digest(), ec.ECDSA(hashes.SHA256()))
        handle = base64url_to_bytes(self.handle)
        return self._answer(
            clientDataJSON=told, authenticatorData=data, signature=signed, userHandle=handle
        )

    def _told(self, act: str, challenge: str) -> bytes:
        return json.dumps({"type": act, "challenge": challenge, "origin": self.origin}).encode()

    def _data(self, flags: int) -> bytes:
        self.count += 1
        flags |= _PRESENT | (_VERIFIED if self.verifies else 0)
        site = hashlib.sha256(self.domain.encode()).digest()
        return site + bytes([flags]) + self.count.to_bytes(4, "big")

    def _public(self) -> dict[int, Any]:
        point = self.private.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (point.x, point.y))
        return {1: 2, 3: -7, -1: 1, -2: x, -3: y}

    def _answer(self, **response: bytes) -> str:
        name = bytes_to_base64url(self.identity)
        said = {key: bytes_to_base64url(value) for key, value in response.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": said})
