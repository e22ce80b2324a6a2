"""SX-6: on a process group for one network the pages of the other do not exist."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.browser.steps import PASSWORD
from tests.contracts.making import Hall
from yonggong.accounts.actions import create_user
from yonggong.accounts.models import AccessEntry, Grant, User

pytestmark = pytest.mark.django_db
PUBLIC, OFFICE = ("employer", "person"), ("bureau", "admin")
_WORDS = {"IntConverter": 1, "UUIDConverter": uuid4()}


def addresses(portal: str) -> list[str]:
    """Every address of a portal, with something for what varies."""
    patterns = import_module(f"yonggong.portals.{portal}.urls").urlpatterns
    return [
        reverse(
            f"{portal}:{pattern.name}",
            kwargs={
                name: pattern.default_args.get(name, _WORDS.get(type(converter).__name__, "x"))
                for name, converter in pattern.pattern.converters.items()
            },
        )
        for pattern in patterns
    ]


@pytest.fixture
def both(hall: Hall, at_screen: Callable[[Any], Client]) -> Client:
    """Somebody with a role on either network."""
    reviewer = hall.reviewer
    Grant.objects.create(user=reviewer, role="employer_operator", party=hall.employer.party)
    return at_screen(User.objects.get(pk=reviewer.pk))


@pytest.mark.parametrize(("network", "gone"), [("public", OFFICE), ("office", PUBLIC)])
def test_no_page_of_the_other_network_exists(
    both: Client, client: Client, settings: Any, network: str, gone: tuple[str, ...]
) -> None:
    settings.NETWORK = network
    for portal in gone:
        for address in addresses(portal):
            for asker in (both, client):
                assert asker.get(address).status_code == 404, address
                assert asker.post(address).status_code == 404, address


@pytest.mark.parametrize(("network", "home"), [("public", "employer"), ("office", "bureau")])
def test_who_works_on_both_is_led_to_what_is_here(
    both: Client, settings: Any, network: str, home: str
) -> None:
    settings.NETWORK = network
    answer = both.get("/", follow=True)
    assert answer.redirect_chain[-1][0] == reverse(f"{home}:home")
    shown = answer.content.decode()
    assert "单位办事" not in shown and "机构工作台" not in shown, "no way leads to the other"


@pytest.mark.parametrize(
    ("network", "who", "other"),
    [("public", "reviewer", "人社业务专网"), ("office", "operator", "互联网")],
)
def test_an_account_of_the_other_network_does_not_sign_in(
    client: Client, hall: Hall, settings: Any, network: str, who: str, other: str
) -> None:
    settings.NETWORK = network
    name = getattr(hall, who).username
    right = client.post(reverse("sign-in"), {"username": name, "password": PASSWORD})
    assert right.status_code == 422 and f"请从{other}登录" in right.content.decode()
    # Who does not know the password is told nothing of the account.
    wrong = client.post(reverse("sign-in"), {"username": name, "password": "wrong"})
    assert other not in wrong.content.decode()
    assert "_auth_user_id" not in client.session
    assert AccessEntry.objects.filter(kind="sign_in_failed").count() == 2


def test_a_session_of_the_other_network_reaches_nothing(
    hall: Hall, at_screen: Callable[[Any], Client], settings: Any
) -> None:
    window = at_screen(hall.reviewer)
    settings.NETWORK = "public"
    for address in ("/", "/messages/", "/account/", reverse("bureau:queue")):
        assert window.get(address).status_code == 404, address
    assert window.post(reverse("sign-out")).status_code == 302


@pytest.mark.parametrize(("network", "status"), [("public", 200), ("office", 404), ("", 200)])
def test_employers_register_from_their_network_alone(
    client: Client, settings: Any, network: str, status: int
) -> None:
    settings.NETWORK = network
    assert client.get(reverse("register")).status_code == status
    shown = client.get(reverse("sign-in")).content.decode()
    assert (reverse("register") in shown) == (status == 200)


@pytest.mark.parametrize(("network", "status"), [("public", 200), ("office", 404), ("", 200)])
def test_people_come_in_and_ask_after_their_case_from_the_public_network_alone(
    client: Client, settings: Any, network: str, status: int
) -> None:
    settings.NETWORK = network
    shown = client.get("/").content.decode()
    for name in ("sign-in-person", "progress"):
        assert client.get(reverse(name)).status_code == status
        assert (reverse(name) in shown) == (status == 200)


@pytest.mark.parametrize(("network", "status"), [("public", 200), ("office", 404), ("", 200)])
def test_employers_are_claimed_from_their_network_alone(
    at_screen: Callable[[Any], Client], settings: Any, network: str, status: int
) -> None:
    """By accounts without any role, too."""
    create_user(
        username="newcomer", name="试安澜", password=PASSWORD, must_change_password=False, by=None
    )
    window = at_screen(User.objects.get(username="newcomer"))
    settings.NETWORK = network
    for name in ("claims", "claims-add"):
        assert window.get(reverse(name)).status_code == status


def test_a_counter_files_for_employers_on_the_bureaus_network(
    hall: Hall, make_user: Callable[..., Any], at_screen: Callable[[Any], Client], settings: Any
) -> None:
    settings.NETWORK = "office"
    desk = at_screen(make_user("counter_clerk", agency=hall.employer.agency, region_code="220104"))
    assert desk.get(reverse("employer:home")).status_code == 404
    desk.post(reverse("bureau:counter-begin", args=[hall.employer.pk]))
    assert desk.get(reverse("employer:home")).status_code == 200
    assert desk.get(reverse("guide:chapter", args=["employer"])).status_code == 200


def test_the_office_s_guide_is_not_on_the_public_network(
    both: Client, hall: Hall, settings: Any
) -> None:
    settings.NETWORK = "public"
    for name in ("bureau", "counter", "inspector"):
        assert both.get(reverse("guide:chapter", args=[name])).status_code == 404
    assert both.get(reverse("guide:chapter", args=["employer"])).status_code == 200
