"""Supervisors of places, and a document to bring."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from tests.portals.conftest import hall as hall
from yonggong.sources import current


@pytest.fixture(autouse=True)
def nothing_held() -> Iterator[None]:
    """What a test brings ends with it."""
    current.forget()
    yield
    current.forget()


@pytest.fixture
def supervisor(make_user: Any) -> Callable[[str], Any]:
    """A supervisor of a region."""
    return lambda region: make_user("bureau_supervisor", region_code=region)


@pytest.fixture
def bureau(
    at_screen: Callable[[Any], Client], supervisor: Callable[[str], Any]
) -> Callable[[str], Client]:
    """The browser of a region's supervisor."""
    return lambda region: at_screen(supervisor(region))
