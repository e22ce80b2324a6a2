"""填报版本: what was filed stays to be read, whatever was filed since."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse

from tests.contracts.making import Hall, answers
from yonggong.cases.models import Case, Version

pytestmark = pytest.mark.django_db


@pytest.fixture
def mended(hall: Hall) -> Case:
    """A filing that was returned and filed again with another job."""
    case = hall.return_(hall.filed(job="理货员"))
    return hall.file("new", answers(today=hall.today, job="收银员"), case=case)


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def page(space: str, case: Case, number: int, **query: Any) -> Any:
    return reverse(f"{space}:case-version", args=[case.pk, number], query=query or None)


@pytest.mark.parametrize("space", ["employer", "bureau"])
def test_an_earlier_version_is_shown_as_it_was(
    mended: Case, screen: Client, at_screen: Callable[[Any], Client], hall: Hall, space: str
) -> None:
    seen = {"employer": screen, "bureau": at_screen(hall.reviewer)}[space]
    assert "理货员" in text(seen.get(page(space, mended, 1)))
    assert "收银员" not in text(seen.get(page(space, mended, 1)))


def test_a_version_is_compared_with_the_one_before_it(mended: Case, screen: Client) -> None:
    answer = screen.get(page("employer", mended, 2))
    assert "与第 1 版的不同" in text(answer)
    (change,) = [item for item in answer.context["changes"] if item.field == "job"]
    assert (change.old_text, change.new_text) == ("理货员", "收银员")


def test_any_two_can_be_compared(mended: Case, screen: Client) -> None:
    answer = screen.get(page("employer", mended, 1, against=2))
    (change,) = [item for item in answer.context["changes"] if item.field == "job"]
    assert (change.old_text, change.new_text) == ("收银员", "理货员")


def test_personal_data_is_masked(mended: Case, screen: Client) -> None:
    number = mended.values["document_number"]
    assert number not in text(screen.get(page("employer", mended, 1)))


@pytest.mark.parametrize("number", [0, 3, 99999])
def test_a_version_that_is_not_there_is_not_there(
    mended: Case, screen: Client, number: int
) -> None:
    assert screen.get(page("employer", mended, number)).status_code == 404
    assert screen.get(page("employer", mended, 1, against=number)).status_code == 404


def test_the_case_names_its_versions_once_there_are_several(
    mended: Case, screen: Client, hall: Hall
) -> None:
    shown = text(screen.get(reverse("employer:case", args=[mended.pk])))
    assert "填报版本" in shown and page("employer", mended, 1) in shown
    assert "填报版本" not in text(screen.get(reverse("employer:case", args=[hall.filed().pk])))


def test_whom_the_case_does_not_exist_for_sees_no_version(
    mended: Case, at_screen: Callable[[Any], Client], others: dict[str, Any]
) -> None:
    for stranger in others.values():
        assert at_screen(stranger).get(page("employer", mended, 1)).status_code == 404


def test_amending_adds_a_version_and_changes_none(mended: Case) -> None:
    first, second = mended.versions.order_by("number")
    assert (first.number, second.number, mended.current_id) == (1, 2, second.pk)
    assert first.data["job"] == "理货员"


@pytest.mark.parametrize(
    "act", ["UPDATE cases_version SET number = 9", "DELETE FROM cases_version"]
)
def test_the_application_may_not_change_or_delete_a_version(mended: Case, act: str) -> None:
    from django.conf import settings

    role = connection.ops.quote_name(settings.APPLICATION_ROLE)
    with (
        pytest.raises((ProgrammingError, InternalError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SET LOCAL ROLE {role}")
        cursor.execute(act)
    assert Version.objects.filter(case=mended).count() == 2
