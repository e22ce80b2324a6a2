"""Beside a case: what colleagues say of it among themselves, and what was filed before of the person
and by the employer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.contracts.making import Hall, contract_of, part_time_answers
from yonggong.accounts.models import AccessEntry
from yonggong.cases.errors import Refused
from yonggong.cases.models import Case, Note
from yonggong.cases.notes import add_note
from yonggong.privileges import ADD_ONLY
from yonggong.registry.models import Agency

pytestmark = pytest.mark.django_db
SAID = "上月同一单位有两件待核实"


@pytest.fixture
def said(hall: Hall) -> Case:
    """A case of which the reviewer has said something."""
    case = hall.filed(name="试备注")
    add_note(case=case, text=SAID, by=hall.reviewer, now=hall.now)
    return case


def page(client: Client, case: Case, name: str = "bureau:case") -> str:
    answer = client.get(reverse(name, args=[case.pk]))
    return answer.content.decode() if answer.status_code == 200 else ""


def test_a_note_has_its_author_and_time_and_is_there_for_colleagues(
    desk: Client, hall: Hall, make_user: Callable[..., Any], at_screen: Any, agency: Agency
) -> None:
    case = hall.filed()
    desk.post(reverse("bureau:case-note", args=[case.pk]), {"text": f" {SAID}\r\n"})
    note = case.notes.get()
    assert (note.text, note.by) == (SAID, hall.reviewer)
    colleague = at_screen(make_user("reviewer", agency=agency, region_code="220104"))
    shown = page(colleague, case)
    assert SAID in shown and f"<strong>{hall.reviewer.name}</strong>" in shown
    assert "内部备注（1）" in shown


@pytest.mark.parametrize(
    ("role", "region", "department", "sees"),
    [
        ("reviewer", "220104", "人社", True),
        ("reviewer", "220102", "人社", False),
        ("reviewer", "220104", "医保", False),
        ("bureau_supervisor", "220100", "人社", True),
        ("bureau_supervisor", "150000", "人社", False),
        ("counter_clerk", "220104", "人社", False),
        ("system_administrator", "220000", "人社", False),
        ("business_administrator", "220000", "人社", False),
        ("auditor", "220000", "人社", False),
    ],
)
def test_notes_are_for_who_reviews_or_supervises_there(
    said: Case,
    make_user: Callable[..., Any],
    at_screen: Any,
    role: str,
    region: str,
    department: str,
    sees: bool,
) -> None:
    client = at_screen(make_user(role, region_code=region, department=department))
    shown = page(client, said)
    assert (SAID in shown) is sees and ("内部备注" in shown) is sees
    sent = client.post(reverse("bureau:case-note", args=[said.pk]), {"text": "再核一次"})
    assert (sent.status_code == 302) is sees
    assert said.notes.count() == (2 if sees else 1)


def test_who_filed_never_reads_them_whatever_else_they_are(
    said: Case, hall: Hall, screen: Client, make_user: Callable[..., Any], at_screen: Any
) -> None:
    for name in ("employer:case", "employer:home"):
        args = [said.pk] if name == "employer:case" else []
        assert SAID not in screen.get(reverse(name, args=args)).content.decode()
    assert screen.post(reverse("bureau:case-note", args=[said.pk])).status_code == 404
    both = make_user("reviewer", region_code="220104")
    both.grants.create(role="employer_operator", party=hall.employer.party)
    assert SAID not in page(at_screen(both), said)


def test_notes_stand_in_no_log_and_are_only_added(said: Case, desk: Client) -> None:
    desk.post(reverse("bureau:case-note", args=[said.pk]), {"text": SAID})
    assert not AccessEntry.objects.filter(detail__contains=SAID).exists()
    assert not said.events.filter(opinion__contains=SAID).exists()
    assert Note._meta.db_table in ADD_ONLY


@pytest.mark.parametrize("text", ["", " \u200b", "证号22010419900307213X有误", "电话16012345678"])
def test_a_note_says_something_and_no_whole_number(hall: Hall, text: str) -> None:
    case = hall.filed()
    with pytest.raises(Refused):
        add_note(case=case, text=text, by=hall.reviewer, now=hall.now)
    assert not case.notes.exists()


# --- what was filed before -------------------------------------------------------------------


def test_what_the_employer_filed_before_with_returns_and_lateness(desk: Client, hall: Hall) -> None:
    hall.return_(hall.filed(name="试退回"))
    on = (hall.today - timedelta(days=80)).isoformat()
    hall.filed(name="试逾期", signed_on=on, work_start_on=on, start_on=on)
    case = hall.filed()
    answer = desk.get(reverse("bureau:case-before", args=[case.pk]))
    shown = answer.content.decode()
    told = answer.context
    assert (told["among"], told["returned"], told["late"]) == (2, 1, 1)
    assert told["late_share"] == 50 and "试退回" in shown and "试逾期" in shown
    assert case not in told["last"]


def test_other_contracts_of_the_person_as_far_as_they_may_be_seen(
    desk: Client, hall: Hall, make_employer: Callable[..., Any], make_user: Callable[..., Any]
) -> None:
    """An employer of another county filed the person too: row by row, that is not for this desk."""
    ended = hall.ended()
    county = Agency.objects.create(name="南关区", level="county", region_code="220102")
    near, far = make_employer(), make_employer(region_code="220102", agency=county)
    worker = contract_of(ended).worker
    given = part_time_answers(
        today=hall.today,
        name=worker.name,
        document_number=worker.document_number,
        sex=worker.sex,
        birth_on=worker.birth_on.isoformat(),
    )
    seen, hidden = (
        Hall(
            employer=employer,
            operator=make_user("employer_operator", employer=employer),
            reviewer=hall.reviewer,
            now=hall.now,
        ).file("new", given)
        for employer in (near, far)
    )
    shown = page(desk, ended, "bureau:case-before")
    assert near.name in shown and reverse("bureau:case", args=[seen.pk]) in shown
    assert far.name not in shown and reverse("bureau:case", args=[hidden.pk]) not in shown


def test_it_is_looked_up_once_it_is_asked_for_in_few_statements(desk: Client, hall: Hall) -> None:
    for _ in range(6):
        hall.filed()
    case = hall.filed()
    assert "试退回" not in page(desk, case)
    page(desk, case, "bureau:case-before")
    with CaptureQueriesContext(connection) as noted:
        part = desk.get(
            reverse("bureau:case-before", args=[case.pk]), headers={"HX-Request": "true"}
        )
    assert "<html" not in part.content.decode()
    assert len(noted.captured_queries) <= 12
