"""The hall in which contracts are filed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tests.contracts.making import Hall


@pytest.fixture
def hall(employer: Any, operator: Any, reviewer: Any, now: datetime) -> Hall:
    return Hall(employer=employer, operator=operator, reviewer=reviewer, now=now)
