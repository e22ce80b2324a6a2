"""Inspectors look records up with a reason, recorded; other services ask whether a relation exists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.contracts.making import Hall, contract_of
from yonggong.accounts.models import AccessEntry
from yonggong.registry.models import Employer, Worker
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
