"""个人办事: a person applies on pages of their own, and never stands in the employer's menu."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cases import lesson, regatta
from tests.contracts.making import Hall
from tests.portals.tabs import Tab
from yonggong.accounts.actions import create_user, identify
from yonggong.accounts.models import Grant, User
from yonggong.batch.case_template import case_template
from yonggong.cases import actions as case_actions
from yonggong.cases.models import Case, Draft
from yonggong.cases.queries import typed_in
from yonggong.registry.authority import end_authority, give_authority
from yonggong.registry.parties import Party
from yonggong.registry.people import keep_evidence

pytestmark = pytest.mark.django_db
HOME = "/person/"
WORKBOOKS = ("", "-blank", "-filled")


@pytest.fixture
def window(at_screen: Callable[[Any], Client], pupil: User, agency: Any) -> Client:
    """The person's browser."""
    return at_screen(pupil)


def begin(window: Client, person: Party) -> Case:
    answer = window.post(reverse("person:begin", args=[person.pk, lesson.LESSON.name]))
    case = Case.objects.latest("pk")
    assert answer["Location"] == reverse("person:item-form", args=[case.pk])
    return case


def send(window: Client, case: Case, **answers: str) -> Any:
    address = reverse("person:item-form", args=[case.pk])
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
    form = reverse("person:item-form", args=[case.pk])
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
    assert back["Location"] == reverse("person:item-form", args=[draft.pk])
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
    for page in ("case", "item-form", *(f"item-workbook{part}" for part in WORKBOOKS)):
        assert stranger.get(reverse(f"person:{page}", args=[case.pk])).status_code == 404
        assert screen.get(reverse(f"person:{page}", args=[case.pk])).status_code == 404
    for page in ("item-form", "item-draft", "item-check", "item-discard", "case-again"):
        assert stranger.post(reverse(f"person:{page}", args=[case.pk])).status_code == 404
        assert screen.post(reverse(f"person:{page}", args=[case.pk])).status_code == 404
    assert screen.get(reverse("employer:case", args=[case.pk])).status_code == 404
    begun = stranger.post(reverse("person:begin", args=[person.pk, lesson.LESSON.name]))
    assert begun.status_code == 404


@pytest.mark.parametrize("address", ["/messages/", "/account/", "/guide/person/"])
def test_what_everybody_has_is_theirs_too(window: Client, address: str) -> None:
    answer = window.get(address)
    assert answer.status_code == 200
    assert "实时名册打印" not in answer.content.decode()


def test_their_account_says_what_they_may_do_and_leads_to_what_they_claim(window: Client) -> None:
    shown = window.get("/account/").content.decode()
    assert "可以办理个人事项" in shown and "尚未授予任何权限" not in shown
    assert f'href="{reverse("claims")}"' in shown
    assert window.get(reverse("claims")).status_code == 200


@pytest.mark.parametrize("sent", ["本人", "9" * 5000])
def test_for_whom_that_is_no_key_is_for_oneself(window: Client, person: Party, sent: str) -> None:
    answer = window.get(reverse("person:apply"), {"person": sent})
    assert answer.status_code == 200 and answer.context["person"] == person


def test_a_draft_is_thrown_away(window: Client, person: Party) -> None:
    case = begin(window, person)
    window.post(reverse("person:item-discard", args=[case.pk]))
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
    address = reverse("person:item-form", args=[begin(window, person).pk])
    one, other = Tab(window, address), Tab(window, address)
    assert one.save(course="初级").status_code == 204
    told = other.save(course="高级")
    assert told.status_code == 409 and "初级" in told.content.decode()
    assert other.press("submit").status_code == 409
    assert other.press("mine").status_code == 302
    assert "高级" in Tab(window, address).shown


def test_what_is_wrong_is_told_while_people_type(window: Client, person: Party) -> None:
    """As in the employer's portal: one page, one check."""
    case = begin(window, person)
    address = reverse("person:item-form", args=[case.pk])
    check = reverse("person:item-check", args=[case.pk])
    assert f'data-check-url="{check}"' in window.get(address).content.decode()
    said = window.post(check, {"course": "初" * 500}).content.decode()
    assert 'data-problem="course"' in said
    assert not Case.objects.filter(state="pending").exists()


def test_it_is_filled_in_by_workbook(window: Client, person: Party) -> None:
    case = begin(window, person)
    page = reverse("person:item-workbook", args=[case.pk])
    assert page in window.get(reverse("person:item-form", args=[case.pk])).content.decode()
    book = openpyxl.load_workbook(io.BytesIO(window.get(f"{page}blank.xlsx").content))
    assert book.sheetnames[0] == "填报"
    filled = case_template(lesson.LESSON.form, {"course": "高级"})
    answer = window.post(page, {"file": SimpleUploadedFile("表格.xlsx", filled)}, follow=True)
    assert "高级" in answer.content.decode()
    assert typed_in(Case.objects.get(pk=case.pk))["course"] == "高级"


def test_a_form_left_blank_in_another_session_is_used_up(window: Client, person: Party) -> None:
    case = begin(window, person)
    left = timezone.now() - timedelta(seconds=settings.SESSION_LIFE_SECONDS + 60)
    Draft.objects.filter(case=case).update(saved_at=left)
    assert begin(window, person) == case


def test_what_was_taken_back_is_applied_for_again_once(window: Client, person: Party) -> None:
    case = begin(window, person)
    send(window, case, course="初级")
    window.post(reverse("person:case-withdraw", args=[case.pk]))
    address = reverse("person:case-again", args=[case.pk])
    assert address in window.get(reverse("person:case", args=[case.pk])).content.decode()
    key = str(uuid4())
    answers = [window.post(address, {"idempotency_key": key}) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert "初级" in window.get(answers[0]["Location"]).content.decode()
