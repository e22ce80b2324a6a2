"""People at their screens, and the hall in which an employer files."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from django.utils import timezone

from tests.contracts.making import Hall
from tests.portals.one_of_each import Place, Things, one_of_each, place_of
from yonggong.codes.invent import invent_credit_code
from yonggong.codes.organisations import ALPHABET


@pytest.fixture
def hall(employer: Any, operator: Any, reviewer: Any) -> Hall:
    """The hall as pages see it: today."""
    return Hall(employer=employer, operator=operator, reviewer=reviewer, now=timezone.localtime())


@pytest.fixture
def place(hall: Hall, make_user: Any, make_employer: Any) -> Place:
    """The hall with one of each role around it."""
    return place_of(hall, make_user, make_employer)


@pytest.fixture
def things(place: Place) -> Things:
    """What each page that shows one thing is opened with."""
    return one_of_each(place)


@pytest.fixture
def others(make_employer: Any, make_user: Any, hall: Hall) -> dict[str, Any]:
    """People to whom nothing of the hall exists in the employer's portal."""
    return {
        "another employer": make_user("employer_operator", employer=make_employer()),
        "a reviewer": hall.reviewer,
    }


@pytest.fixture
def failing(chance: Random) -> str:
    """A code right in everything but its check character."""
    code = invent_credit_code(chance, region="220104")
    return code[:17] + ALPHABET[(ALPHABET.index(code[17]) + 1) % 31]
