"""Two administrators do the same at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests import racing
from yonggong.accounts import actions, granting, holders
from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.models import Grant, User
from yonggong.registry.actions import id_card_digest

pytestmark = pytest.mark.django_db(transaction=True)


at_once = partial(racing.at_once, refusals=(AccountProblem,))


def test_two_powers_kept_apart_are_not_given_in_the_same_moment(
    make_user: Callable[..., Any],
) -> None:
    business = make_user("business_administrator", region_code="220000")
    user = User.objects.create(username="xinren", name="试新人")
    holders.issue(account=user, digest=id_card_digest("220104199003072134"), by=None)
    results = at_once(
        *(
            lambda role=role: granting.grant(
                user=user, role=role, region_code="220000", by=business
            )
            for role in ("system_administrator", "auditor")
        )
    )
    assert sorted(type(result).__name__ for result in results) == ["AccountProblem", "Grant"]
    assert Grant.objects.filter(user=user).count() == 1


def test_one_username_is_taken_once(make_user: Callable[..., Any]) -> None:
    system = make_user("system_administrator", region_code="220000")
    results = at_once(
        *[
            lambda: actions.create_user(
                username="xinren", name="试新人", password="Yonggong-2026", by=system
            )
        ]
        * 2
    )
    assert sorted(type(result).__name__ for result in results) == ["AccountProblem", "User"]
