"""What contracts on file offer: enrolment and registration after a new one, the reduction after an ending;
not what is in force already; each begun with what the contract tells (ST-4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.contracts.making import Hall
from yonggong import catalogue
from yonggong.cases.items import kind_called
from yonggong.cases.models import Case
from yonggong.contracts.models import Filing
from yonggong.portals.pages import items
from yonggong.registry.actions import enter_person
from yonggong.services import offers, record_queries, records
from yonggong.services.record_book import book
from yonggong.services.record_models import Record

pytestmark = pytest.mark.django_db

ENROL = "enterprise-employee-insurance-registration"
REGISTER = "employment-registration"
CERTIFICATE = "employment-entrepreneurship-certificate-issue"
REDUCE = "enterprise-contributor-removal"
CARD = "social-security-card-application"


def offered(hall: Hall, filing: Filing) -> list[str]:
    kinds = [kind_called(rule.item) for rule in offers.rules()]
    found = offers.offered_after([filing], employer=hall.employer, kinds=kinds, on=hall.today)
    return [one.kind.name for one in found]


def in_force(
    case: Case, filing: Filing, hall: Hall, key: str, act: Record.Act, until: date | None = None
) -> None:
    records.record(
        case=case,
        subject=enter_person(worker=filing.worker, region_code="220104"),
        sort=Record.Sort.PERSON,
        key=key,
        act=act,
        since=hall.today - timedelta(days=30),
        until=until,
        unit=hall.employer.party,
        by=hall.reviewer,
        now=hall.now,
    )


def test_each_line_names_an_item_for_whom_it_is_and_a_record() -> None:
    for rule in offers.rules():
        item = catalogue.book().find(rule.item)
        assert item is not None and rule.record in book().kinds
        assert ("个人" if rule.by == "person" else "用人单位") in item.audience
        assert rule.record in {one.record for one in item.effects}


def test_a_new_contract_offers_what_is_not_in_force(hall: Hall) -> None:
    filing = hall.approved().filing
    assert offered(hall, filing) == [ENROL, REGISTER, CERTIFICATE]
    in_force(filing.case, filing, hall, "insurance_person", Record.Act.BEGIN)
    assert offered(hall, filing) == [REGISTER, CERTIFICATE]


def test_what_has_run_out_is_offered_again(hall: Hall) -> None:
    filing = hall.approved().filing
    for until, left in ((hall.today, []), (hall.today - timedelta(days=1), [ENROL])):
        in_force(filing.case, filing, hall, "insurance_person", Record.Act.BEGIN, until)
        assert [one for one in offered(hall, filing) if one == ENROL] == left


def test_a_government_institution_is_offered_its_own_item(hall: Hall) -> None:
    filing = hall.approved().filing
    hall.employer.nature = "30"
    assert offered(hall, filing)[0] == "government-institution-employee-insurance-registration"


def test_an_ending_offers_the_reduction_until_it_is_made(hall: Hall) -> None:
    filing = hall.approved().filing
    in_force(filing.case, filing, hall, "insurance_person", Record.Act.BEGIN)
    filing.kind = Filing.Kind.ENDING
    assert offered(hall, filing) == [REDUCE]
    in_force(filing.case, filing, hall, "insurance_person", Record.Act.SUSPEND)
    assert offered(hall, filing) == []


def test_a_worker_is_offered_a_card_themselves(hall: Hall) -> None:
    filing = hall.approved().filing
    kinds = [kind_called(CARD), kind_called(REGISTER)]
    assert [one.name for one in offers.of_person(filing.worker_id, kinds, hall.today)] == [CARD]
    in_force(filing.case, filing, hall, "card", Record.Act.ISSUE)
    assert not offers.of_person(filing.worker_id, kinds, hall.today)


@pytest.mark.parametrize("item", [ENROL, REGISTER, CERTIFICATE, REDUCE])
def test_the_form_begins_with_the_worker(hall: Hall, item: str) -> None:
    filing = hall.approved(name="试新人").filing
    kind = kind_called(item)
    raw = offers.answers(kind, filing, by=hall.operator, today=hall.today)
    rows = [value[0] for value in raw.values() if isinstance(value, list)]
    said = {**raw, **(rows[0] if rows else {})}
    assert "试新人" in said.values() and filing.worker.document_number in said.values()


def test_it_is_begun_with_one_click_and_offered_no_more(
    hall: Hall, at_screen: Callable[[Any], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(items, "offered", lambda user, party, on: [kind_called(REGISTER)])
    filing = hall.approved(name="试新人").filing
    browser = at_screen(hall.operator)
    page = browser.get(reverse("employer:case", args=[filing.pk])).content.decode()
    begin = reverse("employer:offers-begin", args=[REGISTER])
    assert begin in page and begin in browser.get(reverse("employer:home")).content.decode()
    answer = browser.post(begin, {"ids": filing.pk})
    case = Case.objects.get(kind=REGISTER)
    assert answer.url == reverse("employer:item-form", args=[case.pk])
    assert "试新人" in browser.get(answer.url).content.decode()
    assert case.subject == filing.contract_id
    assert begin not in browser.get(reverse("employer:home")).content.decode()
    assert browser.post(begin, {"ids": filing.pk}).status_code == 404


def test_what_is_begun_makes_the_record_of_the_worker(hall: Hall) -> None:
    """The plain form names whom it is for, so that the record is theirs."""
    form = kind_called(REGISTER).form
    assert [one.known_from for one in form.fields][:2] == ["person.name", "person.id_number"]
    assert not record_queries.holds(0, "employment_registration", on=hall.today)
