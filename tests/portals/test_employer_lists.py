"""The lists: conditions, what opens with what, export (JL-2, JL-12, JL-13)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.contracts.making import Hall, contract_of, ending_answers
from yonggong.accounts.models import AccessEntry
from yonggong.contracts.models import Contract, Filing

pytestmark = pytest.mark.django_db


def names(screen: Client, address: str, **asked: str) -> set[str]:
    """The names on the first page of a list."""
    page = screen.get(address, asked).context["page"]
    assert not page.asked.problems
    return {row.cells[0].text for row in page.rows}


@pytest.fixture
def everybody(hall: Hall) -> Hall:
    """One filing in every state, told apart by name."""
    hall.filed(name="试未审核")
    hall.return_(hall.filed(name="试不通过"))
    hall.approved(name="试通过", job="质量检验员")
    hall.in_force(name="试名册")
    late = (hall.today - timedelta(days=60)).isoformat()
    hall.filed(name="试逾期", work_start_on=late, signed_on=late, start_on=late)
    contract = hall.in_force(name="试解除")
    hall.approve(hall.file("ending", ending_answers(on=hall.today), contract=contract))
    return hall


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"state": "pending"}, {"试未审核", "试逾期"}),
        ({"state": "returned"}, {"试不通过"}),
        ({"kind": "ending"}, {"试解除"}),
        ({"rostered": "1"}, {"试名册", "试解除"}),
        ({"rostered": "1", "in_post": "1"}, {"试名册"}),
        ({"in_post": "1"}, {"试通过", "试名册"}),
        ({"late": "1"}, {"试逾期"}),
        ({"name": "试名"}, {"试名册"}),
        ({"name": "无此人"}, set()),
        ({"state": "approved", "in_post": "0"}, {"试解除"}),
        ({"employment_form": "2"}, set()),
        ({"start_on_to": "2000-01-01"}, set()),
        ({"end_reason": "3701"}, {"试解除"}),
    ],
)
def test_any_conditions_find_what_they_say(
    screen: Client, everybody: Hall, asked: dict[str, str], found: set[str]
) -> None:
    assert names(screen, reverse("employer:contracts"), **asked) == found


def test_a_person_is_found_by_the_whole_id_number(screen: Client, everybody: Hall) -> None:
    worker = Filing.objects.select_related("worker").get(name="试名册").worker
    address = reverse("employer:contracts")
    assert names(screen, address, document=worker.document_number) == {"试名册"}
    page = screen.get(address, {"document": "220104199001011234"}).context["page"]
    assert "document" in page.asked.problems


def test_id_numbers_are_masked_on_screen(screen: Client, hall: Hall) -> None:
    number = Filing.objects.select_related("worker").get(case=hall.filed()).worker.document_number
    assert number not in screen.get(reverse("employer:contracts")).content.decode()


@pytest.mark.parametrize(
    ("word", "preset"),
    [
        ("new", {"kind": "new"}),
        ("renewal", {"kind": "engaged", "state": "approved", "in_post": "1", "rostered": "1"}),
        ("change", {"kind": "engaged", "state": "approved", "in_post": "1"}),
        ("ending", {"kind": "engaged", "state": "approved", "in_post": "1", "rostered": "1"}),
    ],
)
def test_a_list_opens_with_the_conditions_of_the_manual(
    screen: Client, everybody: Hall, word: str, preset: dict[str, str]
) -> None:
    answer = screen.get(reverse(f"employer:{word}"), follow=True)
    assert answer.context["page"].asked.params == preset


def test_only_contracts_that_can_be_ended_can_be_ticked(screen: Client, everybody: Hall) -> None:
    page = screen.get(reverse("employer:ending"), {"state": "approved"}).context["page"]
    assert {row.cells[0].text for row in page.rows if row.selectable} == {"试名册"}


def test_a_contract_under_review_cannot_be_ticked(screen: Client, hall: Hall) -> None:
    contract = hall.in_force()
    hall.file("ending", ending_answers(on=hall.today), contract=contract)
    page = screen.get(reverse("employer:renewal"), {"in_post": "1"}).context["page"]
    assert [row.selectable for row in page.rows] == [False]


def test_other_employers_filings_are_on_no_list(
    hall: Hall, at_screen: Any, others: dict[str, Any]
) -> None:
    hall.approved()
    stranger = at_screen(others["another employer"])
    for name in ("contracts", "new", "void", "roster-print"):
        page = stranger.get(reverse(f"employer:{name}"), follow=True).context["page"]
        assert page.total == 0


def test_a_list_exports_what_it_shows(screen: Client, everybody: Hall) -> None:
    address = reverse("employer:contracts")
    answer = screen.get(address, {"in_post": "1", "export": "csv"})
    text = b"".join(answer).decode("utf-8-sig")
    assert "试名册" in text and "试未审核" not in text
    number = Filing.objects.select_related("worker").get(name="试名册").worker.document_number
    assert number not in text
    whole = screen.post(f"{address}?in_post=1", {"ask": "export", "export": "csv"})
    assert number in b"".join(whole).decode("utf-8-sig")
    exports = AccessEntry.objects.filter(kind="export", subject="劳动合同信息综合查询")
    assert exports.count() == 2


def test_a_migrated_contract_is_found_and_goes_on(screen: Client, hall: Hall) -> None:
    contract = hall.in_force(name="试迁移")
    Contract.objects.filter(pk=contract.pk).update(migrated=True)
    assert names(screen, reverse("employer:renewal"), name="试迁移") == {"试迁移"}
    filing = Filing.objects.get(contract=contract)
    answer = screen.post(reverse("employer:renewal-start"), {"ids": [filing.pk]})
    assert answer.status_code == 302 and "/employer/renewal/" in answer["Location"]


def test_a_worker_enters_only_by_a_new_contract(screen: Client, hall: Hall) -> None:
    """There is nothing on the renewal list that could name a person who was never filed."""
    assert names(screen, reverse("employer:renewal"), in_post="1") == set()
    answer = screen.post(reverse("employer:renewal-start"), {"ids": ["999999"]})
    assert answer.status_code == 404


def test_the_case_page_tells_the_whole_story(screen: Client, hall: Hall) -> None:
    case = hall.ended()
    contract = contract_of(case)
    shown = screen.get(reverse("employer:case", args=[case.pk])).content.decode()
    for words in (
        contract.worker.name,
        contract.worker.masked_document,
        "解除（终止）",
        "合同沿革",
        "审核通过",
        "未生成证明书",
    ):
        assert words in shown


def test_the_home_page_says_what_waits(screen: Client, everybody: Hall) -> None:
    everybody.old(name="试到期")
    shown = screen.get(reverse("employer:home")).content.decode()
    for words in ("试不通过", "试到期", "2 份备案审核通过，尚未生成名册", "1 人已解除（终止）"):
        assert words in shown


@pytest.mark.parametrize(
    ("kind", "title"), [("new", "劳动合同新订备案"), ("ending", "劳动合同解除/终止备案")]
)
def test_a_cases_page_stands_under_the_list_of_its_kind(
    screen: Client, hall: Hall, kind: str, title: str
) -> None:
    case = hall.ended() if kind == "ending" else hall.filed()
    page = screen.get(reverse("employer:case", args=[case.pk]))
    marked = [line.title for _, lines in page.context["menu"] for line in lines if line.active]
    assert marked == [title]
