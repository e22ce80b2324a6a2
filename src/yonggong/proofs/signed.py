"""A text signed with a certificate's key, as tokens' tools give it: CMS (PKCS#7) in PEM, base64 or DER,
or a plain signature beside the certificate.

Read with pyasn1's description of RFC 5652; every signature is verified by `cryptography`.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pyasn1.codec.der import decoder, encoder
from pyasn1.error import PyAsn1Error
from pyasn1.type import tag, univ
from pyasn1_modules import rfc5652

from yonggong.proofs.refusals import BROKEN, CertificateRefused

MOST_BYTES = 64 * 1024
_UNREADABLE = "签名文件不能识别。请使用 PKCS#7（CMS）签名，或者同时提供签名值和签名证书。"
_NOT_OURS = "签名与本页的登录口令不一致：请确认签的是本页当前显示的口令，且签名后没有改动。"
_HASHES: dict[str, hashes.HashAlgorithm] = {
    "2.16.840.1.101.3.4.2.1": hashes.SHA256(),
    "2.16.840.1.101.3.4.2.2": hashes.SHA384(),
    "2.16.840.1.101.3.4.2.3": hashes.SHA512(),
}
_SM3 = "1.2.156.10197.1.401"
_ARMOUR = re.compile(rb"-----BEGIN [A-Z0-9# ]+-----(.*?)-----END [A-Z0-9# ]+-----", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Signed:
    """Whose key signed, and the certificates that came along. Not verified: only the signature is."""

    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...] = ()


def read_cms(sent: bytes, *, text: bytes) -> Signed:
    """Verify a CMS signature of `text`, detached or with the text in it.

    Raises `CertificateRefused`.
    """
    try:
        return _read(_bytes_of(sent), text)
    except (*BROKEN, PyAsn1Error, RecursionError):
        raise CertificateRefused(_UNREADABLE) from None


def _read(content: bytes, text: bytes) -> Signed:
    info, rest = decoder.decode(content, asn1Spec=rfc5652.ContentInfo())
    if rest or info["contentType"] != rfc5652.id_signedData:
        raise CertificateRefused(_UNREADABLE)
    data, _ = decoder.decode(info["content"], asn1Spec=rfc5652.SignedData())
    certificates = _certificates(data)
    signers, signed = data["signerInfos"], data["encapContentInfo"]
    if len(signers) != 1:
        raise CertificateRefused("签名文件应当只有一个签名人。")
    if signed["eContent"].hasValue() and bytes(signed["eContent"]) != text:
        raise CertificateRefused(_NOT_OURS)
    own = _certificate_of(signers[0], certificates)
    _verify_signer(signers[0], signed["eContentType"], own, text)
    return Signed(own, tuple(one for one in certificates if one is not own))


def read_plain(signature: bytes, certificate: bytes, *, text: bytes) -> Signed:
    """Verify a plain signature of `text` (PKCS #1 v1.5 or ECDSA; SHA-256, 384 or 512).

    Raises `CertificateRefused`.
    """
    own = read_certificate(certificate)
    value = _bytes_of(signature)
    if not any(_signed_by(own, value, text, algorithm) for algorithm in _HASHES.values()):
        raise CertificateRefused(_NOT_OURS)
    return Signed(own)


def read_certificate(sent: bytes) -> x509.Certificate:
    """One certificate, PEM or DER. Raises `CertificateRefused`."""
    try:
        return x509.load_der_x509_certificate(_bytes_of(sent))
    except BROKEN:
        raise CertificateRefused("证书不能识别，请提供 PEM 或者 DER 格式的证书。") from None


def _bytes_of(sent: bytes) -> bytes:
    """The DER in what was sent: armoured, in base64, or bare. Raises `CertificateRefused`."""
    if len(sent) > MOST_BYTES:
        raise CertificateRefused(f"签名文件超过 {MOST_BYTES // 1024} KB，请核对是否选错了文件。")
    armoured = _ARMOUR.search(sent)
    body = armoured[1] if armoured else sent
    try:
        return base64.b64decode(b"".join(body.split()), validate=True)
    except binascii.Error:
        return sent


def _certificates(data: Any) -> list[x509.Certificate]:
    """Those that came along. Raises ValueError."""
    held = data["certificates"]
    return [
        x509.load_der_x509_certificate(encoder.encode(one["certificate"]))
        for one in (held if held.hasValue() else ())
        if one.getName() == "certificate"
    ]


def _certificate_of(signer: Any, certificates: Iterable[x509.Certificate]) -> x509.Certificate:
    sid = signer["sid"]
    for one in certificates:
        if sid.getName() == "issuerAndSerialNumber":
            named = sid["issuerAndSerialNumber"]
            same_issuer = encoder.encode(named["issuer"]) == one.issuer.public_bytes()
            if same_issuer and int(named["serialNumber"]) == one.serial_number:
                return one
        elif bytes(sid["subjectKeyIdentifier"]) == _key_identifier(one):
            return one
    raise CertificateRefused("签名文件中没有签名人的证书，请在签名时选择附带证书。")


def _key_identifier(one: x509.Certificate) -> bytes | None:
    try:
        found = one.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    except (*BROKEN, x509.ExtensionNotFound):
        return None
    return found.value.digest


def _verify_signer(signer: Any, content_type: Any, own: x509.Certificate, text: bytes) -> None:
    """RFC 5652, 5.4 and 5.6: where attributes are signed, they hold the text's digest and are what
    the signature is of. Raises `CertificateRefused`."""
    name = str(signer["digestAlgorithm"]["algorithm"])
    algorithm = _HASHES.get(name)
    if algorithm is None:
        said = "国密 SM3" if name == _SM3 else "过时或者不受支持"
        raise CertificateRefused(f"签名使用的摘要算法{said}，请改用 SHA-256 签名。")
    signed = text
    attributes = signer["signedAttrs"]
    if attributes.hasValue():
        said_type, said_digest = _attribute(attributes, rfc5652.id_contentType), _attribute(
            attributes, rfc5652.id_messageDigest
        )  # fmt: skip
        if said_type != encoder.encode(content_type) or said_digest != encoder.encode(
            univ.OctetString(_hashed(text, algorithm))
        ):
            raise CertificateRefused(_NOT_OURS)
        signed = encoder.encode(attributes.clone(tagSet=_SET, cloneValueFlag=True))
    if not _signed_by(own, bytes(signer["signature"]), signed, algorithm):
        raise CertificateRefused(_NOT_OURS)


# Signed as a plain SET, though sent under a tag of its own.
_SET = tag.initTagSet(tag.Tag(tag.tagClassUniversal, tag.tagFormatConstructed, 0x11))


def _attribute(attributes: Any, wanted: Any) -> bytes | None:
    """The one value of a signed attribute, as DER; None where it is missing or not alone."""
    found = [one["attrValues"] for one in attributes if one["attrType"] == wanted]
    return bytes(found[0][0]) if len(found) == 1 and len(found[0]) == 1 else None


def _hashed(text: bytes, algorithm: hashes.HashAlgorithm) -> bytes:
    made = hashes.Hash(algorithm)
    made.update(text)
    return made.finalize()


def _signed_by(
    own: x509.Certificate, signature: bytes, signed: bytes, algorithm: hashes.HashAlgorithm
) -> bool:
    try:
        key = own.public_key()
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, signed, padding.PKCS1v15(), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, signed, ec.ECDSA(algorithm))
        else:
            return False
    except (*BROKEN, InvalidSignature):
        return False
    return True
