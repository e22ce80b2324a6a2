"""A field ticked as wrong: from the reviewer's page to the form of who filed, and back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.cases import lesson
from tests.contracts.making import Hall
from tests.portals.test_case_page import entered
from yonggong.cases import actions as case_actions
from yonggong.cases.models import Case
from yonggong.cases.procedure import Outcome

pytestmark = pytest.mark.django_db


def send(desk: Client, case: Case, ask: str, **more: Any) -> str:
    case.refresh_from_db()
    assert case.filed_at is not None
    address = reverse("bureau:case-decide", args=[case.pk])
    said = {"ask": ask, "seen": case.filed_at.isoformat(), **more}
    return str(desk.post(address, said, follow=True).content.decode())


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def at_field(page: str, name: str) -> str:
    """What the form says is wrong at a field."""
    found = re.search(
        rf'id="f-{name}-error"[^>]*>(.*?)</div>\s*<div class="yf-remarks"', page, re.S
    )
    assert found is not None, name
    return found[1]


def summary(page: str) -> str:
    found = re.search(r"<div [^>]*data-summary>.*?</ul>", page, re.S)
    return found[0] if found else ""


def test_every_field_can_be_ticked_by_who_may_return(desk: Client, hall: Hall) -> None:
    case = hall.filed()
    page = text(desk.get(reverse("bureau:case", args=[case.pk])))
    ticks = set(re.findall(r'name="wrong" value="(\w+)"', page))
    shown = {
        line.name
        for part in desk.get(reverse("bureau:case", args=[case.pk])).context["sections"]
        for line in part.lines
    }
    assert ticks == shown and "base_pay" in ticks
    assert 'name="wrong"' not in text(desk.get(reverse("bureau:case", args=[hall.approved().pk])))


def test_the_employer_sees_it_at_the_field_and_in_the_summary_until_it_is_changed(
    desk: Client, screen: Client, hall: Hall
) -> None:
    case = hall.filed()
    send(desk, case, "return", wrong=["job", "base_pay"], **{"wrong-job": "与合同文本不一致"})
    case.refresh_from_db()
    assert case.state == "returned" and "岗位工作（与合同文本不一致）、基本工资" in case.opinion
    form = reverse("employer:new-form", args=[case.pk])
    page = text(screen.get(form))
    assert "审核标记有误：与合同文本不一致" in at_field(page, "job")
    assert "审核标记有误" in at_field(page, "base_pay")
    assert at_field(page, "start_on").strip() == ""
    assert 'href="#f-job"' in summary(page) and 'href="#f-base_pay"' in summary(page)

    values = case.definition.form.dump(case.values)
    sent = {name: value for name, value in values.items() if value is not None and value != []}
    screen.post(f"{form}draft/", sent | {"job": "行政主管"})
    page = text(screen.get(form))
    assert at_field(page, "job").strip() == "" and 'href="#f-job"' not in summary(page)
    assert "审核标记有误" in at_field(page, "base_pay")


def test_the_case_page_says_it_at_the_field_and_later_whether_it_was_changed(
    desk: Client, screen: Client, hall: Hall
) -> None:
    case = hall.filed()
    send(desk, case, "return", wrong=["job", "base_pay"])
    assert text(screen.get(reverse("employer:case", args=[case.pk]))).count("审核标记有误") == 2
    given = case.definition.form.dump(case.values) | {"job": "行政主管"}
    hall.file("new", {name: value for name, value in given.items() if value}, case=case)
    page = text(desk.get(reverse("bureau:case", args=[case.pk])))
    assert "上次退回时标记有误，本次已修改" in page and "上次退回时标记有误，本次没有修改" in page
    send(desk, case, "approve", looked=[], acknowledged=[])
    assert "上次退回" not in text(desk.get(reverse("bureau:case", args=[case.pk])))


def test_what_is_marked_is_not_approved(desk: Client, hall: Hall) -> None:
    case = hall.filed()
    assert "已标记有误的项目，不能审核通过" in send(desk, case, "approve", wrong=["job"])
    case.refresh_from_db()
    assert case.state == "pending"


def test_what_is_no_field_refuses_the_return(desk: Client, hall: Hall) -> None:
    case = hall.filed()
    assert "不在本表中" in send(desk, case, "return", wrong=["nonsense"], opinion="请补正")
    case.refresh_from_db()
    assert case.state == "pending"


def test_a_step_that_sends_back_marks_too(desk: Client, screen: Client, hall: Hall) -> None:
    case = entered(hall)
    page = text(desk.get(reverse("bureau:case", args=[case.pk])))
    assert 'name="wrong" value="boat"' in page
    send_back(desk, case, wrong=["boat"], **{"wrong-boat": "与登记证不符"})
    form = text(screen.get(reverse("employer:item-form", args=[case.pk])))
    assert "审核标记有误：与登记证不符" in at_field(form, "boat")


def send_back(desk: Client, case: Case, **marked: Any) -> None:
    """Send the case back from its open step."""
    step = case.steps.get(acted_at__isnull=True)
    assert case.filed_at is not None
    said = {
        "outcome": Outcome.RETURN.value,
        "step": step.pk,
        "seen": case.filed_at.isoformat(),
        **marked,
    }
    desk.post(reverse("bureau:case-complete", args=[case.pk]), said)
    case.refresh_from_db()
    assert case.state == "returned"


def test_a_person_sees_it_at_the_field_too(
    at_screen: Callable[[Any], Client],
    pupil: Any,
    person: Any,
    agency: Any,
    hall: Hall,
    desk: Client,
) -> None:
    case = case_actions.submit(
        kind=lesson.LESSON,
        raw={"course": "初级"},
        applicant=person,
        key=uuid4(),
        by=pupil,
        now=hall.now,
        address=None,
    )
    send(desk, case, "return", wrong=["course"], **{"wrong-course": "班次已满"})
    window = at_screen(pupil)
    form = reverse("person:item-form", args=[case.pk])
    assert "审核标记有误：班次已满" in at_field(text(window.get(form)), "course")
    window.post(f"{form}draft/", {"course": "中级"})
    assert "审核标记有误" not in text(window.get(form))
