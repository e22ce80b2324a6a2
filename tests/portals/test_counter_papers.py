"""Papers of a counter: the receipt of what came in, and blank forms of everything, made from the forms'
descriptions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.contracts.making import Hall
from tests.documents.papers import page_texts
from yonggong.annual.tables import TABLES
from yonggong.cases.kinds import all_kinds
from yonggong.documents.blank import print_blank
from yonggong.entitlements.declaring import SORTS

pytestmark = pytest.mark.django_db


def receipt_of(client: Client, case: Any) -> str:
    answer = client.get(reverse("employer:case-receipt", args=[case.pk]))
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    return "".join(page_texts(b"".join(answer)))


def test_what_a_clerk_typed_has_a_receipt_that_names_counter_and_clerk(
    hall: Hall, make_user: Any, at_screen: Callable[[Any], Client]
) -> None:
    clerk = make_user("counter_clerk", agency=hall.employer.agency, region_code="220104")
    desk = at_screen(clerk)
    desk.post(reverse("bureau:counter-begin", args=[hall.employer.pk]))
    case = hall.filed(name="试回执")
    type(case).objects.filter(pk=case.pk).update(filed_by=clerk, counter=hall.employer.agency)
    page = desk.get(reverse("employer:case", args=[case.pk])).content.decode()
    assert reverse("employer:case-receipt", args=[case.pk]) in page
    said = receipt_of(desk, case)
    counter = hall.employer.agency.name
    for part in (
        "劳动用工备案回执", case.number, hall.employer.name, hall.employer.credit_code,
        f"{clerk.name}（{counter}代录）", "试回执", "已收材料无",
    ):  # fmt: skip
        assert part in said


def test_what_did_not_come_in_has_none_and_a_stranger_gets_nothing(
    hall: Hall, screen: Client, others: dict[str, Any], at_screen: Callable[[Any], Client]
) -> None:
    case = hall.filed()
    address = reverse("employer:case-receipt", args=[case.pk])
    assert all(at_screen(user).get(address).status_code == 404 for user in others.values())
    type(case).objects.filter(pk=case.pk).update(state="voided")
    assert screen.get(address).status_code == 404
    assert address not in screen.get(reverse("employer:case", args=[case.pk])).content.decode()


def test_every_kind_has_a_blank_form_with_each_of_its_questions() -> None:
    for kind in all_kinds():
        said = "".join(page_texts(print_blank(kind, timezone.localdate()))).replace(" ", "")
        assert f"{kind.title}（空白样表）".replace(" ", "") in said
        missing = [
            field.label
            for field in kind.form.fields
            if field.by != "office" and not field.read_only
            if field.label.replace(" ", "")[:4] not in said
        ]
        assert not missing, kind.name


def test_few_choices_are_printed_to_be_ticked() -> None:
    kind = next(one for one in all_kinds() if one.name == "contract.new")
    said = "".join(page_texts(print_blank(kind, timezone.localdate())))
    assert "□男" in said.replace(" ", "")


def test_anybody_may_print_them(client: Client) -> None:
    page = client.get(reverse("blank-forms")).content.decode()
    assert reverse("blank-form", args=["contract.new"]) in page and "空白样表" in page
    answer = client.get(reverse("blank-form", args=["contract.new"]))
    assert answer.status_code == 200 and b"".join(answer).startswith(b"%PDF")
    assert client.get(reverse("blank-form", args=["no.such"])).status_code == 404


def test_tables_of_persons_have_a_blank_one_with_each_column(client: Client) -> None:
    listed = client.get(reverse("blank-forms")).content.decode()
    for form in (*TABLES.values(), *(sort.form for sort in SORTS.values())):
        place = reverse("blank-form", args=[form.name])
        assert place in listed
        said = "".join("".join(page_texts(b"".join(client.get(place)))).split())
        assert ("待核" in said) is (form in TABLES.values())
        assert form.title in said and not [
            field.label for field in form.fields if field.label not in said
        ]
