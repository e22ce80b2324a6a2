"""An arbitration office in Wuhai, an employer there, and a person with an account."""

from __future__ import annotations

from typing import Any

import pytest

from tests.disputes.making import Court, court_of


@pytest.fixture
def court(make_employer: Any, make_user: Any, now: Any, without_papers: None) -> Court:
    return court_of(make_employer, make_user, now)
