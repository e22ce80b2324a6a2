"""录用未成年工登记备案: who can be registered, what is written, what it says of contracts."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contracts.correcting import end
from tests.contracts.making import answers as contract_answers
from tests.contracts.making import contract_of, revoke
from tests.contracts.test_findings_bulk import checked
from tests.documents.papers import page_texts
from tests.relations.office import Office, rules_found
from yonggong.cases.actions import Refused
from yonggong.cases.models import Case
from yonggong.codes.invent import invent_id_number
from yonggong.documents.models import Document
from yonggong.registry.models import Worker
from yonggong.relations import register
from yonggong.relations.minor_models import HealthCheck, Minor
from yonggong.relations.minors.form import AGAIN, KEY
from yonggong.relations.minors.on_contracts import unregistered
from yonggong.services.record_models import Standing

pytestmark = pytest.mark.django_db

BORN = date(2009, 12, 1)  # 16 on 2025-12-01, 18 on 2027-12-01
NUMBER = invent_id_number(random.Random(7), region="150302", birth_date=BORN, sex="1")


def answers(**changed: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "matter": "录用登记",
        "document_number": NUMBER,
        "begins_on": "2026-11-20",
        "f1_person_name": "试小一",
        "f1_sex": "男",
        "birth_month": "2009-12",
        "employer_name": "乌海试验人力资源有限公司",
        "employment_form": "全日制",
        "healthy": "true",
        "planned_work": "餐厅服务",
        "employer_signature": "试立",
        "examination_region": "150302",
        "factory": "乌海试验人力资源有限公司",
        "occupation": "餐厅服务员",
        "f2_person_name": "试小一",
        "f2_sex": "男",
        "birth_date": "2009-12-01",
        "examined_on": "2026-11-18",
        "fit_for_fitness_test": "可",
        "physician_signature": "试医",
        "signed_on": "2026-11-18",
    } | changed
    return {name: value for name, value in given.items() if value is not None}


def registered(office: Office, **changed: Any) -> Case:
    return office.through(office.apply(KEY, answers(**changed)))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"f2_person_name": "试小二"}, "differs"),
        ({"f2_sex": "女"}, "differs"),
        ({"birth_month": "2009-11"}, "differs"),
        ({"birth_date": "2009-12-02"}, "fills.mismatch"),
        ({"begins_on": "2027-12-01"}, "adult"),
        ({"examined_on": "2026-11-21"}, "in_future"),
        ({"healthy": "false"}, "required"),
        ({"matter": AGAIN}, "unknown"),
    ],
)
def test_what_contradicts_itself_or_is_no_minor_is_refused(
    office: Office, changed: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        office.apply(KEY, answers(**changed))
    assert code in {problem.code for problem in refused.value.problems}


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"begins_on": "2025-11-30"}, "minimum-age"),
        ({"begins_on": "2026-11-17"}, "juvenile-health-check"),
        ({"hazards": ["01"]}, "juvenile-hazards"),
    ],
)
def test_the_law_s_rules_on_minors_speak(
    office: Office, changed: dict[str, Any], rule: str
) -> None:
    assert rule in rules_found(office, KEY, answers(**changed))


def test_the_certificate_s_number_has_the_year_that_it_is_here(office: Office) -> None:
    """Half an hour into the new year, when the clocks that computers keep still have the old one."""
    case = office.apply(KEY, answers())
    office.hall.now = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    office.through(case)
    assert Minor.objects.get().number[6:10] == "2027"


def test_approved_the_minor_is_on_the_register_with_a_certificate(office: Office) -> None:
    assert rules_found(office, KEY, answers()) == set()
    registered(office)
    minor = Minor.objects.get()
    assert Standing.objects.get().key == "minor_register"
    due = minor.next_check
    assert (minor.adult_on, due.on if due else None) == (date(2027, 12, 1), date(2027, 11, 20))
    issued = {paper.title: paper.pdf for paper in Document.objects.all()}
    assert issued.keys() >= {"未成年工登记备案意见", f"未成年工登记证 {minor.number}"}
    (opinion,) = page_texts(issued["未成年工登记备案意见"])
    assert "试小一" in opinion and minor.number in opinion and "未成年工特殊保护规定" in opinion
    assert "劳动合同法" not in opinion
    with pytest.raises(Refused):
        office.apply(KEY, answers())


def test_a_later_health_check_is_added_and_taken_back(office: Office) -> None:
    first = registered(office)
    later = registered(office, matter=AGAIN, examined_on="2026-11-19")
    assert HealthCheck.objects.count() == 2
    first_hand, second_hand, _ = office.reviewers[first.agency_id or 0]
    given: dict[str, Any] = {"by": first_hand, "second": second_hand, "now": office.hall.now}
    with pytest.raises(Refused):
        revoke(first, **given)
    revoke(later, **given)
    revoke(first, **given)
    assert not Minor.objects.exists()


def test_joined_to_another_registration_they_are_the_one_on_the_register(office: Office) -> None:
    hall = office.hall
    registered(office)
    other = invent_id_number(random.Random(11), region="150302", birth_date=BORN, sex="1")
    hall.file(
        "new",
        contract(office, document_number=other),
        explanations={"juvenile-registration": "正在办理登记"},
    )
    assert unregistered(hall.employer, hall.today)
    minor = Minor.objects.get()
    kept = Worker.objects.exclude(pk=minor.worker_id).get()
    Worker.objects.filter(pk=minor.worker_id).update(joined_into=kept, confirmed=True)
    assert unregistered(hall.employer, hall.today) == {}
    assert register.minor_of(hall.employer.pk, NUMBER) == minor
    assert register.minor_of(hall.employer.pk, other) == minor


def test_who_has_left_has_no_health_check_to_come(office: Office) -> None:
    hall = office.hall
    registered(office)
    case = hall.approve(hall.file("new", contract(office)))
    assert register.visible_to(hall.operator).get().next_check
    end(hall, contract_of(case), hall.today)
    assert register.visible_to(hall.operator).get().next_check is None
    assert Minor.objects.get().next_check


def contract(office: Office, **changed: Any) -> dict[str, Any]:
    day = "2026-11-20"
    given = {
        "document_number": NUMBER,
        "name": "试小一",
        "sex": "1",
        "birth_on": BORN.isoformat(),
        "work_start_on": day,
        "signed_on": day,
        "start_on": day,
    }
    return contract_answers(today=office.hall.today, **(given | changed))


def test_a_contract_with_a_minor_demands_the_registration(office: Office) -> None:
    rule = "juvenile-registration"
    assert rule in rules_found(office, "contract.new", contract(office, juvenile_registered="true"))
    registered(office)
    assert rule not in rules_found(office, "contract.new", contract(office))
    grown = contract(
        office, start_on="2027-12-01", signed_on="2026-11-20", work_start_on="2027-12-01"
    )
    assert rule not in rules_found(office, "contract.new", grown)


def test_a_workbook_of_contracts_asks_the_register_once_for_all_its_minors(office: Office) -> None:
    rows = []
    for chance in (8, 9):
        number = invent_id_number(random.Random(chance), region="150302", birth_date=BORN, sex="1")
        registered(office, document_number=number)
        rows.append(contract(office, document_number=number))
    with CaptureQueriesContext(connection) as seen:
        tried = checked(office.hall, "new", rows)
    assert not tried.verdicts
    assert len([one for one in seen if "relations_healthcheck" in one["sql"]]) == 1


def test_a_registration_begins_with_the_minor_whose_contract_is_filed(office: Office) -> None:
    today = office.hall.today
    assert unregistered(office.hall.employer, today) == {}
    office.hall.file(
        "new", contract(office), explanations={"juvenile-registration": "正在办理登记"}
    )
    said = unregistered(office.hall.employer, today)
    assert (said["f1_person_name"], said["document_number"], said["f1_sex"]) == (
        "试小一",
        NUMBER,
        "男",
    )
    registered(office)
    assert unregistered(office.hall.employer, today + timedelta(days=1)) == {}
