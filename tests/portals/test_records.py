"""登记与参保: looked up by a bureau for a purpose, seen by whose they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cases import club, lesson
from yonggong.accounts.models import AccessEntry
from yonggong.cases import actions as case_actions
from yonggong.cases.papers import RESULT
from yonggong.documents.actions import save_document
from yonggong.portals.bureau import purposes
from yonggong.registry.models import Worker
from yonggong.services import offers, records
from yonggong.services.record_models import Record

Screens = Callable[[Any], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolled(operator: Any, employer: Any, reviewer: Any, now: datetime) -> Record:
    """The employer has a record."""
    case = case_actions.submit(
        kind=club.MEMBERSHIP, raw=club.answers(), applicant=employer.party, key=None,
        by=operator, now=now, address=None,
    )  # fmt: skip
    return records.record(
        case=case, subject=employer.party, sort=Record.Sort.UNIT, key="insurance_unit",
        act=Record.Act.BEGIN, since=date(2026, 11, 2), by=reviewer, now=now,
    )  # fmt: skip


def test_a_bureau_finds_an_employer_by_code_and_by_name(
    at_screen: Screens, reviewer: Any, employer: Any, enrolled: Record
) -> None:
    client = at_screen(reviewer)
    for asked in ({"number": employer.credit_code}, {"name": employer.name[:4]}):
        said = client.get(reverse("bureau:records"), asked).content.decode()
        assert employer.name in said and "查看登记" in said


def test_a_look_needs_a_purpose_and_is_recorded(
    at_screen: Screens, reviewer: Any, employer: Any, enrolled: Record
) -> None:
    client = at_screen(reviewer)
    address = reverse("bureau:records-show", args=[employer.pk])
    client.get(reverse("bureau:records"))
    assert client.post(address).status_code == 302
    assert not AccessEntry.objects.filter(detail__contains="登记与参保").exists()
    said = client.post(address, {"purpose": purposes.offered("220104")[0]}).content.decode()
    assert "单位社会保险登记" in said and "2026-11-02" in said
    assert AccessEntry.objects.get(detail__contains="登记与参保").user == reviewer


def test_an_employer_sees_its_own(
    at_screen: Screens, operator: Any, make_user: Any, make_employer: Any, enrolled: Record
) -> None:
    address = reverse("employer:records")
    assert "单位社会保险登记" in at_screen(operator).get(address).content.decode()
    other = at_screen(make_user("employer_operator", employer=make_employer()))
    assert "没有现行的登记" in other.get(address).content.decode()


def test_a_bureau_elsewhere_finds_nobody(
    at_screen: Screens, make_user: Any, employer: Any, enrolled: Record
) -> None:
    client = at_screen(make_user("reviewer", region_code="220203"))
    found = client.get(reverse("bureau:records"), {"number": employer.credit_code})
    assert "没有找到" in found.content.decode()
    asked = {"purpose": purposes.offered("220203")[0]}
    address = reverse("bureau:records-show", args=[employer.pk])
    assert client.post(address, asked).status_code == 404


def serving(person: Any, at_screen: Screens, make_user: Any, agency: Any) -> Client:
    """A counter to which the person came."""
    counter = at_screen(make_user("counter_clerk", agency=agency, region_code="220104"))
    worker = Worker.objects.get(pk=person.pk)
    named = {
        "document_type": "01",
        "document_number": worker.document_number,
        "name": worker.name,
    }
    counter.post(reverse("bureau:counter-person"), named)
    return counter


def test_what_a_contract_offers_is_shown_to_its_worker_and_to_no_counter(
    at_screen: Screens, make_user: Any, agency: Any, person: Any, pupil: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """It would tell that there is a contract."""
    monkeypatch.setattr(offers, "of_person", lambda worker, kinds, on: [lesson.LESSON])
    offered = reverse("person:begin", args=[person.pk, lesson.LESSON.name])
    address = reverse("person:records")
    assert offered in at_screen(pupil).get(address).content.decode()
    shown = serving(person, at_screen, make_user, agency).get(address)
    assert shown.status_code == 200 and offered not in shown.content.decode()


def test_at_a_counter_records_and_papers_of_a_person_are_those_the_clerk_typed(
    at_screen: Screens, make_user: Any, agency: Any, person: Any, pupil: Any, reviewer: Any,
    now: datetime,
) -> None:  # fmt: skip
    """A look at others' needs a purpose, and is recorded."""
    case = case_actions.submit(
        kind=lesson.LESSON, raw={"course": "初级"}, applicant=person, key=None,
        by=pupil, now=now, address=None,
    )  # fmt: skip
    records.record(
        case=case, subject=person, sort=Record.Sort.PERSON, key="insurance_person",
        act=Record.Act.BEGIN, since=date(2026, 11, 2), by=reviewer, now=now,
    )  # fmt: skip
    save_document(
        paper=RESULT, heading="试结果通知书", employer=None, applicant=person, region="220104",
        case_ids=[case.pk], render=str.encode, pages=lambda pdf: 1, by=reviewer, now=now,
    )  # fmt: skip
    address, papers = reverse("person:records"), reverse("person:papers")
    own = at_screen(pupil)
    assert "2026-11-02" in own.get(address).content.decode()
    assert "试结果通知书" in own.get(papers).content.decode()
    counter = serving(person, at_screen, make_user, agency)
    shown = counter.get(address).content.decode()
    assert "没有现行的登记" in shown and "2026-11-02" not in shown
    assert "还没有文书" in counter.get(papers).content.decode()
