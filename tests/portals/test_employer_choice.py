"""An operator of several employers works for one at a time; a stranger's employer is never theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.contracts.making import Hall
from yonggong.accounts.models import Grant
from yonggong.cases.models import Case

pytestmark = pytest.mark.django_db
CHOOSE = "/employer/choose/"


@pytest.fixture
def second(hall: Hall, make_employer: Callable[..., Any]) -> Any:
    """Another employer that the hall's operator files for as well."""
    employer = make_employer(name="长春第二试验有限公司")
    Grant.objects.create(user=hall.operator, role="employer_operator", party=employer.party)
    return employer


@pytest.fixture
def agent(second: Any, at_screen: Callable[[Any], Client], hall: Hall) -> Client:
    return at_screen(hall.operator)


def test_what_is_shown_and_filed_is_the_chosen_employers_alone(
    agent: Client, hall: Hall, second: Any
) -> None:
    case = hall.filed(name="试首户")
    assert "试首户" in agent.get("/employer/contracts/").content.decode()
    answer = agent.post(CHOOSE, {"employer": second.pk}, follow=True)
    page = answer.content.decode()
    assert f"现在为{second.name}办理" in page and reverse("employer:choose") in page
    assert "试首户" not in agent.get("/employer/contracts/").content.decode()
    begun = agent.post("/employer/new/add/", follow=True)
    assert begun.resolver_match is not None
    draft = Case.objects.get(pk=begun.resolver_match.kwargs["pk"])
    assert (draft.applicant_id, draft.state) == (second.pk, "draft")
    assert agent.post(f"/employer/new/{case.pk}/draft/", {"name": "试改"}).status_code == 404


def test_a_link_to_something_of_another_employer_of_theirs_asks_to_change_over(
    agent: Client, hall: Hall, second: Any
) -> None:
    case = hall.filed()
    agent.post(CHOOSE, {"employer": second.pk})
    address = reverse("employer:case", args=[case.pk])
    asked = agent.get(address, follow=True)
    assert f"属于{hall.employer.name}，切换到该单位后才能查看" in asked.content.decode()
    data = {"employer": hall.employer.pk, "next": address}
    assert agent.post(CHOOSE, data).headers["Location"] == address
    assert agent.get(address).status_code == 200


def test_the_employer_of_somebody_else_can_be_neither_chosen_nor_seen(
    agent: Client, make_employer: Callable[..., Any], make_user: Callable[..., Any], hall: Hall
) -> None:
    stranger = make_employer()
    theirs = Hall(
        employer=stranger,
        operator=make_user("employer_operator", employer=stranger),
        reviewer=hall.reviewer,
        now=hall.now,
    ).filed()
    for asked in (stranger.pk, "", "x", "9" * 30):
        assert agent.post(CHOOSE, {"employer": asked}).status_code == 404
    assert agent.get(reverse("employer:case", args=[theirs.pk])).status_code == 404


def test_a_right_taken_away_ends_the_choice(agent: Client, hall: Hall, second: Any) -> None:
    agent.post(CHOOSE, {"employer": second.pk}, follow=True)
    Grant.objects.filter(user=hall.operator, party=second.party).delete()
    page = agent.get("/employer/").content.decode()
    assert hall.employer.name in page and second.name not in page


@pytest.mark.parametrize(
    "next_page", ["https://example.org/", "//example.org/employer/", "/admin/"]
)
def test_the_way_on_leads_nowhere_else(agent: Client, second: Any, next_page: str) -> None:
    answer = agent.post(CHOOSE, {"employer": second.pk, "next": next_page})
    assert answer.headers["Location"] == "/employer/"


def test_whoever_has_no_choice_has_no_page_for_it(
    screen: Client, hall: Hall, at_screen: Callable[[Any], Client]
) -> None:
    assert screen.get(CHOOSE).status_code == 404
    assert at_screen(hall.reviewer).get(CHOOSE).status_code == 404
