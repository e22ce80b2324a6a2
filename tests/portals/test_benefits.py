"""Amounts and time limits of the service standard, open to anyone: by function, by rule, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from yonggong import catalogue
from yonggong.benefits.functions import FUNCTIONS
from yonggong.cases import items
from yonggong.cases.item_models import ItemVersion
from yonggong.registry.models import Agency
from yonggong.services.reckoning import computable

pytestmark = pytest.mark.django_db


def page(client: Client, item: str, rule: int, **asked: str) -> str:
    answer = client.get(reverse("benefit", args=[item, rule]), asked)
    assert answer.status_code == (422 if asked.get("bad") else 200)
    return answer.content.decode()


def test_a_rule_is_reckoned_with_its_steps_and_its_source(client: Client) -> None:
    said = page(client, "unemployment-benefit-claim", 3, years="12", left="3")
    assert "24 个月" in said and "累计缴费 12 年，可以领取 24 个月" in said
    assert "服务标准（2024）第" in said and "失业保险金申领" in said


def test_what_the_standard_does_not_print_says_so(client: Client) -> None:
    said = page(client, "work-injury-disability-benefits", 3, grade="一级", wage="4000")
    assert "108,000.00 元" in said and "依法条，服务标准未写明，待核" in said


def test_what_depends_on_nothing_asks_nothing(client: Client) -> None:
    assert "10,000.00 元" in page(client, "one-off-startup-subsidy", 0)


def test_what_cannot_be_is_told_at_the_form(client: Client) -> None:
    asked = {"gone": "5", "staff": "4", "bad": "1"}
    assert "职工总数少于裁减人数" in page(client, "economic-layoff-report", 0, **asked)


def test_each_function_leads_to_its_rules(client: Client) -> None:
    assert all(
        function.title in client.get(reverse("benefits")).content.decode()
        for function in FUNCTIONS.values()
    )
    rules = client.get(reverse("benefit-function", args=["subsidy-span"])).content.decode()
    assert "公益性岗位补贴" in rules
    assert client.get(reverse("benefit-function", args=["funeral"])).status_code == 302
    assert client.get(reverse("benefit-function", args=["nothing"])).status_code == 404
    assert client.get(reverse("benefit", args=["work-injury-recognition", 14])).status_code == 404


@pytest.fixture
def nothing_left() -> Iterator[None]:
    """What a test adds ends with it, in this process too."""
    items.forget()
    yield
    items.forget()


@pytest.mark.usefixtures("nothing_left")
def test_a_rule_is_reckoned_as_it_holds_where_the_visitor_is(client: Client) -> None:
    """Another version of an item for one city is that city's alone, whatever was added last."""
    key, place = "unemployment-benefit-claim", 3
    for region, name in (
        ("150000", "自治区人社厅"),
        ("150100", "呼和浩特市人社局"),
        ("150200", "包头市人社局"),
    ):
        Agency.objects.create(name=name, level="prefecture", region_code=region)
    standard = ItemVersion.objects.get(key=key)
    said = deepcopy(standard.content)
    said["name"] = "试行申领"
    ItemVersion.objects.create(
        key=key, number=2, region_code="150200", title="试行申领", content=said, sha256="试",
        at=standard.at,
    )  # fmt: skip
    items.refresh()
    assert "试行申领" in page(client, key, place, region="150200")
    asked = page(client, key, place, region="150100", years="12", left="3")
    assert "试行申领" not in asked and "24 个月" in asked
    sent = client.post(f"{reverse('benefit', args=[key, place])}?region=150200", {"years": "12"})
    assert sent.url.endswith("?region=150200&years=12")


def test_the_items_of_a_function_are_read_together(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    items.forget()
    with django_assert_max_num_queries(10):
        client.get(reverse("benefit-function", args=["within"]))


def test_each_computable_rule_has_a_form() -> None:
    for item in catalogue.book():
        for one in computable(item):
            asked = [field.name for field in one.form().fields] if one.mapped.inputs else []
            assert asked == [one.name for one in one.mapped.inputs]


@pytest.mark.parametrize(
    ("item", "place", "old", "new"),
    [
        ("unemployment-benefit-claim", 6, "1782", "1980"),
        ("collective-contract-review", 1, "3 个工作日", "2 个工作日"),
        ("enterprise-social-insurance-registration", 5, "三十日", "四十五日"),
    ],
)
def test_a_rule_with_other_figures_is_not_reckoned_by_the_old(
    item: str, place: int, old: str, new: str
) -> None:
    printed = catalogue.book().get(item)
    rule = printed.rules[place]
    assert old in rule.says
    changed = replace(rule, says=rule.says.replace(old, new))
    rules = (*printed.rules[:place], changed, *printed.rules[place + 1 :])
    assert place in {one.mapped.rule for one in computable(printed)}
    assert place not in {one.mapped.rule for one in computable(replace(printed, rules=rules))}


def test_where_the_standard_contradicts_itself_nothing_is_reckoned(client: Client) -> None:
    said = client.get(reverse("benefit-function", args=["stages"])).content.decode()
    assert "合计59个工作日" in said and "原文存疑" not in said
    doubtful = reverse("benefit", args=["enterprise-pension-benefit-claim", 18])
    assert client.get(doubtful).status_code == 404
