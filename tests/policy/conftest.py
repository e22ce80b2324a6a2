from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from yonggong.policy import Book, read_book

INVENTED = Path(__file__).parent / "invented"


@pytest.fixture(scope="session")
def invented() -> Book:
    """The package's provinces and one more, which exists only as a file of these tests."""
    return read_book(INVENTED)


@pytest.fixture
def book_with(tmp_path: Path) -> Callable[[str], Book]:
    """Give the package's provinces together with one file of the text given."""

    def read(text: str) -> Book:
        (tmp_path / "added.yaml").write_text(text, encoding="utf-8")
        return read_book(tmp_path)

    return read
