"""A credit code that is known tells a form whose it is."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(at_screen: Any, operator: Any) -> Any:
    """What a form of the operator's is told of a code."""
    client = at_screen(operator)
    return lambda code: client.get("/forms/lookups/employer", {"value": code}).json()


@pytest.mark.parametrize("written", [str, str.lower, lambda code: f" {code} "])
def test_a_known_code_tells_the_name(make_employer: Any, asked: Any, written: Any) -> None:
    other = make_employer(name="长春北辰机械制造有限公司")
    told = asked(written(other.credit_code))
    assert told == {"found": True, "facts": {"name": "长春北辰机械制造有限公司"}}


@pytest.mark.parametrize("code", ["", "9122", "91220104MA0000000X", "\x00", "912201" + "0" * 12])
def test_any_other_tells_nothing(asked: Any, code: str) -> None:
    assert asked(code) == {"found": False, "facts": {}}


def test_strangers_are_told_nothing(client: Client, employer: Any) -> None:
    answer = client.get("/forms/lookups/employer", {"value": employer.credit_code})
    assert answer.status_code == 404
