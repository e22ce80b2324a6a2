"""A credit code typed into a form tells whose it is to who may know that, and to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.contracts.making import Hall, answers
from yonggong.registry.models import Employer

pytestmark = pytest.mark.django_db

NOTHING = {"found": False, "facts": {}}
Told = Callable[[Any, str], Any]


@pytest.fixture
def told(at_screen: Any) -> Told:
    """What a form is told of a code, by either look-up."""

    def ask(user: Any, code: str) -> Any:
        client = at_screen(user)
        answers = [
            client.get(f"/forms/lookups/{name}", {"value": code}).json()
            for name in ("employer", "dispatch_party")
        ]
        assert answers[0] == answers[1]
        return answers[0]

    return ask


@pytest.mark.parametrize("written", [str, str.lower, lambda code: f" {code} "])
def test_ones_own_code_tells_the_name(
    told: Told, operator: Any, employer: Employer, written: Any
) -> None:
    asked = told(operator, written(employer.credit_code))
    assert asked == {"found": True, "facts": {"name": employer.name}}


def test_a_code_of_ones_region_tells_the_name(
    told: Told, reviewer: Any, employer: Employer
) -> None:
    assert told(reviewer, employer.credit_code)["facts"] == {"name": employer.name}


@pytest.mark.parametrize("code", ["", "9122", "91220104MA0000000X", "\x00", "912201" + "0" * 12])
def test_any_other_tells_nothing(told: Told, operator: Any, code: str) -> None:
    assert told(operator, code) == NOTHING


def test_a_code_of_others_tells_as_little_as_an_unknown_one(
    told: Told, operator: Any, make_employer: Any, make_user: Any
) -> None:
    """Neither an operator nor a bureau of another region learns which codes are registered."""
    other = make_employer(name="长春北辰机械制造有限公司")
    far = make_user("bureau_supervisor", region_code="150000")
    for user in (operator, far):
        assert told(user, other.credit_code) == NOTHING


def test_what_one_filed_oneself_is_told_again(
    at_screen: Any, employer: Employer, operator: Any, reviewer: Any, make_employer: Any,
    make_user: Any,
) -> None:  # fmt: skip
    unit = make_employer(name="长春北辰机械制造有限公司")
    hall = Hall(employer=employer, operator=operator, reviewer=reviewer, now=timezone.localtime())
    dispatched = answers(
        today=hall.today, employment_form="3", contract_text="2", dispatch_post="1",
        user_unit=unit.name, user_unit_code=unit.credit_code,
        dispatch_start_on=hall.today.isoformat(),
        dispatch_end_on=(hall.today + timedelta(days=100)).isoformat(),
    )  # fmt: skip
    hall.approve(hall.file("new", dispatched))

    def asked(user: Any) -> Any:
        value = {"value": unit.credit_code}
        return at_screen(user).get("/forms/lookups/dispatch_party", value).json()

    assert asked(operator) == {"found": True, "facts": {"name": unit.name}}
    assert asked(make_user("employer_operator", employer=make_employer())) == NOTHING


def test_strangers_are_told_nothing(client: Client, employer: Employer) -> None:
    for name in ("employer", "dispatch_party"):
        answer = client.get(f"/forms/lookups/{name}", {"value": employer.credit_code})
        assert answer.status_code == 404
