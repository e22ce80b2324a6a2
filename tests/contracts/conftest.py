"""A dispatch, which both sides file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.contracts.dispatching import Dispatch


@pytest.fixture
def dispatch(
    db: None, make_employer: Callable[..., Any], make_user: Callable[..., Any], now: Any
) -> Dispatch:
    return Dispatch(make_employer, make_user, now)
