"""Employers hear of contracts of theirs that ran out when the person was filed anew, and of what a
bureau recorded about their people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.contracts.correcting import correct, end
from tests.contracts.making import Hall, answers
from tests.contracts.speaking import EXPLAINED
from yonggong.reminders import digests
from yonggong.reminders.models import Message

pytestmark = pytest.mark.django_db


def told(hall: Hall, topic: str, *, after: int = 1) -> list[Message]:
    """The operator's messages on a topic after the run of so many days later."""
    digests.run(today=hall.today + timedelta(days=after))
    return list(Message.objects.filter(user=hall.operator, topic=topic))


def test_whose_contract_ran_out_hears_that_the_person_was_filed_anew(
    hall: Hall, make_employer: Any, make_user: Any
) -> None:
    contract = hall.old()
    case = contract.current
    assert case is not None
    person = {name: case.values[name] for name in ("document_number", "name", "sex")}
    raw = answers(today=hall.today, **person, birth_on=case.values["birth_on"].isoformat())
    other = make_employer()
    by = make_user("employer_operator", employer=other)
    hall.file("new", raw, employer=other, by=by, explanations=EXPLAINED)
    [message] = told(hall, "run-out-engaged")
    assert contract.worker.name in message.body and other.name not in message.body
    assert not Message.objects.filter(user=by, topic="run-out-engaged").exists()


def test_a_contract_that_runs_on_is_nobodys_reminder(hall: Hall) -> None:
    hall.approved()
    assert told(hall, "run-out-engaged") == []


def test_an_ending_recorded_for_an_employer_is_told(hall: Hall) -> None:
    contract = hall.in_force()
    end(hall, contract, hall.today)
    [message] = told(hall, "ended-by-office")
    assert contract.worker.name in message.body


def test_a_correction_is_told_to_whoever_employs_the_person(hall: Hall) -> None:
    correct(hall, hall.in_force().worker, name="试正名")
    [message] = told(hall, "person-corrected")
    assert "试正名" in message.body
