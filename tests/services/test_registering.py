"""A counter that saw somebody's identity card enters them, within its regions."""

from __future__ import annotations

from typing import Any

import pytest

from yonggong.accounts.actions import AccountProblem, identify
from yonggong.accounts.models import AccessEntry, User
from yonggong.registry.parties import Party
from yonggong.services.registering import register_person

pytestmark = pytest.mark.django_db
GIVEN = {"name": "试一", "number": "220104199003072134", "mobile": "13812345678"}


@pytest.fixture
def clerk(make_user: Any, agency: Any) -> User:
    user: User = make_user("counter_clerk", agency=agency, region_code="220104")
    return user


def test_nobody_of_another_region_is_entered(agency: Any, clerk: User, person: Party) -> None:
    """Nor is an account left with the number that was typed."""
    Party.objects.filter(pk=person.pk).update(region_code="150302")
    with pytest.raises(AccountProblem, match="其他辖区"):
        register_person(**GIVEN, agency=agency, by=clerk, address=None)
    assert not User.objects.filter(person__isnull=False).exists()


def test_nor_the_clerk_themselves(agency: Any, clerk: User, person: Party) -> None:
    clerk = identify(user=clerk, person=person.pk, by=None)
    with pytest.raises(AccountProblem, match="本人"):
        register_person(**GIVEN, agency=agency, by=clerk, address=None)


def test_the_page_says_so_and_it_is_recorded(
    at_screen: Any, agency: Any, clerk: User, person: Party
) -> None:
    Party.objects.filter(pk=person.pk).update(region_code="150302")
    answer = at_screen(clerk).post("/bureau/counter/person/register/", GIVEN)
    assert answer.status_code == 422 and "其他辖区" in answer.content.decode()
    assert AccessEntry.objects.filter(user=clerk, detail__contains="其他辖区").exists()
    assert not User.objects.filter(person__isnull=False).exists()
