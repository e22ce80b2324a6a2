"""Personal data at rest: what is sealed opens again, and only with the key."""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yonggong.vault import digest, mask, open_sealed, seal
from yonggong.vault.keys import KeyProblem, master_key, subkey
from yonggong.vault.sealing import (
    SealBroken,
    open_bytes,
    open_value,
    seal_bytes,
    seal_many,
    seal_value,
)


@given(st.text())
def test_what_is_sealed_opens_again(text: str) -> None:
    assert open_sealed(seal(text)) == text


@given(st.lists(st.text(max_size=30), max_size=20))
def test_many_are_sealed_like_one(texts: list[str]) -> None:
    assert [open_sealed(token) for token in seal_many(texts)] == texts


@given(st.binary(max_size=2000))
def test_files_are_sealed_too(content: bytes) -> None:
    assert open_bytes(seal_bytes(content)) == content


def test_the_same_text_never_looks_the_same_twice() -> None:
    assert seal("110101199003072316") != seal("110101199003072316")


def test_a_sealed_text_does_not_show_what_it_holds() -> None:
    assert "13800000000" not in seal("13800000000")


def test_a_changed_token_is_refused() -> None:
    token = seal("试一")
    raw = bytearray(base64.b64decode(token[3:]))
    raw[-1] ^= 1
    with pytest.raises(SealBroken):
        open_sealed("s1:" + base64.b64encode(bytes(raw)).decode())


def test_what_was_never_sealed_is_refused() -> None:
    with pytest.raises(SealBroken):
        open_sealed("plain")


def test_equal_texts_have_equal_digests_and_others_not() -> None:
    assert digest("a") == digest("a") != digest("b")
    assert len(digest("a")) == 16


def test_no_two_purposes_share_a_key() -> None:
    key = os.urandom(32)
    assert subkey(key, "seal") != subkey(key, "digest")


def test_a_key_is_made_once_and_only_its_owner_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("YONGGONG_KEY", raising=False)
    assert master_key(tmp_path) == master_key(tmp_path)
    assert (tmp_path / "master.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("configured", ["not base64!", base64.b64encode(b"short").decode()])
def test_a_malformed_key_is_named(
    configured: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YONGGONG_KEY", configured)
    with pytest.raises(KeyProblem, match="YONGGONG_KEY"):
        master_key(tmp_path)


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        ("220104199003072136", "document", "2201************36"),
        ("16012345678", "phone", "160****5678"),
        ("6299991234567890123", "account", "6299***********0123"),
        ("欧阳试一", "name", "欧***"),
        ("长春市朝阳区学林路9号", "address", "长春市朝阳区*****"),
        ("12", "document", "**"),
        ("", "phone", ""),
    ],
)
def test_masks_keep_only_the_ends(text: str, kind: str, shown: str) -> None:
    assert mask(text, kind) == shown  # type: ignore[arg-type]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(min_size=1),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=5,
    )
)
def test_a_value_of_any_type_is_sealed_and_comes_back(value: Any) -> None:
    """Personal answers that are no text stood open: numbers, choices of several, whole rows."""
    token = seal_value(value)
    assert open_value(token) == value
    if value not in (None, ""):
        assert isinstance(token, str) and token.startswith("s1:")


@pytest.mark.parametrize("value", [3, True, ["1"], {"name": "试一"}, "没有密封"])
def test_what_should_be_sealed_and_is_not_is_never_shown(value: object) -> None:
    with pytest.raises(SealBroken):
        open_value(value)
