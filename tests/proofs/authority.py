"""An authority of the tests: a root, one below it, holders' certificates, revocation lists, all real."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_USES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)
CLIENT, SERVER = ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.SERVER_AUTH


def usage(*uses: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{use: use in uses for use in _USES})


@dataclass(frozen=True)
class Held:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: Any

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def cms(self, text: bytes, *options: pkcs7.PKCS7Options, others: Sequence[Held] = ()) -> bytes:
        """The text signed as a token's tool does."""
        made = pkcs7.PKCS7SignatureBuilder().set_data(text)
        made = made.add_signer(self.certificate, self.key, hashes.SHA256())
        for other in others:
            made = made.add_certificate(other.certificate)
        chosen = options or (pkcs7.PKCS7Options.DetachedSignature,)
        return made.sign(Encoding.PEM, [pkcs7.PKCS7Options.Binary, *chosen])


class Authority:
    """A root and an issuing authority below it; `lay` writes what an installation is given."""

    def __init__(self, now: datetime, name: str = "试验证书认证中心") -> None:
        self.now = now
        signs = usage("key_cert_sign", "crl_sign")
        self.root = self._make({NameOID.COMMON_NAME: f"{name}根"}, None, signs, authority=True)
        self.issuing = self._make({NameOID.COMMON_NAME: name}, self.root, signs, authority=True)

    def issue(
        self, name: str = "王强", *, purposes: Sequence[Any] = (CLIENT,), **given: Any
    ) -> Held:
        """A holder's certificate; `subject` adds attributes, `uses`, `days`, `key` as they say."""
        subject = {NameOID.COMMON_NAME: name, **given.pop("subject", {})}
        uses = usage(*given.pop("uses", ("digital_signature", "content_commitment")))
        return self._make(subject, self.issuing, uses, purposes=purposes, **given)

    def list_of(self, *revoked: Held, issuer: Held | None = None, days: int = 7) -> bytes:
        """The issuer's list of what it took back, good for so many days from `now`."""
        issuer = issuer or self.issuing
        made = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(issuer.certificate.subject)
            .last_update(self.now - timedelta(days=10))
            .next_update(self.now + timedelta(days=days))
        )
        for one in revoked:
            made = made.add_revoked_certificate(
                x509.RevokedCertificateBuilder()
                .serial_number(one.certificate.serial_number)
                .revocation_date(self.now - timedelta(days=1))
                .build()
            )
        return made.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.PEM)

    def lay(self, folder: Path, *revoked: Held) -> None:
        """Put the authority's certificates and its list into a folder."""
        (folder / "chain.pem").write_bytes(self.root.pem + self.issuing.pem)
        (folder / "revoked.crl").write_bytes(self.list_of(*revoked))

    def _make(
        self,
        subject: dict[Any, str],
        issuer: Held | None,
        uses: x509.KeyUsage,
        *,
        authority: bool = False,
        purposes: Sequence[Any] = (),
        days: tuple[int, int] = (-30, 300),
        key: Any = None,
        extra: Sequence[tuple[Any, bool]] = (),
    ) -> Held:
        key = key or ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(oid, text) for oid, text in subject.items()])
        signer = issuer or Held(None, key)  # type: ignore[arg-type]
        made = x509.CertificateBuilder(
            issuer.certificate.subject if issuer else name,
            name,
            key.public_key(),
            x509.random_serial_number(),
            self.now.astimezone(UTC) + timedelta(days=days[0]),
            self.now.astimezone(UTC) + timedelta(days=days[1]),
        )
        made = made.add_extension(
            x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False
        )
        above = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.key.public_key())
        made = made.add_extension(above, False).add_extension(uses, True)
        if authority:
            made = made.add_extension(x509.BasicConstraints(True, None), True)
        if purposes:
            made = made.add_extension(x509.ExtendedKeyUsage(purposes), False)
        for extension, critical in extra:
            made = made.add_extension(extension, critical)
        return Held(made.sign(signer.key, hashes.SHA256()), key)
