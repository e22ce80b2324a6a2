"""Whoever has sent an annual filing is reminded of it no more."""

from __future__ import annotations

from datetime import date

import pytest

from tests.annual.test_filing import WHY, begun, send
from tests.contracts.making import Hall
from yonggong import policy
from yonggong.reminders import digests
from yonggong.reminders.models import Message
from yonggong.reminders.todos import annual_duties

pytestmark = pytest.mark.django_db


def todos(hall: Hall, on: date) -> list[str]:
    rules = policy.of(hall.employer.region_code, on)
    return [todo.topic for todo in annual_duties(hall.employer, rules, on)]


def told(on: date) -> list[str]:
    digests.run(today=on)
    return list(
        Message.objects.filter(topic="annual-annual.return").values_list("title", flat=True)
    )


def test_the_duty_stands_until_it_is_sent(staffed: Hall) -> None:
    near = date(2026, 6, 25)
    assert todos(staffed, near) == ["annual-annual.return"]
    send(staffed, begun(staffed), **WHY)
    assert todos(staffed, near) == []


def test_whoever_was_filed_since_owes_nothing_of_the_year_before(staffed: Hall) -> None:
    staffed.employer.filed_on = date(2026, 1, 1)
    staffed.employer.save()
    assert todos(staffed, date(2026, 6, 25)) == []


@pytest.mark.parametrize("sent", [False, True])
def test_a_message_goes_to_whoever_has_not_sent_it(staffed: Hall, sent: bool) -> None:
    if sent:
        send(staffed, begun(staffed), **WHY)
    days = policy.of("140105", date(2026, 6, 1)).reminders.annual_duty_days
    day = date.fromordinal(date(2026, 6, 30).toordinal() - days[-1])
    assert told(day) == ([] if sent else ["年度劳动用工备案将于 2026-06-30 截止"])
