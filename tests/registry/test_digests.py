"""One person under several issues of one document is one person."""

from __future__ import annotations

import pytest

from yonggong.registry.actions import document_digest


@pytest.mark.parametrize(
    ("document_type", "one", "other"),
    [
        ("04", "H1234567801", "H1234567802"),
        ("04", "H12345678", "H1234567800"),
        ("06", "1234567801", "1234567802B"),
        ("06", "12345678", "1234567801"),
    ],
)
def test_a_pass_issued_anew_finds_its_holder(document_type: str, one: str, other: str) -> None:
    assert document_digest(document_type, one) == document_digest(document_type, other)


@pytest.mark.parametrize(
    ("document_type", "one", "other"),
    [
        ("04", "H1234567801", "M1234567801"),
        ("04", "H12345678", "H12345679"),
        ("08", "E12345678", "E12345679"),
        ("08", "H1234567801", "H1234567802"),
    ],
)
def test_other_numbers_are_others(document_type: str, one: str, other: str) -> None:
    assert document_digest(document_type, one) != document_digest(document_type, other)
