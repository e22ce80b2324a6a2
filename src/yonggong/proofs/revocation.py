"""Whether a certificate was taken back, by its issuer's list. No list, or one that is out of date, is
no leave: the certificate is refused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import pairwise

from cryptography import x509
from cryptography.exceptions import InvalidSignature

from yonggong.proofs.refusals import BROKEN, CertificateRefused


def check_chain(
    chain: Iterable[x509.Certificate],
    lists: Iterable[x509.CertificateRevocationList],
    now: datetime,
) -> None:
    """Look up each certificate of a verified chain, holder first, in its issuer's list.

    The holder's issuer must have one; those of authorities are looked into where they are there.
    Raises `CertificateRefused`.
    """
    certificates, lists = list(chain), list(lists)
    for place, (held, issuer) in enumerate(pairwise(certificates)):
        own = [one for one in lists if _is_of(one, issuer) and _covers(one, held)]
        current = [one for one in own if not is_stale(one, now)]
        if not current:
            if place == 0 or own:
                said = "已经过期" if own else "没有"
                raise CertificateRefused(
                    f"平台上该证书颁发机构的吊销列表{said}，暂时不能核对证书是否被吊销。"
                    "请稍后再试，或者改用其他方式登录。"
                )
            continue
        if any(_is_revoked(one, held) for one in current):
            raise CertificateRefused("该证书已被颁发机构吊销，不能使用。请向颁发机构申领新证书。")


def is_stale(one: x509.CertificateRevocationList, now: datetime) -> bool:
    """Whether the list says of itself that there is a newer one by now."""
    return one.next_update_utc is not None and one.next_update_utc < now.astimezone(UTC)


def _is_revoked(one: x509.CertificateRevocationList, held: x509.Certificate) -> bool:
    return one.get_revoked_certificate_by_serial_number(held.serial_number) is not None


def _is_of(one: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    """Whether `issuer` made and signed the list."""
    if one.issuer != issuer.subject:
        return False
    try:
        return one.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]
    except (*BROKEN, InvalidSignature, TypeError):
        return False


def _covers(one: x509.CertificateRevocationList, held: x509.Certificate) -> bool:
    """Whether the list speaks of certificates such as this: a whole one, or the part that the
    certificate names. Lists of changes alone (delta), or of some reasons, say too little."""
    found = {extension.oid: extension.value for extension in one.extensions}
    if x509.DeltaCRLIndicator.oid in found:
        return False
    part = found.get(x509.IssuingDistributionPoint.oid)
    if not isinstance(part, x509.IssuingDistributionPoint):
        return True
    if part.only_some_reasons or part.indirect_crl or part.only_contains_attribute_certs:
        return False
    is_authority = _is_authority(held)
    if (part.only_contains_ca_certs and not is_authority) or (
        part.only_contains_user_certs and is_authority
    ):
        return False
    return not part.full_name or bool(set(part.full_name) & _named_by(held))


def _is_authority(held: x509.Certificate) -> bool:
    try:
        return held.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _named_by(held: x509.Certificate) -> set[x509.GeneralName]:
    try:
        points = held.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return set()
    return {name for point in points for name in point.full_name or ()}
