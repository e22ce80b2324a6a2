"""The hall in which contracts are filed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from tests.contracts.dispatching import Dispatch
from tests.contracts.making import Hall


@pytest.fixture
def hall(employer: Any, operator: Any, reviewer: Any, now: datetime) -> Hall:
    return Hall(employer=employer, operator=operator, reviewer=reviewer, now=now)


@pytest.fixture
def dispatch(
    db: None, make_employer: Callable[..., Any], make_user: Callable[..., Any], now: Any
) -> Dispatch:
    return Dispatch(make_employer, make_user, now)
