"""常用意见 on pages: kept, offered beside the opinion, nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.contracts.making import Hall
from tests.portals.deciding import choose
from yonggong.cases.models import OpinionTemplate

pytestmark = pytest.mark.django_db
ACT = "bureau:opinions-act"


def ask(desk: Client, what: str, **given: Any) -> Any:
    return desk.post(reverse(ACT), {"ask": what, **given}, follow=True)


def test_one_s_own_stand_at_the_decision_and_on_the_bulk_page(desk: Client, hall: Hall) -> None:
    case = hall.filed()
    page = desk.get(reverse("bureau:case", args=[case.pk])).content.decode()
    assert 'data-quick="材料不清晰' in page and "管理常用意见" in page
    assert "已保存" in ask(desk, "keep", word="期限", text="请核对合同期限。").content.decode()
    page = desk.get(reverse("bureau:case", args=[case.pk])).content.decode()
    assert 'data-quick="请核对合同期限。"' in page and "材料不清晰" not in page
    bulk = choose(desk, [case], act="return")
    page = desk.get(reverse("bureau:bulk", args=[bulk.pk])).content.decode()
    assert 'data-quick="请核对合同期限。"' in page


def test_what_cannot_be_kept_is_said_and_still_there(desk: Client) -> None:
    answer = ask(desk, "keep", word="字" * 13, text="请核对")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "不超过 12 个字" in page and 'value="请核对"' in page


def test_they_are_ordered_and_deleted(desk: Client) -> None:
    for word in "甲乙":
        ask(desk, "keep", word=word, text=f"{word}。")
    last = OpinionTemplate.objects.get(word="乙")
    ask(desk, "raise", key=last.pk)
    assert list(OpinionTemplate.objects.values_list("word", flat=True)) == ["乙", "甲"]
    ask(desk, "forget", key=last.pk)
    assert OpinionTemplate.objects.get().word == "甲"


@pytest.mark.parametrize(
    "given",
    [
        {"ask": "raise"},
        {"ask": "forget", "key": "x"},
        {"ask": "forget", "key": "9" * 30},
        {"ask": "nonsense"},
        {"ask": "forget", "key": "1"},
    ],
)
def test_what_is_not_there_is_not_found(desk: Client, given: dict[str, str]) -> None:
    assert desk.post(reverse(ACT), given).status_code == 404


def test_another_s_are_not_found(
    desk: Client, hall: Hall, make_user: Callable[..., Any], at_screen: Callable[[Any], Client]
) -> None:
    ask(desk, "keep", word="甲", text="甲。")
    kept = OpinionTemplate.objects.get()
    other = at_screen(make_user("reviewer", agency=hall.employer.agency, region_code="220104"))
    for what in ("keep", "raise", "forget"):
        given = {"ask": what, "key": kept.pk, "word": "乙", "text": "乙。"}
        assert other.post(reverse(ACT), given).status_code == 404
    kept.refresh_from_db()
    assert kept.word == "甲"
