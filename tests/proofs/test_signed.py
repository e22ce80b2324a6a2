"""What a token's tool made of a text: its signature holds for that text alone."""

from __future__ import annotations

import base64
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs7,
)
from hypothesis import given
from hypothesis import strategies as st

from tests.proofs.authority import Authority
from yonggong.proofs import signed
from yonggong.proofs.refusals import CertificateRefused

_TEXT = b"yonggong sign-in example.cn 7Yq"
_ATTACHED = pkcs7.PKCS7Options.NoCapabilities


def _refused(sent: bytes, text: bytes = _TEXT) -> str:
    with pytest.raises(CertificateRefused) as refused:
        signed.read_cms(sent, text=text)
    return str(refused.value)


@pytest.mark.parametrize("kind", ["ecdsa", "rsa"])
@pytest.mark.parametrize(
    "options",
    [
        (pkcs7.PKCS7Options.DetachedSignature,),
        (_ATTACHED,),
        (pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.NoAttributes),
    ],
    ids=["detached", "attached", "without attributes"],
)
def test_a_cms_signature_is_read(
    authority: Authority, options: tuple[pkcs7.PKCS7Options, ...], kind: str
) -> None:
    key = rsa.generate_private_key(65537, 2048) if kind == "rsa" else None
    held = authority.issue(key=key)
    read = signed.read_cms(held.cms(_TEXT, *options, others=[authority.issuing]), text=_TEXT)
    assert read.certificate == held.certificate
    assert read.others == (authority.issuing.certificate,)
    assert "不一致" in _refused(held.cms(b"another text", *options))


def test_base64_and_der_are_read_as_pem_is(authority: Authority) -> None:
    held = authority.issue()
    body = b"".join(held.cms(_TEXT).splitlines()[1:-1])
    for sent in (body, b"\n".join((body[:64], body[64:])), base64.b64decode(body)):
        assert signed.read_cms(sent, text=_TEXT).certificate == held.certificate


def test_what_openssl_signs_is_read(authority: Authority, tmp_path: Path) -> None:
    held = authority.issue()
    (tmp_path / "text").write_bytes(_TEXT)
    (tmp_path / "own.pem").write_bytes(held.pem)
    (tmp_path / "own.key").write_bytes(
        held.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    for further in ((), ("-keyid",), ("-nodetach",)):
        made = subprocess.run(
            ["openssl", "cms", "-sign", "-binary", "-md", "sha256", "-in", tmp_path / "text",
             "-signer", tmp_path / "own.pem", "-inkey", tmp_path / "own.key",
             "-outform", "DER", *further],
            capture_output=True,
            check=True,
        )  # fmt: skip
        assert signed.read_cms(made.stdout, text=_TEXT).certificate == held.certificate


def test_a_certificate_that_did_not_sign_is_not_taken(authority: Authority) -> None:
    """The signature of one holder under the certificate of another."""
    own, other = authority.issue("王强"), authority.issue("李敏")
    made = base64.b64decode(b"".join(own.cms(_TEXT).splitlines()[1:-1]))
    theirs = base64.b64decode(b"".join(other.cms(_TEXT).splitlines()[1:-1]))
    # The signature is the last of the file.
    assert "不一致" in _refused(theirs[:-64] + made[-64:])


def test_without_its_certificate_it_is_refused(authority: Authority) -> None:
    held = authority.issue()
    bare = held.cms(_TEXT, pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.NoCerts)
    assert "没有签名人的证书" in _refused(bare)


def test_two_signers_are_refused(authority: Authority) -> None:
    made = pkcs7.PKCS7SignatureBuilder().set_data(_TEXT)
    for held in (authority.issue("王强"), authority.issue("李敏")):
        made = made.add_signer(held.certificate, held.key, hashes.SHA256())
    sent = made.sign(Encoding.DER, [pkcs7.PKCS7Options.Binary])
    assert "只有一个签名人" in _refused(sent)


def test_a_plain_signature_beside_its_certificate_is_read(authority: Authority) -> None:
    key = rsa.generate_private_key(65537, 2048)
    by_rsa, by_ec = authority.issue(key=key), authority.issue()
    for held, made in (
        (by_rsa, key.sign(_TEXT, padding.PKCS1v15(), hashes.SHA256())),
        (by_ec, by_ec.key.sign(_TEXT, ec.ECDSA(hashes.SHA256()))),
    ):
        for sent in (made, base64.b64encode(made)):
            assert signed.read_plain(sent, held.pem, text=_TEXT).certificate == held.certificate
        with pytest.raises(CertificateRefused, match="不一致"):
            signed.read_plain(made, authority.issue().pem, text=_TEXT)
        with pytest.raises(CertificateRefused, match="不一致"):
            signed.read_plain(made, held.pem, text=b"another")


def test_a_file_too_large_is_not_read() -> None:
    assert "超过 64 KB" in _refused(b"\x30" * (signed.MOST_BYTES + 1))


@given(st.binary(max_size=400))
def test_nothing_that_is_sent_breaks_it(sent: bytes) -> None:
    _refused(sent)


@given(st.data())
def test_a_signature_with_a_byte_changed_is_refused_or_the_same(data: st.DataObject) -> None:
    sent, certificate = _made()
    place = data.draw(st.integers(0, len(sent) - 1))
    changed = bytearray(sent)
    changed[place] ^= data.draw(st.integers(1, 255))
    try:
        read = signed.read_cms(bytes(changed), text=_TEXT)
    except CertificateRefused:
        return
    assert read.certificate.public_key() == certificate.public_key()


_cache: list[tuple[bytes, object]] = []


def _made() -> tuple[bytes, object]:
    if not _cache:
        from datetime import UTC, datetime

        held = Authority(datetime(2026, 11, 20, tzinfo=UTC)).issue()
        sent = base64.b64decode(b"".join(held.cms(_TEXT).splitlines()[1:-1]))
        _cache.append((sent, held.certificate))
    return _cache[0]
