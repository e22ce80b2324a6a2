"""What contracts on file tell of an applicant."""

from __future__ import annotations

import pytest

from tests.contracts.making import Hall, answers
from yonggong.registry.actions import enter_person
from yonggong.registry.models import Worker
from yonggong.services.knowing import facts

pytestmark = pytest.mark.django_db


def test_of_a_person_their_one_employer_job_and_particulars(hall: Hall) -> None:
    hall.approved(
        mobile="13812345678", ethnicity="01", residence="长春市朝阳区学林路 2 号", job="行政专员"
    )
    person = enter_person(worker=Worker.objects.get(), region_code="220104")
    found = {name: said for name, said in facts(person, hall.today).items() if said}
    assert found == {
        "person.phone": "13812345678",
        "person.address": "长春市朝阳区学林路 2 号",
        "person.ethnicity": "汉族",
        "contract.job": "行政专员",
        "person.employer": hall.employer.name,
        "unit.name": hall.employer.name,
        "unit.credit_code": hall.employer.credit_code,
    }


def test_after_its_end_the_day_of_it(hall: Hall) -> None:
    case = hall.ended()
    person = enter_person(worker=case.filing.worker, region_code="220104")
    assert facts(person, hall.today) == {"contract.end": hall.today.isoformat()}


def test_of_an_employer_how_many_work_there(hall: Hall) -> None:
    assert facts(hall.employer.party, hall.today) == {"unit.staff": ""}
    for _ in range(2):
        hall.approve(hall.file("new", answers(today=hall.today)))
    assert facts(hall.employer.party, hall.today) == {"unit.staff": "2"}
