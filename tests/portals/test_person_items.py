"""个人办事: a person applies on pages of their own, and never stands in the employer's menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.cases import lesson, regatta
from tests.contracts.making import Hall
from tests.portals.tabs import Tab
from yonggong.accounts.actions import create_user, identify
from yonggong.accounts.models import Grant, User
from yonggong.cases import actions as case_actions
from yonggong.cases.models import Case
from yonggong.registry.authority import end_authority, give_authority
from yonggong.registry.parties import Party
from yonggong.registry.people import keep_evidence

pytestmark = pytest.mark.django_db
HOME = "/person/"


@pytest.fixture
def window(at_screen: Callable[[Any], Client], pupil: User, agency: Any) -> Client:
    """The person's browser."""
    return at_screen(pupil)


def begin(window: Client, person: Party) -> Case:
    answer = window.post(reverse("person:begin", args=[person.pk, lesson.LESSON.name]))
    case = Case.objects.latest("pk")
    assert answer["Location"] == reverse("person:case-form", args=[case.pk])
    return case


def send(window: Client, case: Case, **answers: str) -> Any:
    address = reverse("person:case-form", args=[case.pk])
    given = {"ask": "submit", "idempotency_key": str(uuid4())} | answers
    return window.post(address, given, follow=True)


def test_signing_in_leads_there_and_the_menu_is_no_employers(window: Client) -> None:
    answer = window.get("/", follow=True)
    assert answer.redirect_chain[-1][0] == HOME
    shown = answer.content.decode()
    assert "我的办件" in shown and "实时名册打印" not in shown and "/employer/" not in shown
    for address in ("/employer/", "/bureau/", "/admin/"):
        assert window.get(address).status_code == 404


def test_what_is_for_persons_is_offered_and_nothing_else(
    window: Client, person: Party, screen: Client
) -> None:
    shown = window.get(HOME).content.decode()
    assert reverse("person:begin", args=[person.pk, lesson.LESSON.name]) in shown
    assert regatta.ENTRY.title not in shown
    begun = window.post(reverse("person:begin", args=[person.pk, regatta.ENTRY.name]))
    assert begun.status_code == 404
    assert lesson.LESSON.title not in screen.get(reverse("employer:item")).content.decode()


def test_it_is_typed_kept_filed_seen_mended_and_taken_back(
    window: Client, person: Party, hall: Hall
) -> None:
    case = begin(window, person)
    form = reverse("person:case-form", args=[case.pk])
    assert window.post(f"{form}draft/", {"course": "初"}).status_code == 204
    assert 'value="初"' in window.get(form).content.decode()
    refused = window.post(form, {"ask": "submit", "course": ""})
    assert refused.status_code == 422
    assert "已提交" in send(window, case, course="初级").content.decode()
    case.refresh_from_db()
    assert (case.state, case.applicant) == ("pending", person)
    assert case.number in window.get(HOME).content.decode()
    case_actions.return_case(
        case=case,
        opinion="写明期数",
        seen=case.filed_at,
        by=hall.reviewer,
        now=hall.now,
        address=None,
    )
    shown = window.get(reverse("person:case", args=[case.pk])).content.decode()
    assert "写明期数" in shown and "修改重报" in shown
    send(window, case, course="初级第二期")
    page = window.get(reverse("person:case-version", args=[case.pk, 2])).content.decode()
    assert "初级第二期" in page
    back = window.post(reverse("person:case-withdraw", args=[case.pk]))
    case.refresh_from_db()
    assert case.state == "voided"
    draft = Case.objects.get(state="draft")
    assert back["Location"] == reverse("person:case-form", args=[draft.pk])
    assert "初级第二期" in window.get(back["Location"]).content.decode()


def test_it_is_handled_at_the_counters_of_the_bureau(
    window: Client, person: Party, hall: Hall, at_screen: Callable[[Any], Client]
) -> None:
    case = begin(window, person)
    send(window, case, course="初级")
    desk = at_screen(hall.reviewer)
    assert person.name in desk.get(reverse("bureau:queue")).content.decode()
    shown = desk.get(reverse("bureau:case", args=[case.pk]))
    assert shown.status_code == 200 and person.name in shown.content.decode()
    case.refresh_from_db()
    seen = case.filed_at.isoformat() if case.filed_at else ""
    decided = {"ask": "approve", "seen": seen}
    desk.post(reverse("bureau:case-decide", args=[case.pk]), decided)
    case.refresh_from_db()
    assert case.state == "approved"


def test_for_another_person_and_for_an_employer_it_does_not_exist(
    window: Client, person: Party, screen: Client, at_screen: Callable[[Any], Client]
) -> None:
    case = begin(window, person)
    send(window, case, course="初级")
    other = Party.objects.create(kind="person", name="试二", region_code="220104")
    user = create_user(
        username="other",
        name="试二",
        password="Yonggong-2026",
        must_change_password=False,
        by=None,
    )
    identify(user=user, person=other.pk, by=None)
    stranger = at_screen(user)
    for page in ("case", "case-form"):
        assert stranger.get(reverse(f"person:{page}", args=[case.pk])).status_code == 404
        assert screen.get(reverse(f"person:{page}", args=[case.pk])).status_code == 404
    assert screen.get(reverse("employer:case", args=[case.pk])).status_code == 404
    begun = stranger.post(reverse("person:begin", args=[person.pk, lesson.LESSON.name]))
    assert begun.status_code == 404


@pytest.mark.parametrize("address", ["/messages/", "/account/", "/guide/person/"])
def test_what_everybody_has_is_theirs_too(window: Client, address: str) -> None:
    answer = window.get(address)
    assert answer.status_code == 200
    assert "实时名册打印" not in answer.content.decode()


def test_a_draft_is_thrown_away(window: Client, person: Party) -> None:
    case = begin(window, person)
    window.post(reverse("person:case-discard", args=[case.pk]))
    assert not Case.objects.filter(pk=case.pk).exists()


def test_an_agent_works_for_the_person_while_authority_holds(
    person: Party, pupil: User, hall: Hall, screen: Client
) -> None:
    assert screen.get(HOME).status_code == 404
    authority = give_authority(
        agent=hall.employer.party,
        principal=person,
        until=None,
        evidence=keep_evidence(file_name="a.pdf", content_type="application/pdf", content=b"%PDF"),
        by=pupil,
        now=hall.now,
    )
    case = begin(screen, person)
    send(screen, case, course="初级")
    case.refresh_from_db()
    assert (case.applicant, case.filed_by) == (person, hall.operator)
    assert "个人办事" in screen.get(reverse("employer:home")).content.decode()
    end_authority(authority=authority, by=pupil, now=hall.now)
    assert screen.get(reverse("person:case", args=[case.pk])).status_code == 404


def test_an_operator_who_is_a_person_has_both_desks(
    at_screen: Callable[[Any], Client], pupil: User, employer: Any
) -> None:
    Grant.objects.create(user=pupil, role="employer_operator", party=employer.party)
    window = at_screen(pupil)
    assert window.get("/", follow=True).redirect_chain[-1][0] == reverse("employer:home")
    shown = window.get(HOME).content.decode()
    assert "单位办事" in shown and "实时名册打印" not in shown


def test_two_tabs_on_one_draft_are_told_apart(window: Client, person: Party) -> None:
    """As in the employer's portal: neither overwrites the other, and the person chooses."""
    address = reverse("person:case-form", args=[begin(window, person).pk])
    one, other = Tab(window, address), Tab(window, address)
    assert one.save(course="初级").status_code == 204
    told = other.save(course="高级")
    assert told.status_code == 409 and "初级" in told.content.decode()
    assert other.press("submit").status_code == 409
    assert other.press("mine").status_code == 302
    assert "高级" in Tab(window, address).shown
