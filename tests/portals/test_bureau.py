"""The reviewer's pages: decide, look at personal data, approve several, hand on."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.contracts.making import Hall, shown
from tests.portals.deciding import choose, confirmed
from yonggong.accounts.models import AccessEntry
from yonggong.cases.models import Case
from yonggong.contracts.models import Filing

pytestmark = pytest.mark.django_db


def _decide(desk: Client, case: Case, ask: str, opinion: str = "") -> Any:
    return desk.post(
        reverse("bureau:case-decide", args=[case.pk]),
        {"ask": ask, "opinion": opinion, "seen": str(shown(case))},
        follow=True,
    )


def test_approving_leads_to_the_next_case(desk: Client, hall: Hall) -> None:
    first, second = hall.filed(), hall.filed()
    answer = _decide(desk, first, "approve")
    assert answer.redirect_chain[-1][0] == reverse("bureau:case", args=[second.pk])
    assert Filing.objects.get(case=first).state == "approved"


def test_after_the_last_one_comes_the_empty_queue(desk: Client, hall: Hall) -> None:
    answer = _decide(desk, hall.filed(), "approve")
    assert answer.redirect_chain[-1][0] == reverse("bureau:queue")
    assert "已全部办完" in answer.content.decode()


def test_a_return_without_opinion_is_asked_for_one(desk: Client, hall: Hall) -> None:
    case = hall.filed()
    assert "请填写审核意见" in _decide(desk, case, "return").content.decode()
    case.refresh_from_db()
    assert case.state == "pending"


def test_a_return_carries_the_opinion(desk: Client, hall: Hall) -> None:
    case = hall.filed()
    _decide(desk, case, "return", "请补正")
    case.refresh_from_db()
    assert (case.state, case.opinion) == ("returned", "请补正")


def test_a_case_decided_meanwhile_says_so_and_is_no_error(desk: Client, hall: Hall) -> None:
    case = hall.approved()
    answer = _decide(desk, case, "approve")
    assert answer.status_code == 409
    assert "审核通过" in answer.content.decode()


def test_numbers_are_masked_until_asked_for_and_the_look_is_recorded(
    desk: Client, hall: Hall
) -> None:
    case = hall.filed()
    number = case.values["document_number"]
    assert number not in desk.get(reverse("bureau:case", args=[case.pk])).content.decode()
    whole = desk.post(reverse("bureau:case-whole", args=[case.pk]))
    assert number in whole.content.decode()
    entry = AccessEntry.objects.get(kind=AccessEntry.Kind.PERSONAL)
    assert (entry.user, case.number in entry.subject) == (hall.reviewer, True)


def test_one_that_cannot_be_approved_does_not_stop_the_others(desk: Client, hall: Hall) -> None:
    good, doomed = hall.filed(), hall.filed()
    elsewhere = Filing.objects.get(case=doomed).worker
    contract = Filing.objects.get(case=hall.approved()).contract
    contract.worker = elsewhere
    contract.save()
    page = confirmed(desk, choose(desk, [good, doomed]))
    assert "未办理 1 件" in page
    assert "此人与本单位已有履行中的劳动合同" in page
    doomed.refresh_from_db()
    assert doomed.state == "pending"


def test_the_queue_marks_what_is_overdue(desk: Client, hall: Hall) -> None:
    case = hall.filed()
    Case.objects.filter(pk=case.pk).update(due_on=hall.today.replace(day=1))
    page = desk.get(reverse("bureau:queue"), {"overdue": "1"}).content.decode()
    assert case.subject_name in page


def test_an_unknown_material_does_not_exist(desk: Client, hall: Hall) -> None:
    case = hall.filed()
    answer = desk.get(reverse("bureau:case-material", args=[case.pk, "licence"]))
    assert answer.status_code == 404


def test_lists_export_what_they_show_with_numbers_masked(desk: Client, hall: Hall) -> None:
    case = hall.filed()
    answer = desk.get(reverse("bureau:contracts"), {"export": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert case.subject_name in text
    assert case.values["document_number"] not in text


@pytest.mark.parametrize(("decided", "title"), [(False, "待审核"), (True, "全部备案")])
def test_a_cases_page_stands_under_the_list_it_is_found_in(
    desk: Client, hall: Hall, decided: bool, title: str
) -> None:
    case = hall.approved() if decided else hall.filed()
    page = desk.get(reverse("bureau:case", args=[case.pk]))
    marked = [line.title for _, lines in page.context["menu"] for line in lines if line.active]
    assert marked == [title]
