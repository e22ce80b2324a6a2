"""A power holds where it was given: another grant's place does not widen it (NMG-10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.contracts.making import Hall
from tests.portals.test_bureau_counter import begin, file_new
from tests.portals.test_employer_rosters import choose, save
from yonggong.accounts.models import AccessEntry, Grant, User
from yonggong.contracts.models import Filing
from yonggong.documents.models import Document
from yonggong.registry import doubtful
from yonggong.registry.models import Agency

pytestmark = pytest.mark.django_db
NEIGHBOUR = "220102"


@pytest.fixture
def neighbour(
    make_employer: Callable[..., Any], make_user: Callable[..., Any], hall: Hall
) -> Filing:
    """A filing with an employer of the county next door, and its agency."""
    agency = Agency.objects.create(name="邻县受理机构", level="county", region_code=NEIGHBOUR)
    employer = make_employer(region_code=NEIGHBOUR, name="邻县试验有限公司", agency=agency)
    there = Hall(
        employer=employer,
        operator=make_user("employer_operator", employer=employer),
        reviewer=make_user("reviewer", agency=agency, region_code=NEIGHBOUR),
        now=hall.now,
    )
    return there.approved().filing


@pytest.fixture
def of_two_places(hall: Hall) -> User:
    """The county's reviewer, who is also supervisor of the whole province."""
    user: User = hall.reviewer
    Grant.objects.create(user=user, role="bureau_supervisor", region_code="220000")
    return User.objects.get(pk=user.pk)


def _exported(client: Client, name: str) -> str:
    answer: Any = client.post(
        reverse(f"bureau:{name}"), {"ask": "export", "export": "csv", "reason": "核对"}
    )
    return b"".join(answer.streaming_content).decode()


def test_an_export_shows_whole_numbers_only_where_the_power_holds(
    of_two_places: User, hall: Hall, neighbour: Filing, at_screen: Callable[[Any], Client]
) -> None:
    own = hall.approved().filing
    sheet = _exported(at_screen(of_two_places), "contracts")
    assert own.worker.document_number in sheet
    assert neighbour.name in sheet and neighbour.worker.document_number not in sheet
    assert "仍脱敏" in sheet


def test_a_contact_s_mobile_is_whole_only_where_the_power_holds(
    of_two_places: User, hall: Hall, neighbour: Filing, at_screen: Callable[[Any], Client]
) -> None:
    for employer, mobile in ((hall.employer, "16612345678"), (neighbour.employer, "16687654321")):
        employer.keep_sealed("contact_mobile", mobile)
        employer.save()
    client = at_screen(of_two_places)
    chosen = {"ask": "columns", "columns": ["name", "contact_mobile"]}
    client.post(reverse("bureau:employers"), chosen)
    sheet = _exported(client, "employers")
    assert "16612345678" in sheet
    assert neighbour.employer.name in sheet and "16687654321" not in sheet


def test_one_case_of_the_neighbour_stays_masked_and_a_look_is_a_404(
    of_two_places: User, neighbour: Filing, at_screen: Callable[[Any], Client]
) -> None:
    client, case = at_screen(of_two_places), neighbour.case
    page = client.get(reverse("bureau:case", args=[case.pk]))
    assert page.status_code == 200
    assert neighbour.worker.document_number not in page.content.decode()
    assert client.post(reverse("bureau:case-whole", args=[case.pk])).status_code == 404


def test_a_code_is_decided_on_only_where_one_reviews(
    of_two_places: User, hall: Hall, at_screen: Callable[[Any], Client]
) -> None:
    there = doubtful.state_code(
        credit_code="91220102MA0000000A", name="邻县试验", region_code=NEIGHBOUR,
        evidence="执照如此", by=None, at=hall.now,
    )  # fmt: skip
    client = at_screen(of_two_places)
    page = client.get(reverse("bureau:codes")).content.decode()
    place = reverse("bureau:codes-decide", args=[there.pk])
    assert there.credit_code in page and place not in page
    assert client.post(place, {"verdict": "confirm", "opinion": "一致"}).status_code == 404
    there.refresh_from_db()
    assert there.state == there.State.STATED


# --- at the counter -------------------------------------------------------------------------


@pytest.fixture
def clerk(make_user: Callable[..., Any], agency: Any) -> Any:
    return make_user("counter_clerk", agency=agency, region_code="220104")


@pytest.fixture
def counter(clerk: Any, hall: Hall, at_screen: Callable[[Any], Client]) -> Client:
    client = at_screen(clerk)
    begin(client, hall.employer)
    return client


def test_an_old_roster_is_not_read_at_the_counter(counter: Client, hall: Hall) -> None:
    old = hall.roster(hall.approved())
    page = counter.get(reverse("employer:rosters-paper", args=[old.pk])).content.decode()
    assert "由他人生成" in page and "<iframe" not in page
    assert counter.get(reverse("employer:rosters-pdf", args=[old.pk])).status_code == 404
    assert not AccessEntry.objects.filter(kind=AccessEntry.Kind.PERSONAL).exists()


def test_a_roster_made_at_the_counter_is_read_there_and_the_look_recorded(
    counter: Client, clerk: Any, hall: Hall
) -> None:
    save(counter, choose(counter, "new", hall.approved()))
    made = Document.objects.get()
    AccessEntry.objects.all().delete()
    assert counter.get(reverse("employer:rosters-pdf", args=[made.pk])).status_code == 200
    entry = AccessEntry.objects.filter(kind=AccessEntry.Kind.PERSONAL).get()
    assert (entry.user, entry.subject) == (clerk, made.reference)


def test_a_returned_case_that_others_typed_is_not_opened_at_the_counter(
    counter: Client, hall: Hall
) -> None:
    case = hall.return_(hall.filed())
    answer = counter.get(reverse("employer:new-form", args=[case.pk]), follow=True)
    page = answer.content.decode()
    assert "由他人填报" in page
    assert case.values["document_number"] not in page


def test_one_s_own_returned_case_is_mended_at_the_counter(counter: Client, hall: Hall) -> None:
    case = hall.return_(file_new(counter, hall))
    page = counter.get(reverse("employer:new-form", args=[case.pk])).content.decode()
    assert case.values["document_number"] in page
