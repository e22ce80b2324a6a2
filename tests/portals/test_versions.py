"""填报版本: what was filed stays to be read, whatever was filed since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse

from tests.contracts.making import Hall, answers
from tests.documents.papers import page_texts
from yonggong.accounts.models import AccessEntry
from yonggong.cases import kinds as case_kinds
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


def test_what_is_no_version_is_not_compared_with(mended: Case, screen: Client) -> None:
    assert "与第 1 版的不同" in text(screen.get(page("employer", mended, 2, against="²")))


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


def printed(answer: Any) -> str:
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    return "".join(page_texts(answer.content))


def print_url(space: str, case: Case, number: int) -> str:
    return reverse(f"{space}:case-version-print", args=[case.pk, number])


@pytest.mark.parametrize("space", ["employer", "bureau"])
def test_a_version_is_printed_as_it_was(
    mended: Case, screen: Client, at_screen: Callable[[Any], Client], hall: Hall, space: str
) -> None:
    seen = {"employer": screen, "bureau": at_screen(hall.reviewer)}[space]
    first, second = (printed(seen.get(print_url(space, mended, number))) for number in (1, 2))
    assert "理货员" in first and "收银员" not in first and "第1版" in first
    assert "收银员" in second and "理货员" not in second
    assert mended.number in first and hall.employer.name in first


def test_it_is_printed_on_the_form_it_was_filled_in_on(
    mended: Case, screen: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form has changed since: what was filed is printed on the one of that day."""
    kind = mended.definition
    label = kind.form.fields_by_name["job"].label
    later = replace(kind, form=kind.form.altered(job={"label": "后来的岗位名称"}))
    monkeypatch.setitem(case_kinds._KINDS, kind.name, later)
    shown = printed(screen.get(print_url("employer", mended, 1)))
    assert label in shown and "后来的岗位名称" not in shown


def test_a_print_masks_personal_data_unless_asked_for_and_recorded(
    mended: Case, screen: Client
) -> None:
    first = mended.versions.get(number=1).values_on(mended.definition.form)
    number, where = first["document_number"], print_url("employer", mended, 1)
    masked = printed(screen.get(where))
    assert number not in masked and "个人信息已遮蔽" in masked
    assert not AccessEntry.objects.filter(kind=AccessEntry.Kind.DOWNLOAD).exists()
    assert number in printed(screen.post(where))
    (entry,) = AccessEntry.objects.filter(kind=AccessEntry.Kind.DOWNLOAD)
    assert entry.subject == mended.reference and "第 1 版" in entry.detail


def test_who_may_not_see_personal_data_prints_it_masked_only(
    mended: Case, at_screen: Callable[[Any], Client], make_user: Any
) -> None:
    desk = at_screen(make_user("bureau_supervisor", region_code="220100"))
    where = print_url("bureau", mended, 1)
    first = mended.versions.get(number=1).values_on(mended.definition.form)
    assert first["document_number"] not in printed(desk.get(where))
    assert desk.post(where).status_code == 404


def test_a_version_that_is_not_there_is_not_printed(mended: Case, screen: Client) -> None:
    assert screen.get(print_url("employer", mended, 3)).status_code == 404


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
