"""A hall where units of harmonious labour relations are recognised: its counter takes them in. Scans are
not the matter here."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.making import Hall
from tests.entitlements.conftest import hall as at_home

__all__ = ["at_home"]


@pytest.fixture
def hall(at_home: Hall, make_user: Any) -> Hall:
    """What its operator files, a clerk does at the counter."""
    agency = at_home.employer.agency
    clerk = make_user("counter_clerk", agency=agency, region_code="150302")
    clerk.__dict__["scope"] = clerk.scope.at_counter(party=at_home.employer.pk, agency=agency.pk)
    at_home.operator = clerk
    return at_home
