"""劳动合同申报作废 on the page: JL-8."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.contracts.making import Hall
from yonggong.contracts.models import Filing

pytestmark = pytest.mark.django_db


def done(screen: Client, *cases: Any, key: str = "") -> str:
    answer = screen.post(
        reverse("employer:void-done"),
        {"ids": [case.pk for case in cases], "idempotency_key": key or str(uuid4())},
        follow=True,
    )
    return str(answer.content.decode())


def test_the_list_has_only_what_can_be_voided(screen: Client, hall: Hall) -> None:
    hall.filed(name="试未审核")
    hall.return_(hall.filed(name="试不通过"))
    hall.approved(name="试通过")
    page = screen.get(reverse("employer:void")).context["page"]
    assert {row.cells[0].text for row in page.rows} == {"试未审核", "试不通过"}


def test_it_asks_before_it_voids(screen: Client, hall: Hall) -> None:
    case = hall.filed(name="试作废")
    answer = screen.post(reverse("employer:void-confirm"), {"ids": [case.pk]})
    assert "试作废" in answer.content.decode() and "确认作废" in answer.content.decode()
    assert Filing.objects.get().state == "pending"


@pytest.mark.parametrize("key", ["9" * 30, "9" * 5000, "²", "x"])
def test_what_is_no_row_voids_nothing(screen: Client, hall: Hall, key: str) -> None:
    case = hall.filed()
    sent = {"ids": [key], "idempotency_key": str(uuid4())}
    for name in ("void-confirm", "void-done"):
        answer = screen.post(reverse(f"employer:{name}"), sent, follow=True)
        assert answer.status_code == 200
    case.refresh_from_db()
    assert case.state == "pending"


def test_several_are_voided_together(screen: Client, hall: Hall) -> None:
    cases = [hall.filed(), hall.return_(hall.filed())]
    assert "已作废 2 份备案" in done(screen, *cases)
    assert set(Filing.objects.values_list("state", flat=True)) == {"voided"}


def test_what_was_approved_meanwhile_stays_and_is_named(screen: Client, hall: Hall) -> None:
    pending, approved = hall.filed(), hall.approved(name="试已审")
    shown = done(screen, pending, approved)
    assert "已作废 1 份备案" in shown and "没有作废：试已审" in shown
    assert Filing.objects.get(case=approved).state == "approved"


def test_the_same_key_voids_once(screen: Client, hall: Hall) -> None:
    case, key = hall.filed(), str(uuid4())
    done(screen, case, key=key)
    assert "已作废 1 份备案" in done(screen, case, key=key)
    assert case.events.filter(action="void").count() == 1


def test_nothing_chosen_nothing_done(screen: Client, hall: Hall) -> None:
    answer = screen.post(reverse("employer:void-confirm"), follow=True)
    assert "请先勾选" in answer.content.decode()


def test_another_employers_filing_is_not_voided(
    hall: Hall, at_screen: Any, others: dict[str, Any]
) -> None:
    case = hall.filed()
    done(at_screen(others["another employer"]), case)
    assert Filing.objects.get(case=case).state == "pending"
