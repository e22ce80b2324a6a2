"""Calculators open to anyone: the result, its steps with articles, and what is wrong beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from yonggong.portals.navigation import MENUS
from yonggong.portals.public.calculators import CALCULATORS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "asked", "result", "article"),
    [
        (
            "severance",
            {
                "ground": "3601",
                "service_start_on": "2020-01-01",
                "ended_on": "2026-06-30",
                "average_pay": "8000",
            },
            "56,000.00 元",
            "《劳动合同法》第四十七条",
        ),
        (
            "severance",
            {
                "ground": "3701",
                "service_start_on": "2020-01-01",
                "ended_on": "2026-06-30",
                "average_pay": "8000",
            },
            "不需支付经济补偿",
            "《劳动合同法》第四十六条",
        ),
        (
            "probation",
            {"term_type": "1", "start_on": "2026-01-01", "end_on": "2028-12-31"},
            "最长 6 个月",
            "《劳动合同法》第十九条",
        ),
        (
            "retirement",
            {"birth_on": "1965-01-15", "sex": "1"},
            "2025-02-15",
            "《渐进式延迟法定退休年龄办法》第一条",
        ),
        (
            "open-ended",
            {"service_start_on": "2018-03-01"},
            "2028-03-01 起",
            "《劳动合同法》第十四条",
        ),
        (
            "open-ended",
            {
                "service_start_on": "2022-01-01",
                "start_1": "2022-01-01",
                "end_1": "2023-12-31",
                "start_2": "2024-01-01",
                "end_2": "2025-12-31",
                "start_3": "2026-01-01",
                "end_3": "2027-12-31",
            },
            # Whatever followed the second was due open-ended.
            "2026-01-01 起",
            "《劳动合同法》第十四条第二款第（三）项",
        ),
        (
            "medical-period",
            {
                "service_start_on": "2021-01-01",
                "sick_on": "2026-03-01",
                "first_work_on": "2010-01-01",
            },
            "9 个月",
            "《医疗期规定》第三条",
        ),
        (
            "working-days",
            {"start_on": "2026-09-30", "days": "1"},
            "2026-10-08",
            "《民法典》第二百零一条",
        ),
    ],
)
def test_it_reckons_and_cites(name: str, asked: dict[str, str], result: str, article: str) -> None:
    answer = Client().get(reverse("calculator", args=[name]), asked)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert result in page
    assert article in page


@pytest.mark.parametrize("name", sorted(CALCULATORS))
def test_it_opens_empty_and_is_linked(name: str) -> None:
    url = reverse("calculator", args=[name])
    assert Client().get(url).status_code == 200
    assert url in Client().get(reverse("calculators")).content.decode()


def test_what_is_missing_is_said_beside_it() -> None:
    answer = Client().get(reverse("calculator", args=["retirement"]), {"sex": "2"})
    assert answer.status_code == 422
    assert "请填写出生日期" in answer.content.decode()


def test_a_day_before_the_first_is_refused_in_words() -> None:
    asked = {
        "ground": "3601",
        "service_start_on": "2026-01-01",
        "ended_on": "2020-01-01",
        "average_pay": "8000",
    }
    answer = Client().get(reverse("calculator", args=["severance"]), asked)
    assert answer.status_code == 422


def test_sending_leads_to_an_address_that_can_be_passed_on() -> None:
    answer = Client().post(
        reverse("calculator", args=["working-days"]), {"start_on": "2026-09-30", "days": "3"}
    )
    assert answer.status_code == 302
    assert answer["Location"].endswith("?start_on=2026-09-30&days=3")


def test_an_unknown_calculator_does_not_exist() -> None:
    assert Client().get("/calculators/horoscope/").status_code == 404


@pytest.mark.parametrize("address", ["/calculators/", "/calculators/severance/"])
def test_who_is_signed_in_keeps_menu_and_name(
    client: Client, at_screen: Callable[..., Client], make_user: Callable[..., Any], address: str
) -> None:
    open_to_all = client.get(address).content.decode()
    assert 'id="yg-nav"' not in open_to_all
    user = make_user("bureau_supervisor", region_code="220100")
    page = at_screen(user).get(address).content.decode()
    assert user.name in page
    menu = page[page.index('id="yg-nav"') : page.index("</nav>")]
    assert '<a href="/calculators/" class="active" aria-current="page">' in menu
    assert '"/bureau/queue/"' in menu or '"/bureau/employers/"' in menu
    assert page.count("<h1>") == 1


@pytest.mark.parametrize("portal", ["employer", "bureau", "admin"])
def test_the_calculators_stand_in_every_menu(portal: str) -> None:
    items = [item.url_name for section in MENUS[portal] for item in section.items]  # type: ignore[index]
    assert "calculators" in items
