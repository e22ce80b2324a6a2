"""Personal data at rest: what is sealed opens again, only with its key and only where it belongs."""

from __future__ import annotations

import base64
import logging
import os
import string
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from yonggong.vault import mask, open_sealed, seal
from yonggong.vault.keys import key_id, subkey
from yonggong.vault.sealing import (
    SealBroken,
    open_any,
    open_bytes,
    open_value,
    seal_bytes,
    seal_many,
    seal_value,
)

HERE = "cases_version/17/1/document_number"
# Everything that a value can be told apart by.
OWNERS = st.builds(
    "{}/{}/{}".format,
    st.sampled_from(["cases_version", "cases_draft", "registry_worker"]),
    st.integers(min_value=1).map(str) | st.text("0123456789abcdef/", min_size=1),
    st.text(string.ascii_lowercase + "_", min_size=1),
)


@given(st.text(), OWNERS)
def test_what_is_sealed_opens_again_where_it_belongs(text: str, owner: str) -> None:
    assert open_sealed(seal(text, owner), owner) == text


@given(st.text(min_size=1), OWNERS, OWNERS)
def test_it_opens_nowhere_else(text: str, owner: str, other: str) -> None:
    assume(owner != other)
    with pytest.raises(SealBroken):
        open_sealed(seal(text, owner), other)


@given(st.lists(st.tuples(st.text(max_size=30), OWNERS), max_size=20))
def test_many_are_sealed_like_one(given: list[tuple[str, str]]) -> None:
    tokens = seal_many([text for text, _ in given], [owner for _, owner in given])
    assert [
        (open_sealed(token, owner), owner) for token, (_, owner) in zip(tokens, given, strict=True)
    ] == given


@given(st.binary(max_size=2000), OWNERS, OWNERS)
def test_files_are_sealed_too(content: bytes, owner: str, other: str) -> None:
    assume(owner != other)
    sealed = seal_bytes(content, owner)
    assert open_bytes(sealed, owner) == content
    with pytest.raises(SealBroken):
        open_bytes(sealed, other)


@given(st.text(min_size=1), st.integers(min_value=0), st.integers(1, 255))
def test_no_changed_byte_opens(text: str, place: int, change: int) -> None:
    sealed = bytearray(seal_bytes(text.encode(), HERE))
    sealed[place % len(sealed)] ^= change
    with pytest.raises(SealBroken):
        open_bytes(bytes(sealed), HERE)


@given(st.text(min_size=1), st.integers(min_value=0), st.text(max_size=3))
def test_no_changed_token_opens(text: str, place: int, put: str) -> None:
    token = seal(text, HERE)
    cut = place % len(token)
    changed = token[:cut] + put + token[cut + 1 :]
    assume(changed not in (token, ""))
    # Bits that base64 does not use may differ: what is said is the same.
    with suppress(SealBroken):
        assert open_sealed(changed, HERE) == text and len(put) == 1


@given(st.text() | st.binary().map(lambda raw: base64.b64encode(raw).decode()))
def test_what_was_never_sealed_is_refused(text: str) -> None:
    assume(text)
    for token in (text, f"s2a:{text}", f"s2a:{key_id(os.urandom(32))}:{text}"):
        with pytest.raises(SealBroken):
            open_sealed(token, HERE)
    with pytest.raises(SealBroken):
        open_bytes(text.encode(), HERE)


def test_a_token_names_format_cipher_and_key(settings: Any) -> None:
    token = seal("110101199003072316", HERE)
    assert token.startswith(f"s2a:{key_id(settings.SEALING_KEYS[0])}:")
    assert seal_bytes(b"", HERE).startswith(token[:11].encode())


def test_what_an_older_key_sealed_opens_and_new_values_go_under_the_current_one(
    settings: Any,
) -> None:
    older, newer = os.urandom(32), os.urandom(32)
    settings.SEALING_KEYS = (older,)
    before, file = seal("试一", HERE), seal_bytes(b"file", HERE)
    settings.SEALING_KEYS = (newer, older)
    after = seal("试一", HERE)
    assert open_sealed(before, HERE) == open_sealed(after, HERE) == "试一"
    assert open_bytes(file, HERE) == b"file"
    assert key_id(newer) in after and key_id(older) in before
    settings.SEALING_KEYS = (newer,)
    assert open_sealed(after, HERE) == "试一"
    for opened in (lambda: open_sealed(before, HERE), lambda: open_bytes(file, HERE)):
        with pytest.raises(SealBroken, match=f"没有编号为 {key_id(older)} 的密钥"):
            opened()


def test_what_says_to_be_of_another_key_or_cipher_is_refused(settings: Any) -> None:
    one, other = os.urandom(32), os.urandom(32)
    settings.SEALING_KEYS = (one, other)
    token = seal("试一", HERE)
    with pytest.raises(SealBroken, match="被改动过"):
        open_sealed(token.replace(key_id(one), key_id(other)), HERE)
    with pytest.raises(SealBroken, match="加密算法“z”不识别"):
        open_sealed(token.replace("s2a", "s2z"), HERE)
    with pytest.raises(SealBroken, match="不是密文"):
        open_sealed(token.replace("s2a", "s1a"), HERE)


def test_the_alarm_says_where_and_never_what(caplog: pytest.LogCaptureFixture) -> None:
    token = seal("110101199003072316", HERE)
    with caplog.at_level(logging.ERROR), pytest.raises(SealBroken) as alarm:
        open_sealed(token, "cases_version/18/1/document_number")
    assert alarm.value.owner == "cases_version/18/1/document_number"
    assert "cases_version/18/1/document_number" in caplog.text
    for said in (caplog.text, str(alarm.value)):
        assert "110101199003072316" not in said and token not in said


def test_the_same_text_never_looks_the_same_twice() -> None:
    assert seal("110101199003072316", HERE) != seal("110101199003072316", HERE)


def test_a_sealed_text_does_not_show_what_it_holds() -> None:
    assert "13800000000" not in seal("13800000000", HERE)


def test_no_two_purposes_share_a_key() -> None:
    key = os.urandom(32)
    assert subkey(key, "seal") != subkey(key, "digest")


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
    token = seal_value(value, HERE)
    assert open_value(token, HERE) == value
    if value not in (None, ""):
        assert isinstance(token, str) and token.startswith("s2a:")
        open_any(token, HERE)


@pytest.mark.parametrize("value", [3, True, ["1"], {"name": "试一"}, "没有密封"])
def test_what_should_be_sealed_and_is_not_is_never_shown(value: object) -> None:
    with pytest.raises(SealBroken):
        open_value(value, HERE)
