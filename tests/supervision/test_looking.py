"""Inspectors look records up with a reason, recorded; other services ask whether a relation exists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cases import allotment
from tests.contracts.making import Hall, contract_of
from tests.entitlements.declaring import declared, insured, wage
from tests.supervision.making import material_of
from yonggong.accounts.models import AccessEntry
from yonggong.cases import actions as case_actions
from yonggong.registry.models import Agency, Employer, Worker
from yonggong.supervision import looking, relations
from yonggong.supervision.acting import Hand, Unfit
from yonggong.supervision.models import Look

pytestmark = pytest.mark.django_db
RETIREMENT = "退休审批"


def test_a_record_is_opened_with_a_reason_only_and_the_look_recorded(
    hall: Hall, hand: Hand
) -> None:
    with pytest.raises(Unfit, match="请填写查阅的事由"):
        looking.open_record(of=hall.employer, reason=" ", hand=hand)
    assert not AccessEntry.objects.filter(kind="personal").exists()
    looking.open_record(of=hall.employer, reason="核查投诉", hand=hand)
    line = AccessEntry.objects.get(kind="personal")
    assert line.user == hand.by and "事由：核查投诉" in line.detail
    assert line.subject == f"用人单位 {hall.employer.credit_code}"


def test_out_of_the_region_nothing_is_found_or_opened(
    hall: Hall, hand: Hand, elsewhere: Any
) -> None:
    worker = hall.approved().filing.worker
    assert looking.find_employers(hand.by, hall.employer.name) == [hall.employer]
    assert looking.find_workers(hand.by, number=worker.document_number, name="") == [worker]
    assert looking.find_workers(hand.by, number="", name=worker.name) == [worker]
    assert looking.find_employers(elsewhere, hall.employer.name) == []
    assert looking.find_workers(elsewhere, number=worker.document_number, name="") == []
    stranger = replace(hand, by=elsewhere)
    for of, error in ((hall.employer, Employer), (worker, Worker)):
        with pytest.raises(error.DoesNotExist):
            looking.open_record(of=of, reason="核查", hand=stranger)


def test_the_page_masks_until_the_power_is_used(
    hall: Hall, inspector: Any, elsewhere: Any, at_screen: Callable[[Any], Client]
) -> None:
    worker = hall.approved(name="试查阅").filing.worker
    office = at_screen(inspector)
    asked = {"unit": hall.employer.credit_code, "reason": "核查线索"}
    office.get("/bureau/look-up/")
    assert hall.employer.name in office.post("/bureau/look-up/", asked).content.decode()
    refused = office.post("/bureau/look-up/", asked | {"reason": ""})
    assert refused.status_code == 422 and hall.employer.name not in refused.content.decode()
    begun = {"of": "employer", "key": hall.employer.pk, "reason": "核查线索"}
    page = office.post("/bureau/look-up/begin/", begun, follow=True).content.decode()
    assert "试查阅" in page and worker.document_number not in page
    look = Look.objects.get()
    whole = office.post(f"/bureau/look-up/{look.pk}/whole/").content.decode()
    assert worker.document_number in whole
    assert AccessEntry.objects.filter(kind="personal", detail__contains="完整信息").exists()
    other = at_screen(elsewhere)
    assert other.get(f"/bureau/look-up/{look.pk}/").status_code == 404
    other.get("/bureau/look-up/")
    assert other.post("/bureau/look-up/begin/", begun).status_code == 404


def test_the_record_is_whole_what_was_filed_and_declared_with_it(
    make_employer: Any, make_user: Any, now: Any, elsewhere: Any, at_screen: Callable[[Any], Client]
) -> None:
    agency = Agency.objects.create(name="海勃湾区", level="county", region_code="150302")
    employer = make_employer(name="乌海试验商贸有限公司", region_code="150302", agency=agency)
    hall = Hall(
        employer=employer,
        operator=make_user("employer_operator", employer=employer),
        reviewer=make_user("reviewer", agency=agency, region_code="150302"),
        now=now,
    )
    case = hall.approved(name="试查阅")
    worker = case.filing.worker
    declared(hall, "wages", [wage(worker)])
    declared(hall, "insurance", [insured(worker)])
    inspector = make_user("inspector", region_code="150300")
    office = at_screen(inspector)

    def opened(of: str, key: int) -> str:
        office.get("/bureau/look-up/")
        sent = {"of": of, "key": key, "reason": "核查投诉"}
        return office.post("/bureau/look-up/begin/", sent, follow=True).content.decode()

    page = opened("employer", hall.employer.pk)
    assert "2026 年 10 月" in page and "养老保险" in page and "单位基本信息" in page
    page = opened("worker", worker.pk)
    assert "5000.00" in page and "养老、医疗、失业、工伤" in page
    for look in Look.objects.all():
        place, nothing = (f"/bureau/look-up/{look.pk}/cases/{key}/" for key in (case.pk, 999999))
        assert place in office.get(f"/bureau/look-up/{look.pk}/").content.decode()
        for answer in (office.get(place), office.post(place)):
            assert answer["Content-Type"] == "application/pdf"
        assert at_screen(elsewhere).get(place).status_code == 404
        assert office.get(nothing).status_code == 404
    lines = AccessEntry.objects.filter(subject=case.reference, detail__contains="核查投诉")
    assert {line.detail for line in lines} == {
        f"监察查阅{what}，事由：核查投诉" for what in ("填报内容", "完整填报内容")
    }


def test_a_material_of_the_record_is_opened_and_that_is_recorded(
    hall: Hall, inspector: Any, hand: Hand, elsewhere: Any, at_screen: Callable[[Any], Client]
) -> None:
    brought = material_of(hall)
    today = replace(hand, now=timezone.now())
    look = looking.open_record(of=hall.employer, reason="核查", hand=today)
    place = f"/bureau/look-up/{look.pk}/cases/{brought.case_id}/{brought.name}/"
    office = at_screen(inspector)
    assert place in office.get(f"/bureau/look-up/{look.pk}/").content.decode()
    assert office.get(place)["Content-Type"] == "image/png"
    line = AccessEntry.objects.get(subject=brought.case.reference)
    assert line.detail == "监察查阅材料 合同.png，事由：核查" and line.user == inspector
    assert line.purpose == "监督检查"
    assert at_screen(elsewhere).get(place).status_code == 404
    assert office.get(place.replace(brought.name, "nothing")).status_code == 404


def test_cases_of_other_departments_are_not_in_the_record(hall: Hall, hand: Hand) -> None:
    case = hall.approved()
    Agency.objects.create(
        name="公积金管理部", level="county", region_code="220104", department="公积金"
    )
    case_actions.submit(
        kind=allotment.LEASE, raw={"plot": "三号"}, applicant=hall.employer.party,
        key=None, by=hall.operator, now=hall.now, address=None,
    )  # fmt: skip
    assert list(looking.record_of_employer(hand.by, hall.employer).cases) == [case]


def test_a_look_is_good_for_its_day(hall: Hall, hand: Hand) -> None:

    long_ago = replace(hand, now=hand.now - timedelta(days=400))
    old = looking.open_record(of=hall.employer, reason="核查", hand=long_ago)
    with pytest.raises(Look.DoesNotExist):
        looking.open_look(hand.by, old.pk)


def test_whether_a_relation_exists_is_told_by_person_and_employer(hall: Hall, hand: Hand) -> None:
    contract = contract_of(hall.approved())
    ended = contract_of(hall.ended())
    given = {"purpose": RETIREMENT, "reason": "办理退休", "hand": hand}
    number, code = contract.worker.document_number, hall.employer.credit_code
    both = relations.ask(number=number, credit_code=code, **given)
    assert both.exists and both.relations[0].since == contract.work_start_on
    assert relations.ask(credit_code=code, **given).people == 1
    over = relations.ask(number=ended.worker.document_number, **given)
    assert not over.exists and over.relations[0].until == ended.ended_on
    line = AccessEntry.objects.filter(kind="people").first()
    assert line and RETIREMENT in line.detail and number not in line.subject + line.detail


def test_a_question_needs_business_reason_and_whom(hall: Hall, hand: Hand) -> None:
    for given, said in (
        ({"purpose": "好奇", "reason": "看看"}, "办理的业务"),
        ({"purpose": RETIREMENT, "reason": ""}, "核验的事由"),
        ({"purpose": RETIREMENT, "reason": "办理退休"}, "证件号码或者"),
    ):
        with pytest.raises(Unfit, match=said):
            relations.ask(hand=hand, **given)


def test_relations_elsewhere_are_not_told(hall: Hall, hand: Hand, elsewhere: Any) -> None:
    number = hall.approved().filing.worker.document_number
    answer = relations.ask(
        number=number, purpose=RETIREMENT, reason="办理退休", hand=replace(hand, by=elsewhere)
    )
    assert not answer.exists and not answer.relations


def test_its_page_answers_and_says_what_is_missing(
    hall: Hall, inspector: Any, at_screen: Callable[[Any], Client]
) -> None:
    number = hall.approved().filing.worker.document_number
    office = at_screen(inspector)
    office.get("/bureau/relations/")
    sent = {"number": number, "purpose": RETIREMENT, "reason": "办理退休"}
    answer = office.post("/bureau/relations/", sent).content.decode()
    assert "存在备案的劳动关系" in answer and hall.employer.name in answer
    assert office.post("/bureau/relations/", sent | {"reason": ""}).status_code == 422
