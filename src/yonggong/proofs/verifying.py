"""Is a certificate one of an authority trusted here, in force, for signing in, and not taken back?

Paths are built by `cryptography.x509.verification`; here is only what it is asked, and the words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from cryptography.x509.verification import (
    Criticality,
    ExtensionPolicy,
    Policy,
    PolicyBuilder,
    Store,
    VerificationError,
)

from yonggong.proofs import revocation, trust
from yonggong.proofs.refusals import BROKEN, CertificateRefused
from yonggong.proofs.subjects import credit_code_of

# SM2 with SM3, and the SM2 curve (GM/T 0006).
_SM2_SIGNED, _SM2_CURVE = "1.2.156.10197.1.501", bytes.fromhex("06082a811ccf5501822d")
_LEAST_RSA_BITS = 2048
_SM2_REFUSED = (
    "该证书使用国密 SM2 算法。本平台现有的密码组件不能核验 SM2 证书链，"
    "请使用 RSA 或者 ECDSA 算法的证书，或者改用其他方式登录。"
)


@dataclass(frozen=True, slots=True)
class Proven:
    """A certificate that was verified: its digest, and what it says of its holder. `credit_code` is
    "" where it is no unit's."""

    fingerprint: bytes
    serial: str
    name: str
    issuer: str
    credit_code: str
    until: datetime


def verify(
    certificate: x509.Certificate, *, sent_along: Iterable[x509.Certificate] = (), now: datetime
) -> Proven:
    """Verify a holder's certificate; what was `sent_along` may lie between it and an authority.

    Raises `CertificateRefused`. That the holder has the key is not shown here.
    """
    _check_key(certificate)
    trusted = trust.trusted()
    if not trusted.anchors:
        raise CertificateRefused("本平台没有配置受信任的证书颁发机构，不能用证书登录。")
    verifier = (
        PolicyBuilder()
        .store(Store(list(trusted.anchors)))
        .time(now.astimezone(UTC))
        .extension_policies(ca_policy=ExtensionPolicy.webpki_defaults_ca(), ee_policy=_FOR_HOLDERS)
        .build_client_verifier()
    )
    try:
        verified = verifier.verify(certificate, [*trusted.between, *sent_along])
    except (*BROKEN, VerificationError):
        raise CertificateRefused(_why_not(certificate, now)) from None
    revocation.check_chain(verified.chain, trusted.lists, now)
    return Proven(
        fingerprint=certificate.fingerprint(hashes.SHA256()),
        serial=f"{certificate.serial_number:X}",
        name=common_name(certificate.subject),
        issuer=common_name(certificate.issuer),
        credit_code=credit_code_of(certificate),
        until=certificate.not_valid_after_utc,
    )


def _signs(policy: Policy, certificate: x509.Certificate, usage: x509.KeyUsage) -> None:
    if not usage.digital_signature:
        raise ValueError("not for signatures")


def _signs_in(
    policy: Policy, certificate: x509.Certificate, usage: x509.ExtendedKeyUsage | None
) -> None:
    wanted = (ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE)
    if usage is not None and not any(one in usage for one in wanted):
        raise ValueError("not for signing in")


def _no_authority(
    policy: Policy, certificate: x509.Certificate, constraints: x509.BasicConstraints | None
) -> None:
    if constraints is not None and constraints.ca:
        raise ValueError("an authority's own")


# Holders' certificates of China's authorities name no host and often no purpose: what they must say
# is that their key makes signatures, and no purpose that excludes signing in.
_FOR_HOLDERS = (
    ExtensionPolicy.permit_all()
    .require_present(x509.KeyUsage, Criticality.AGNOSTIC, _signs)
    .may_be_present(x509.ExtendedKeyUsage, Criticality.AGNOSTIC, _signs_in)
    .may_be_present(x509.BasicConstraints, Criticality.AGNOSTIC, _no_authority)
)


def _check_key(certificate: x509.Certificate) -> None:
    """Refuse kinds of key that cannot be verified here, or are too weak."""
    if (
        certificate.signature_algorithm_oid.dotted_string == _SM2_SIGNED
        or _SM2_CURVE in certificate.tbs_certificate_bytes
    ):
        raise CertificateRefused(_SM2_REFUSED)
    try:
        key = certificate.public_key()
    except BROKEN:
        key = None
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < _LEAST_RSA_BITS:
        raise CertificateRefused(
            f"该证书的 RSA 密钥只有 {key.key_size} 位，强度不足，请换用 {_LEAST_RSA_BITS} 位以上的证书。"
        )
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise CertificateRefused("该证书的密钥算法不受支持，请使用 RSA 或者 ECDSA 算法的证书。")


def _why_not(certificate: x509.Certificate, now: datetime) -> str:
    """In words, why the library refused: what the certificate itself shows, before its issuer."""
    if certificate.not_valid_after_utc < now:
        return "该证书已过有效期，请向颁发机构续期或者申领新证书。"
    if certificate.not_valid_before_utc > now:
        return "该证书尚未到生效时间，请核对证书的有效期。"
    try:
        extensions = certificate.extensions
    except BROKEN:
        return "该证书的内容不完整或者不规范，不能识别。"
    for kind, check in ((x509.KeyUsage, _signs), (x509.ExtendedKeyUsage, _signs_in)):
        found = [one.value for one in extensions if isinstance(one.value, kind)]
        try:
            check(None, certificate, found[0] if found else None)  # type: ignore[arg-type]
        except (ValueError, AttributeError):
            return "该证书的用途不包括数字签名或者身份验证，请选用签名证书。"
    return "该证书不是由本平台信任的证书颁发机构颁发的，不能使用。"


def common_name(name: x509.Name) -> str:
    """What a name is called by people."""
    for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        if found := name.get_attributes_for_oid(oid):
            return str(found[0].value)
    return name.rfc4514_string()
