"""其他事项 on the employer's pages: an invented item of several steps and a joint one, from the
first press to the end, with no page of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.cases import club, festival, regatta
from tests.cases.kite import KITE
from tests.contracts.making import Hall
from yonggong.cases.models import Case

pytestmark = pytest.mark.django_db


def begin(screen: Client, kind: str) -> Case:
    answer = screen.post(reverse("employer:item-begin", args=[kind]))
    assert answer.status_code == 302
    case = Case.objects.latest("pk")
    assert answer["Location"] == reverse("employer:item-form", args=[case.pk])
    return case


def send(screen: Client, case: Case, **answers: str) -> Any:
    address = reverse("employer:item-form", args=[case.pk])
    return screen.post(
        address, answers | {"ask": "submit", "idempotency_key": str(uuid4())}, follow=True
    )


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_every_kind_without_pages_of_its_own_can_be_begun(screen: Client) -> None:
    shown = text(screen.get(reverse("employer:item")))
    for kind in (club.MEMBERSHIP, regatta.ENTRY, festival.FESTIVAL):
        assert reverse("employer:item-begin", args=[kind.name]) in shown
    assert reverse("employer:item-begin", args=["contract.new"]) not in shown


def test_the_menu_leads_there(screen: Client) -> None:
    assert reverse("employer:item") in text(screen.get("/employer/"))


@pytest.mark.parametrize("kind", ["contract.new", "employer.initial", "nothing.known"])
def test_no_other_kind_is_begun_there(screen: Client, kind: str) -> None:
    assert screen.post(reverse("employer:item-begin", args=[kind])).status_code == 404
    assert not Case.objects.filter(state="draft").exists()


def test_it_is_filled_in_filed_and_listed(screen: Client) -> None:
    case = begin(screen, regatta.ENTRY.name)
    assert "已提交审核" in text(send(screen, case, boat="白鹭"))
    shown = text(screen.get(reverse("employer:item")))
    assert "白鹭" in shown and "待受理" in shown


def test_a_half_filled_form_is_kept(screen: Client) -> None:
    case = begin(screen, regatta.ENTRY.name)
    screen.post(reverse("employer:item-draft", args=[case.pk]), {"boat": "苍"})
    assert "苍" in text(screen.get(reverse("employer:item-form", args=[case.pk])))


def test_what_is_wrong_is_said_on_the_form(screen: Client) -> None:
    case = begin(screen, regatta.ENTRY.name)
    answer = send(screen, case, boat="")
    assert answer.status_code == 422 and "船名" in answer.content.decode()


def test_its_page_has_its_steps_and_takes_it_back(screen: Client) -> None:
    case = begin(screen, regatta.ENTRY.name)
    send(screen, case, boat="白鹭")
    address = reverse("employer:case", args=[case.pk])
    shown = text(screen.get(address))
    assert "办理环节" in shown and "受理" in shown and "撤回</button>" in shown
    screen.post(reverse("employer:case-withdraw", args=[case.pk]))
    shown = text(screen.get(address))
    assert "已撤回" in shown and "撤回</button>" not in shown


def test_a_joint_case_shows_its_items_and_lists_itself_alone(screen: Client) -> None:
    case = begin(screen, festival.FESTIVAL.name)
    send(screen, case, who="试一", since="2026-11-10", vessel="白鹭")
    items = list(Case.objects.get(pk=case.pk).children.all())
    shown = text(screen.get(reverse("employer:case", args=[case.pk])))
    assert len(items) == 2
    assert all(reverse("employer:case", args=[item.pk]) in shown for item in items)
    page = screen.get(reverse("employer:item")).context["page"]
    assert len(page.rows) == 1


def test_for_others_it_does_not_exist(
    screen: Client, at_screen: Callable[[Any], Client], others: dict[str, Any]
) -> None:
    case = begin(screen, regatta.ENTRY.name)
    send(screen, case, boat="白鹭")
    for stranger in map(at_screen, others.values()):
        assert stranger.post(reverse("employer:case-withdraw", args=[case.pk])).status_code == 404
        assert "白鹭" not in stranger.get(reverse("employer:item")).content.decode()


def test_an_application_begins_with_what_is_known_of_the_unit(screen: Client, hall: Hall) -> None:
    hall.employer.telephone = "0431-88888888"
    hall.employer.save()
    case = begin(screen, KITE.name)
    assert "0431-88888888" in text(screen.get(reverse("employer:item-form", args=[case.pk])))
