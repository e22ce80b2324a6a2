"""Two tabs, two employers, or two people: what was opened for one is never done for another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, reverse

from tests.contracts.making import Hall, answers
from tests.portals.tabs import Tab, hidden
from yonggong.accounts.models import Grant
from yonggong.batch.models import Batch
from yonggong.cases import queries as case_queries
from yonggong.cases.models import Case
from yonggong.portals.employer import urls

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(hall: Hall, make_employer: Callable[..., Any]) -> Any:
    employer = make_employer(name="长春第二试验有限公司")
    Grant.objects.create(user=hall.operator, role="employer_operator", party=employer.party)
    return employer


@pytest.fixture(params=["an operator of both", "a clerk at the counter"])
def person(
    request: pytest.FixtureRequest, hall: Hall, second: Any, agency: Any, make_user: Any
) -> Any:
    if request.param == "an operator of both":
        return hall.operator
    return make_user("counter_clerk", agency=agency, region_code="220104")


@pytest.fixture
def screen(person: Any) -> Client:
    client = Client()
    client.post("/sign-in/", {"username": person.username, "password": "Yonggong-2026"})
    return client


def take_up(screen: Client, person: Any, employer: Any) -> Any:
    """Choose an employer in some tab; the first page that shows."""
    if person.username.startswith("counter"):
        return screen.post(reverse("bureau:counter-begin", args=[employer.pk]), follow=True)
    return screen.post(reverse("employer:choose"), {"employer": employer.pk}, follow=True)


def carried(page: Any) -> dict[str, str]:
    text = page.content.decode()
    return {name: hidden(text, name) for name in ("opened_by", "opened_for")}


@pytest.fixture
def first_tab(screen: Client, person: Any, hall: Hall) -> Tab:
    """A form begun for the first employer."""
    page = take_up(screen, person, hall.employer)
    return Tab(screen, screen.post("/employer/new/add/", carried(page))["Location"])


def refused(answer: Any, hall: Hall, second: Any) -> bool:
    text = answer.content.decode()
    return answer.status_code == 409 and hall.employer.name in text and second.name in text


def test_a_form_opened_for_one_is_not_filed_for_the_other_and_what_was_typed_is_kept(
    screen: Client, person: Any, first_tab: Tab, hall: Hall, second: Any
) -> None:
    take_up(screen, person, second)
    answer = first_tab.press("submit", **answers(today=hall.today, name="试甲"))
    assert refused(answer, hall, second) and "切换到" in answer.content.decode()
    case = Case.objects.get()
    assert (case.state, case.applicant_id) == ("draft", hall.employer.pk)
    assert case_queries.typed_in(case)["name"] == "试甲"
    # Changed back over, the form goes on and is filed for the first.
    take_up(screen, person, hall.employer)
    first_tab.open()
    assert first_tab.press("submit").status_code == 302
    assert Case.objects.get().values["name"] == "试甲"


def test_what_is_typed_meanwhile_is_kept_for_the_first_and_told(
    screen: Client, person: Any, first_tab: Tab, hall: Hall, second: Any
) -> None:
    take_up(screen, person, second)
    sent = {"name": "试甲"} | first_tab.carried
    answer = screen.post(f"{first_tab.address}draft/", sent, headers={"X-Part": "1"})
    assert answer.status_code == 409 and answer["Content-Type"] == "application/json"
    said = answer.json()
    assert hall.employer.name in said["message"] and second.name in said["message"]
    assert case_queries.typed_in(Case.objects.get())["name"] == "试甲"
    # And again: its own saves are no conflict.
    first_tab.revision = answer.headers["X-Revision"]
    assert case_queries.conflicting_drafts(Case.objects.get()).count() == 0


def test_a_workbook_is_not_taken_for_the_other(
    screen: Client, person: Any, hall: Hall, second: Any
) -> None:
    take_up(screen, person, hall.employer)
    page = screen.get(reverse("employer:batch-new"))
    take_up(screen, person, second)
    sent = carried(page) | {
        "kind": "contract.new",
        "idempotency_key": str(uuid4()),
        "file": SimpleUploadedFile("名单.xlsx", b"PK\x03\x04"),
    }
    assert refused(screen.post(reverse("employer:batch-new"), sent), hall, second)
    assert not Batch.objects.exists()


def test_a_form_that_names_no_employer_is_not_taken_where_there_is_a_choice(
    screen: Client, person: Any, hall: Hall
) -> None:
    take_up(screen, person, hall.employer)
    assert screen.post("/employer/new/add/").status_code == 409
    assert not Case.objects.exists()


def test_a_page_of_the_other_is_not_shown_but_leads_there(
    screen: Client, person: Any, first_tab: Tab, hall: Hall, second: Any
) -> None:
    take_up(screen, person, second)
    shown = screen.get(first_tab.address, follow=True).content.decode()
    assert hall.employer.name in shown and "切换到该单位后才能查看" in shown


def test_nothing_is_told_of_employers_that_are_none_of_theirs(
    screen: Client, person: Any, hall: Hall, make_employer: Callable[..., Any]
) -> None:
    take_up(screen, person, hall.employer)
    stranger = make_employer(name="乌海陌生有限公司", region_code="150302")
    for named in (stranger.pk, 10**30, "x", "-1"):
        answer = screen.post("/employer/new/add/", {"opened_for": named})
        assert answer.status_code == 409 and stranger.name not in answer.content.decode()


def _names() -> list[str]:
    return sorted(
        {item.name for item in urls.urlpatterns if isinstance(item, URLPattern) and item.name}
    )


@pytest.mark.parametrize("name", [name for name in _names() if name != "choose"])
def test_no_act_of_this_portal_is_done_for_the_other(
    at_screen: Any, second: Any, hall: Hall, name: str
) -> None:
    """Whatever address is posted to, it is refused before the page is even asked."""
    pattern = next(item for item in urls.urlpatterns if item.name == name).pattern  # type: ignore[union-attr]
    given = {key: _any(converter) for key, converter in pattern.converters.items()}
    address = reverse(f"employer:{name}", kwargs=given)
    client = at_screen(hall.operator)
    client.post(reverse("employer:choose"), {"employer": second.pk})
    answer = client.post(address, {"opened_for": hall.employer.pk})
    assert answer.status_code == 409 and hall.employer.name in answer.content.decode()


def _any(converter: Any) -> Any:
    kind = type(converter).__name__
    return {"IntConverter": 1, "UUIDConverter": uuid4()}.get(kind, "x")


def test_who_ended_the_counter_is_told_so(
    make_user: Any, agency: Any, hall: Hall, second: Any
) -> None:
    clerk = make_user("counter_clerk", agency=agency, region_code="220104")
    screen = Client()
    screen.post("/sign-in/", {"username": clerk.username, "password": "Yonggong-2026"})
    page = take_up(screen, clerk, hall.employer)
    tab = Tab(screen, screen.post("/employer/new/add/", carried(page))["Location"])
    screen.post(reverse("bureau:counter-end"))
    answer = tab.press("submit", **answers(today=hall.today, name="试甲"))
    text = answer.content.decode()
    assert answer.status_code == 409 and hall.employer.name in text and "没有选择办理的单位" in text
    assert case_queries.typed_in(Case.objects.get())["name"] == "试甲"


def test_another_person_does_not_send_the_form_of_the_first(hall: Hall, make_user: Any) -> None:
    """Neither in this portal nor in any: the first one's page stands in a browser where somebody
    else has signed in since."""
    other = make_user("employer_operator", employer=hall.employer)
    screen = Client()
    screen.post("/sign-in/", {"username": hall.operator.username, "password": "Yonggong-2026"})
    page = screen.get("/employer/")
    tab = Tab(screen, screen.post("/employer/new/add/", carried(page))["Location"])
    screen.post("/sign-out/")
    screen.post("/sign-in/", {"username": other.username, "password": "Yonggong-2026"})
    answer = tab.press("submit", **answers(today=hall.today))
    assert answer.status_code == 409 and "由另一账号打开" in answer.content.decode()
    assert other.username in answer.content.decode()
    assert hall.operator.username not in answer.content.decode()
    case = Case.objects.get()
    assert case.state == "draft" and case_queries.typed_in(case) == {}
    sent = carried(page) | {"mobile": "16012345678", "email": ""}
    assert screen.post("/account/", sent).status_code == 409


def test_who_is_signed_in_is_told_to_the_pages_script_alone(screen: Client, person: Any) -> None:
    assert screen.get("/session/").json() == {"user": str(person.pk)}
    assert Client().get("/session/").json() == {"user": ""}
