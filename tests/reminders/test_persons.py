"""A person who applies hears of it as employers do: what was returned, decided, lies or nears its limit;
and so does who acts for them, as long as they do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.cases import lesson
from tests.contracts.making import Hall
from tests.registry.authorising import authorised
from yonggong import policy
from yonggong.accounts.models import User
from yonggong.cases import actions as case_actions
from yonggong.cases import drafting
from yonggong.cases.models import Case
from yonggong.registry.authority import end_authority
from yonggong.reminders import digests
from yonggong.reminders.models import Message
from yonggong.reminders.todos import todos_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def applied(hall: Hall, pupil: User) -> Case:
    return case_actions.submit(
        kind=lesson.LESSON,
        raw={"course": "初级"},
        applicant=pupil.person,
        case=None,
        key=uuid4(),
        by=pupil,
        now=hall.now,
        address=None,
    )


@pytest.fixture
def draft(hall: Hall, pupil: User) -> Case:
    assert pupil.person is not None
    return drafting.save_draft(
        kind=lesson.LESSON,
        applicant=pupil.person,
        raw={"course": "初"},
        case=None,
        by=pupil,
        now=hall.now,
    )


def send_back(hall: Hall, case: Case) -> None:
    case_actions.return_case(
        case=case,
        opinion="写明期数",
        seen=case.filed_at,
        by=hall.reviewer,
        now=hall.now,
        address=None,
    )


def told(user: User, topic: str) -> list[str]:
    return [message.body for message in Message.objects.filter(user=user, topic=topic)]


@pytest.mark.parametrize(
    ("approved", "topic", "said"),
    [
        (True, "answered", "课程申请（审核通过）。请查看办理结果。"),
        (False, "answered-returned", "课程申请（审核不通过）。请按审核意见修改后重新提交。"),
    ],
)
def test_an_answer_is_told_the_next_morning_and_once(
    hall: Hall, pupil: User, applied: Case, approved: bool, topic: str, said: str
) -> None:
    if approved:
        hall.approve(applied)
    else:
        send_back(hall, applied)
    digests.run(today=hall.today)
    assert told(pupil, topic) == []
    for days in (1, 1, 2):
        digests.run(today=hall.today + timedelta(days=days))
    assert told(pupil, topic) == [said]


def test_an_employers_filing_is_answered_in_its_list_alone(hall: Hall) -> None:
    hall.approved()
    digests.run(today=hall.today + timedelta(days=1))
    assert told(hall.operator, "answered") == []


def test_what_was_returned_waits_for_the_person(hall: Hall, pupil: User, applied: Case) -> None:
    assert todos_of(pupil, today=hall.today) == []
    send_back(hall, applied)
    (todo,) = todos_of(pupil, today=hall.today)
    assert (todo.topic, todo.count, todo.urgency) == ("person-returned", 1, "overdue")
    idle = policy.of("220104", hall.today).reminders.returned_idle_days
    for off in (-1, 0, 1):
        Case.objects.filter(pk=applied.pk).update(updated_at=hall.now)
        digests.run(today=hall.today + timedelta(days=idle + off))
    assert told(pupil, "returned") == ["课程申请：请按审核意见修改后重新提交。"]


def test_a_draft_that_lies_is_told_on_its_day_and_waits(
    hall: Hall, pupil: User, draft: Case
) -> None:
    idle = policy.of("220104", hall.today).reminders.draft_idle_days
    Case.objects.filter(pk=draft.pk).update(updated_at=hall.now - timedelta(days=idle))
    digests.run(today=hall.today)
    assert told(pupil, "drafts") == ["课程申请：请继续填写并提交，不再需要的请删除。"]
    later = {todo.topic for todo in todos_of(pupil, today=hall.today + timedelta(days=1))}
    assert later == {"person-drafts"}


def test_a_draft_whose_limit_is_near_is_told(hall: Hall, pupil: User, draft: Case) -> None:
    days = max(policy.of("220104", hall.today).reminders.deadline_days)
    due = hall.today + timedelta(days=days)
    Case.objects.filter(pk=draft.pk).update(statutory_due_on=due, updated_at=hall.now)
    digests.run(today=hall.today)
    assert len(told(pupil, f"drafts-due-{days}")) == 1
    waiting = {todo.topic: todo.due_on for todo in todos_of(pupil, today=hall.today)}
    assert waiting == {"person-drafts-due": due}


def test_who_acts_for_the_person_hears_too_until_the_authority_ends(
    hall: Hall, pupil: User, applied: Case
) -> None:
    given = authorised(pupil.person, hall.employer.party, by=pupil)
    send_back(hall, applied)
    acting = User.objects.get(pk=hall.operator.pk)
    titles = {todo.topic: todo.title for todo in todos_of(acting, today=hall.today)}
    assert titles["person-returned"] == "试一：审核不通过、待修改重报的申请"
    digests.run(today=hall.today + timedelta(days=1))
    assert [body[:3] for body in told(acting, "answered-returned")] == ["试一："]
    end_authority(authority=given, by=pupil, now=hall.now)
    gone = User.objects.get(pk=hall.operator.pk)
    assert "person-returned" not in {todo.topic for todo in todos_of(gone, today=hall.today)}
    Message.objects.all().delete()
    idle = policy.of("220104", hall.today).reminders.returned_idle_days
    Case.objects.filter(pk=applied.pk).update(updated_at=hall.now)
    digests.run(today=hall.today + timedelta(days=idle))
    assert told(pupil, "returned") and not told(acting, "returned")


def test_nobody_elses_application_is_told(hall: Hall, pupil: User, applied: Case) -> None:
    send_back(hall, applied)
    digests.run(today=hall.today + timedelta(days=1))
    assert told(hall.operator, "answered-returned") == []
    assert {todo.topic for todo in todos_of(hall.operator, today=hall.today)} == set()


def test_it_stands_in_the_persons_inbox_and_is_counted_at_the_head(
    hall: Hall, pupil: User, applied: Case, at_screen: Any
) -> None:
    send_back(hall, applied)
    digests.run(today=hall.today + timedelta(days=1))
    window = at_screen(pupil)
    assert "1 项待办，1 条未读提醒" in window.get("/messages/count/").content.decode()
    inbox = window.get("/messages/").content.decode()
    there = f"{reverse('person:home')}?state=returned"
    assert "件办件已退回" in inbox and there in inbox and "/employer/" not in inbox
    assert applied.number in window.get(there).content.decode()
    assert (
        applied.number not in window.get(f"{reverse('person:home')}?state=draft").content.decode()
    )
    window.post("/messages/read/", {"ask": "all"})
    assert "0 条未读" in window.get("/messages/count/").content.decode()
