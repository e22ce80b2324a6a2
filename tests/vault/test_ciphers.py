"""SM4-GCM and AES-256-GCM: published vectors; both open whatever the installation has chosen."""

from __future__ import annotations

import os
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from yonggong.vault import open_sealed, seal
from yonggong.vault.ciphers import CHOICES, CIPHERS, SM4GCM, Sealer
from yonggong.vault.keys import key_id
from yonggong.vault.sealing import SealBroken, current_head, open_bytes, seal_bytes, seal_many

HERE = "cases_version/17/1/document_number"

# RFC 8998, appendix A.1.
_KEY = "0123456789ABCDEFFEDCBA9876543210"
_NONCE = "00001234567800000000ABCD"
_ASSOCIATED = "FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2"
_TEXT = (
    "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD"
    "EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA"
)
_CLOSED = (
    "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
    "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
)
_TAG = "83DE3541E4C2B58177E065A9BF7B62EC"


def test_sm4_gcm_gives_what_rfc_8998_says() -> None:
    key, nonce, associated, text, closed = map(
        bytes.fromhex, (_KEY, _NONCE, _ASSOCIATED, _TEXT, _CLOSED + _TAG)
    )
    cipher = SM4GCM(key)
    assert cipher.encrypt(nonce, text, associated) == closed
    assert cipher.decrypt(nonce, closed, associated) == text
    for changed in (closed[:-1] + b"\0", b"\0" + closed[1:], closed[:15], b""):
        with pytest.raises(InvalidTag):
            cipher.decrypt(nonce, changed, associated)
    with pytest.raises(InvalidTag):
        cipher.decrypt(nonce, closed, associated + b"\0")


@pytest.mark.parametrize("letter", CIPHERS)
@given(st.binary(max_size=300), st.binary(max_size=60), st.binary(min_size=12, max_size=12))
def test_each_cipher_opens_what_it_closed(
    letter: str, data: bytes, associated: bytes, nonce: bytes
) -> None:
    cipher: Sealer = CIPHERS[letter][1](bytes(range(32)))
    closed = cipher.encrypt(nonce, data, associated)
    assert len(closed) == len(data) + 16
    assert cipher.decrypt(nonce, closed, associated) == data


@pytest.mark.parametrize("chosen", CHOICES)
def test_the_installation_chooses_and_every_value_names_it(settings: Any, chosen: str) -> None:
    settings.SEALING_CIPHER = CHOICES[chosen]
    head = f"s2{CHOICES[chosen]}:{key_id(settings.SEALING_KEYS[0])}:"
    assert current_head() == head
    one, many, file = seal("试一", HERE), seal_many(["试一"], [HERE])[0], seal_bytes(b"x", HERE)
    assert one.startswith(head) and many.startswith(head) and file.startswith(head.encode())


def test_while_keys_and_ciphers_turn_all_of_them_open(settings: Any) -> None:
    """Old and new key, either cipher: four kinds of value side by side."""
    older, newer = os.urandom(32), os.urandom(32)
    sealed = []
    for key in (older, newer):
        for letter in CIPHERS:
            settings.SEALING_KEYS, settings.SEALING_CIPHER = (key,), letter
            sealed.append((seal("试一", HERE), seal_bytes(b"file", HERE)))
    settings.SEALING_KEYS, settings.SEALING_CIPHER = (newer, older), "s"
    for text, file in sealed:
        assert open_sealed(text, HERE) == "试一" and open_bytes(file, HERE) == b"file"


def test_a_value_said_to_be_of_the_other_cipher_does_not_open(settings: Any) -> None:
    settings.SEALING_CIPHER = "s"
    token = seal("试一", HERE)
    with pytest.raises(SealBroken, match="被改动过"):
        open_sealed(token.replace("s2s", "s2a"), HERE)
    with pytest.raises(SealBroken):
        open_sealed(token[:20], HERE)
