"""Look-up digests: keyed with a secret of their own, which a stolen table does not hold."""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import Any

from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from yonggong.vault import digest
from yonggong.vault.digests import DIGEST_BYTES, file_digest, is_ours
from yonggong.vault.keys import key_id, subkey


@given(st.text(), st.binary(min_size=32, max_size=32))
def test_a_digest_is_the_secret_s_id_and_hmac_sha_256(text: str, secret: bytes) -> None:
    key = subkey(secret, "digest HMAC-SHA-256")
    with override_settings(DIGEST_KEY=secret):
        assert digest(text)[2:] == hmac.digest(key, text.encode(), "sha256")[:16]
        assert file_digest(text.encode()) == hmac.digest(key, text.encode(), "sha256").hex()
        assert digest(text)[:2] == bytes.fromhex(key_id(secret))[:2]
        assert len(digest(text)) == DIGEST_BYTES


def test_equal_texts_have_equal_digests_and_others_not() -> None:
    assert digest("a") == digest("a") != digest("b")


def test_a_stolen_table_is_not_enumerated_without_the_secret(settings: Any) -> None:
    """Who knows all numbers that there can be, and even the keys that seal, finds none of them."""
    stolen = digest("id:110101199003072316")
    tried = [f"id:11010119900307{last:04d}" for last in (2315, 2316, 2317)]
    assert stolen in map(digest, tried)
    keys = (b"", *settings.SEALING_KEYS)
    for key in keys:
        for made in (
            lambda text, key=key: hashlib.blake2b(text, key=key, digest_size=16).digest(),
            lambda text, key=key: hmac.digest(key, text, "sha256")[:16],
        ):
            assert stolen[2:] not in [made(text.encode()) for text in tried]
    settings.DIGEST_KEY = os.urandom(32)
    assert stolen not in map(digest, tried)


def test_a_digest_tells_whether_it_was_made_with_this_secret(settings: Any) -> None:
    before = digest("a")
    assert is_ours(before)
    settings.DIGEST_KEY = os.urandom(32)
    assert not is_ours(before) and is_ours(digest("a"))
