"""An inspector of the hall's county, and their hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from yonggong.supervision.acting import Hand


@pytest.fixture
def inspector(make_user: Callable[..., Any]) -> Any:
    return make_user("inspector", region_code="220104")


@pytest.fixture
def elsewhere(make_user: Callable[..., Any]) -> Any:
    """An inspector of the neighbouring county."""
    return make_user("inspector", region_code="220102")


@pytest.fixture
def hand(inspector: Any, now: datetime) -> Hand:
    return Hand(by=inspector, now=now, address="127.0.0.1")
