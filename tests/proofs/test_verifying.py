"""A certificate is taken from a trusted authority, in force, for signing in, and not taken back."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from tests.proofs.authority import CLIENT, SERVER, Authority, Held
from yonggong.codes.invent import invent_credit_code
from yonggong.proofs import trust, verifying
from yonggong.proofs.refusals import CertificateRefused

# Made with OpenSSL, signed by itself: SM2 with SM3.
_SM2 = b"""-----BEGIN CERTIFICATE-----
MIIBcjCCARegAwIBAgIUeyGIeysgTlHQvOnixF7Iwx9tf/gwCgYIKoEcz1UBg3Uw
DjEMMAoGA1UEAwwDU00yMB4XDTI2MTEyODE4NTAxNFoXDTM2MTEyNTE4NTAxNFow
DjEMMAoGA1UEAwwDU00yMFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAE6PqBXDkR
1h9csvNFZpJmq+doHogUfuX2al8xsQpouJehgRZhLnDQd/MTF94CEo+ifKYlzyM0
lKW9QdacbttKVKNTMFEwHQYDVR0OBBYEFBVEYyd6emOlA82J4UVTdc4gPLuEMB8G
A1UdIwQYMBaAFBVEYyd6emOlA82J4UVTdc4gPLuEMA8GA1UdEwEB/wQFMAMBAf8w
CgYIKoEcz1UBg3UDSQAwRgIhAK6LHOKKoYYl85dsur9TiDGN9ntka84EyKFp4+w5
Y8wSAiEAuuzkTSq9B2P1t+uqNdqyI6dQ1Pq78elnCsrYgmLY7e4=
-----END CERTIFICATE-----
"""


def _refused(held: Held, now: datetime, *along: Held) -> str:
    with pytest.raises(CertificateRefused) as refused:
        verifying.verify(held.certificate, sent_along=[one.certificate for one in along], now=now)
    return str(refused.value)


def test_it_is_verified(authority: Authority, now: datetime) -> None:
    proven = verifying.verify(authority.issue().certificate, now=now)
    assert (proven.name, proven.issuer) == ("王强", "试验证书认证中心")
    assert proven.until == now + timedelta(days=300)


def test_rsa_is_verified_too(authority: Authority, now: datetime) -> None:
    key = rsa.generate_private_key(65537, 2048)
    assert verifying.verify(authority.issue(key=key).certificate, now=now).name == "王强"


def test_without_a_purpose_it_is_taken(authority: Authority, now: datetime) -> None:
    assert verifying.verify(authority.issue(purposes=()).certificate, now=now).name == "王强"


def test_what_lies_between_may_be_sent_along(
    authority: Authority, now: datetime, tmp_path: Path
) -> None:
    (tmp_path / "chain.pem").write_bytes(authority.root.pem)
    held = authority.issue()
    assert "不是由本平台信任的" in _refused(held, now)
    proven = verifying.verify(held.certificate, sent_along=[authority.issuing.certificate], now=now)
    assert proven.name == "王强"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"days": (-300, -1)}, "已过有效期"),
        ({"days": (1, 300)}, "尚未到生效时间"),
        ({"purposes": (SERVER,)}, "用途不包括"),
        ({"uses": ("key_encipherment",)}, "用途不包括"),
        ({"key": rsa.generate_private_key(65537, 1024)}, "只有 1024 位"),
        (
            {
                "extra": [
                    (x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\5\0"), True)
                ]
            },
            "不是由本平台信任的",
        ),
    ],
)
def test_it_is_refused(
    authority: Authority, now: datetime, given: dict[str, Any], said: str
) -> None:
    assert said in _refused(authority.issue(**given), now)


def test_another_authoritys_is_refused(authority: Authority, now: datetime) -> None:
    other = Authority(now)
    assert "不是由本平台信任的" in _refused(other.issue(), now, other.issuing, other.root)


def test_a_holder_is_no_authority(authority: Authority, now: datetime) -> None:
    holder = authority.issue(uses=("digital_signature", "key_cert_sign"))
    forged = authority._make(
        {NameOID.COMMON_NAME: "王强"}, holder, holder.certificate.extensions.get_extension_for_class(
            x509.KeyUsage
        ).value, purposes=(CLIENT,)
    )  # fmt: skip
    assert "不是由本平台信任的" in _refused(forged, now, holder)


def test_sm2_is_refused_in_words(authority: Authority, now: datetime, tmp_path: Path) -> None:
    held = x509.load_pem_x509_certificate(_SM2)
    (tmp_path / "sm2.pem").write_bytes(_SM2)
    assert "SM2" in _refused(Held(held, None), now)


def test_one_taken_back_is_refused(authority: Authority, now: datetime, tmp_path: Path) -> None:
    held = authority.issue()
    assert verifying.verify(held.certificate, now=now)
    (tmp_path / "revoked.crl").write_bytes(authority.list_of(held))
    os.utime(tmp_path / "revoked.crl", ns=(1, 1))
    assert "已被颁发机构吊销" in _refused(held, now)
    assert verifying.verify(authority.issue().certificate, now=now)


def test_an_authority_taken_back_is_refused(
    authority: Authority, now: datetime, tmp_path: Path
) -> None:
    above = authority.list_of(authority.issuing, issuer=authority.root)
    (tmp_path / "above.crl").write_bytes(above)
    assert "已被颁发机构吊销" in _refused(authority.issue(), now)


@pytest.mark.parametrize("days", [None, -1])
def test_without_a_current_list_nobody_is_let_in(
    authority: Authority, now: datetime, tmp_path: Path, days: int | None
) -> None:
    (tmp_path / "revoked.crl").unlink()
    if days is not None:
        (tmp_path / "old.crl").write_bytes(authority.list_of(days=days))
    assert "吊销列表" in _refused(authority.issue(), now)


def test_a_list_that_another_signed_counts_for_nothing(
    authority: Authority, now: datetime, tmp_path: Path
) -> None:
    forged = Authority(now).list_of()
    (tmp_path / "revoked.crl").write_bytes(forged)
    assert "吊销列表没有" in _refused(authority.issue(), now)


def test_a_list_of_another_part_counts_for_nothing(
    authority: Authority, now: datetime, tmp_path: Path
) -> None:
    def named(part: str) -> list[x509.GeneralName]:
        return [x509.UniformResourceIdentifier(f"http://ca.example.cn/{part}.crl")]

    point = x509.CRLDistributionPoints([x509.DistributionPoint(named("2"), None, None, None)])
    held = authority.issue(extra=[(point, False)])
    part = x509.load_pem_x509_crl(authority.list_of())
    for number, taken in (("1", False), ("2", True)):
        made = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(part.issuer)
            .last_update(now - timedelta(days=1))
            .next_update(now + timedelta(days=1))
            .add_extension(
                x509.IssuingDistributionPoint(
                    named(number), None, False, False, None, False, False
                ),
                True,
            )
            .sign(authority.issuing.key, part.signature_hash_algorithm)
        )
        (tmp_path / "revoked.crl").write_bytes(made.public_bytes(Encoding.DER))
        if taken:
            assert verifying.verify(held.certificate, now=now)
        else:
            assert "吊销列表没有" in _refused(held, now)


def test_a_file_that_is_no_certificate_is_named(authority: Authority, tmp_path: Path) -> None:
    (tmp_path / "readme.pem").write_text("not one")
    assert trust.trusted().unread == ("readme.pem",)
    assert len(trust.trusted().anchors) == 1


def test_without_a_folder_no_certificate_is_taken(
    authority: Authority, now: datetime, settings: Any
) -> None:
    settings.CERTIFICATE_AUTHORITIES = None
    assert "没有配置" in _refused(authority.issue(), now)


@pytest.mark.parametrize(
    ("oid", "text"),
    [
        (NameOID.SERIAL_NUMBER, "{}"),
        (NameOID.ORGANIZATION_IDENTIFIER, "NTRCN-{}"),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, "统一社会信用代码：{}"),
    ],
)
def test_a_units_certificate_names_its_code(
    authority: Authority, now: datetime, chance: Any, oid: Any, text: str
) -> None:
    code = invent_credit_code(chance, region="220104")
    held = authority.issue("长春试验贸易有限公司", subject={oid: text.format(code)})
    assert verifying.verify(held.certificate, now=now).credit_code == code


def test_a_code_that_does_not_hold_or_stands_in_the_name_is_none(
    authority: Authority, now: datetime, chance: Any
) -> None:
    code = invent_credit_code(chance, region="220104")
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    for held in (
        authority.issue(subject={NameOID.SERIAL_NUMBER: wrong}),
        authority.issue(code),
    ):
        assert verifying.verify(held.certificate, now=now).credit_code == ""
