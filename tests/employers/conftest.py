"""Approvals withdrawn, and accounts that claim an employer."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from tests.contracts.making import Hall, revoke
from yonggong.accounts.actions import create_user
from yonggong.accounts.models import User
from yonggong.cases.models import Case
from yonggong.codes.invent import invent_mobile
from yonggong.registry.models import Employer


@pytest.fixture
def withdraw(hall: Hall, second: Any) -> Callable[[Case], Case]:
    """Withdraw an approval: one reviewer asks, another agrees."""
    return lambda case: revoke(case, by=hall.reviewer, second=second, now=hall.now)


@pytest.fixture
def make_account(db: None, chance: Random) -> Callable[[str], User]:
    """An account without any right, as registering leaves it beside a claim."""

    def make(username: str) -> User:
        return create_user(
            username=username, name="试" + username, password="Yonggong-2026",
            mobile=invent_mobile(chance), region_code="220104", must_change_password=False, by=None,
        )  # fmt: skip

    return make


@pytest.fixture
def squatted(make_employer: Callable[..., Any], make_user: Callable[..., Any]) -> tuple[Any, Any]:
    """An employer that nobody has filed, and the account that registered it first."""
    employer = make_employer(state=Employer.State.UNFILED, filed_on=None, agency=None)
    return employer, make_user("employer_operator", employer=employer)
