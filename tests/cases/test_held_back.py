"""Ten seconds to undo: a decision is held back that long, carried out once, under the same checks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.cases import club
from tests.racing import at_once
from yonggong.accounts.models import User
from yonggong.cases import actions as case_actions
from yonggong.cases import handling, held_back, queues
from yonggong.cases.actions import Forbidden, Refused
from yonggong.cases.life import Action, State
from yonggong.cases.models import Case, Event, HeldDecision
from yonggong.cases.procedure import Outcome

pytestmark = pytest.mark.django_db

TEN = timedelta(seconds=10)


@pytest.fixture(autouse=True)
def ten_seconds(settings: Any) -> None:
    """As installed: the settings of these tests hold nothing back."""
    from yonggong import settings as installed

    settings.UNDO_SECONDS = installed.UNDO_SECONDS
    assert timedelta(seconds=settings.UNDO_SECONDS) == TEN


@pytest.fixture
def hold(reviewer: Any, now: datetime) -> Callable[..., HeldDecision]:
    """Decide a case as its page does: `hold(case, Action.APPROVE, opinion=…, by=…, step=…)`."""

    def decide(case: Case, decision: Any = Action.APPROVE, **given: Any) -> HeldDecision:
        case.refresh_from_db()
        asked = {"seen": case.filed_at, "by": reviewer, "now": now, "address": "127.0.0.1"}
        held = held_back.decide(case=case, decision=decision, **(asked | given))
        assert held is not None
        return held

    return decide


@pytest.fixture
def colleague(make_user: Callable[..., Any], agency: Any) -> Any:
    return make_user("reviewer", agency=agency, region_code="220104")


def row_of(case: Case) -> dict[str, Any]:
    """The whole row of a case, but for when it was last written."""
    return Case.objects.filter(pk=case.pk).values().get() | {"updated_at": None}


def told(case: Case) -> list[str]:
    return list(case.events.order_by("pk").values_list("action", flat=True))


@pytest.mark.parametrize("decision", [Action.APPROVE, Action.RETURN])
def test_nothing_of_a_decision_is_done_while_it_is_held_back(
    submit: Any, hold: Any, now: datetime, decision: Action
) -> None:
    case = submit()
    before = row_of(case)
    hold(case, decision, opinion="材料不清晰")
    held_back.carry_out_due(now=now + TEN - timedelta(microseconds=1))
    assert row_of(case) | {"assigned_to_id": None} == before
    assert told(case) == ["submit"]


@pytest.mark.parametrize(
    ("decision", "state", "call"),
    [(Action.APPROVE, "approved", "applied"), (Action.RETURN, "returned", "returned")],
)
def test_once_due_it_is_carried_out_once_as_if_decided_then(
    submit: Any,
    hold: Any,
    reviewer: Any,
    now: datetime,
    decision: Action,
    state: str,
    call: str,
) -> None:
    case = submit()
    held = hold(case, decision, opinion="已核对")
    club.CALLS.clear()
    for _ in range(2):
        held_back.carry_out(held.pk, now=now + TEN)
        held_back.carry_out_due(now=now + TEN)
    case.refresh_from_db()
    assert (case.state, case.decided_by, case.opinion) == (state, reviewer, "已核对")
    assert (case.decided_at, case.assigned_to) == (now + TEN, None)
    assert club.calls_of(case) == [call]
    assert told(case) == ["submit", decision]
    assert not HeldDecision.objects.exists()


@pytest.mark.parametrize("taken", [True, False])
def test_taken_back_the_case_is_exactly_as_it_was(
    submit: Any, hold: Any, reviewer: Any, now: datetime, taken: bool
) -> None:
    case = submit()
    if taken:
        case_actions.assign(case=case, by=reviewer, now=now, address=None)
    before, past = row_of(case), told(case)
    held = hold(case)
    at = now + TEN - timedelta(seconds=1)
    held_back.undo(held=held.pk, by=reviewer, now=at, address="127.0.0.1")
    held_back.carry_out_due(now=now + TEN)
    assert row_of(case) == before
    assert told(case) == [*past, "undo"]
    assert case.events.get(action="undo").by == reviewer


def test_after_ten_seconds_it_cannot_be_taken_back(
    submit: Any, hold: Any, reviewer: Any, now: datetime
) -> None:
    held = hold(submit())
    with pytest.raises(Forbidden, match="已经生效"):
        held_back.undo(held=held.pk, by=reviewer, now=now + TEN, address=None)


def test_nobody_takes_back_what_another_decided(
    submit: Any, hold: Any, colleague: Any, now: datetime
) -> None:
    held = hold(submit())
    with pytest.raises(HeldDecision.DoesNotExist):
        held_back.undo(held=held.pk, by=colleague, now=now, address=None)


def test_while_it_is_held_nobody_decides_the_case_and_it_is_in_no_queue(
    submit: Any, hold: Any, reviewer: Any, colleague: Any, now: datetime
) -> None:
    case = submit()
    hold(case)
    for person in (reviewer, colleague):
        assert not queues.queue_of(person).exists()
        with pytest.raises(Forbidden, match="已对该办件作出决定"):
            case_actions.approve(case=case, seen=case.filed_at, by=person, now=now, address=None)
        with pytest.raises(Forbidden, match="已对该办件作出决定"):
            case_actions.assign(case=case, reason="急", by=person, now=now, address=None)
    assert case_actions.assign_next(behind=None, by=colleague, now=now, address=None) is None


def test_what_cannot_be_decided_is_told_at_once_and_nothing_is_held(submit: Any, hold: Any) -> None:
    case = submit()
    with pytest.raises(Refused):
        hold(case, Action.RETURN, opinion=" ")
    with pytest.raises(Refused, match="已修改并重新提交"):
        hold(case, seen=case.filed_at - TEN)
    with pytest.raises(Refused, match="没有收到"):
        hold(case, seen=None)
    assert not HeldDecision.objects.exists()
    assert told(case) == ["submit"]


def test_what_happened_to_the_case_meanwhile_comes_first_and_the_reviewer_is_told(
    submit: Any, hold: Any, operator: Any, reviewer: Any, now: datetime
) -> None:
    case = submit()
    held = hold(case)
    case_actions.void(case=case, by=operator, now=now, address=None)
    held_back.carry_out_due(now=now + TEN)
    case.refresh_from_db()
    assert case.state == State.VOIDED
    assert "已作废" in queues.decisions_held_by(reviewer).get(pk=held.pk).failure
    held_back.dismiss(held=held.pk, by=reviewer)
    assert not HeldDecision.objects.exists()


def test_who_was_frozen_meanwhile_decides_nothing_and_the_case_is_free_again(
    submit: Any, hold: Any, reviewer: Any, colleague: Any, now: datetime
) -> None:
    case = submit()
    hold(case)
    User.objects.filter(pk=reviewer.pk).update(state="frozen")
    held_back.carry_out_due(now=now + TEN)
    assert list(queues.queue_of(colleague)) == [case]
    assert told(case) == ["submit"]


def test_a_fault_is_told_and_holds_up_no_other(
    submit: Any, hold: Any, reviewer: Any, now: datetime, monkeypatch: Any
) -> None:
    broken, good = submit(), submit()
    first, _ = hold(broken), hold(good)
    HeldDecision.objects.filter(pk=first.pk).update(decision="unheard", step=0)
    held_back.carry_out_due(now=now + TEN)
    states = dict(Case.objects.values_list("pk", "state"))
    assert states == {broken.pk: "pending", good.pk: "approved"}


def test_the_database_holds_one_decision_of_a_case(submit: Any, hold: Any) -> None:
    held = hold(submit())
    held.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        held.save(force_insert=True)


def test_a_job_is_queued_for_the_moment_it_is_due(submit: Any, hold: Any, now: datetime) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    held = hold(submit())
    job = ProcrastinateJob.objects.get(task_name=held_back.CARRY_OUT, args={"held": held.pk})
    assert job.scheduled_at == now + TEN


def test_an_application_withdrawn_meanwhile_is_told(
    entered: Case, hold: Any, operator: Any, reviewer: Any, now: datetime
) -> None:
    hold(entered, Outcome.NEXT, step=entered.steps.get(acted_at__isnull=True).pk)
    handling.withdraw(case=entered, by=operator, now=now, address=None)
    held_back.carry_out_due(now=now + TEN)
    assert "已作废" in queues.decisions_held_by(reviewer).get().failure


@pytest.mark.django_db(transaction=True)
def test_several_who_come_by_at_once_carry_it_out_once(
    submit: Any, hold: Any, now: datetime
) -> None:
    case = submit()
    held = hold(case)
    at_once(*[lambda: held_back.carry_out(held.pk, now=now + TEN)] * 4)
    assert told(case) == ["submit", "approve"]


@pytest.mark.django_db(transaction=True)
def test_taken_back_and_carried_out_at_once_only_one_happens(
    submit: Any, hold: Any, reviewer: Any, now: datetime
) -> None:
    for _ in range(5):
        case = submit()
        held = hold(case)
        at_once(
            partial(held_back.undo, held=held.pk, by=reviewer, now=now, address=None),
            partial(held_back.carry_out, held.pk, now=now + TEN),
            refusals=(Forbidden, HeldDecision.DoesNotExist),
        )
        case.refresh_from_db()
        assert (case.state, told(case)[1:]) in [("approved", ["approve"]), ("pending", ["undo"])]


# --- a step of several -----------------------------------------------------------------------


@pytest.fixture
def entered(operator: Any, employer: Any, now: datetime) -> Case:
    from tests.cases import regatta

    return case_actions.submit(
        kind=regatta.ENTRY,
        raw={"boat": "白鹭"},
        applicant=employer.party,
        key=None,
        by=operator,
        now=now,
        address=None,
    )


def test_a_step_is_held_back_with_what_the_office_filled_in(
    entered: Case, hold: Any, reviewer: Any, now: datetime
) -> None:
    step = entered.steps.get(acted_at__isnull=True)
    hold(entered, Outcome.NEXT, step=step.pk)
    with pytest.raises(Forbidden, match="已对该办件作出决定"):
        handling.pause(
            case=entered, step=step.pk, reason="补正", by=reviewer, now=now, address=None
        )
    held_back.carry_out_due(now=now + TEN)
    survey = entered.steps.get(acted_at__isnull=True)
    record = {"inspected_on": "2026-11-20", "found": "船体完好"}
    hold(entered, Outcome.NEXT, step=survey.pk, answers=record)
    assert entered.steps.get(acted_at__isnull=True) == survey
    held_back.carry_out_due(now=now + TEN)
    survey.refresh_from_db()
    assert survey.outcome == "next"
    form = handling.form_of(entered, survey)
    assert form is not None and survey.values_on(form)["found"] == "船体完好"


def test_a_refusal_of_a_step_is_taken_back(
    entered: Case, hold: Any, reviewer: Any, now: datetime
) -> None:
    step = entered.steps.get(acted_at__isnull=True)
    before = row_of(entered)
    held = hold(entered, Outcome.REFUSE, step=step.pk, opinion="不属本机关职权")
    held_back.undo(held=held.pk, by=reviewer, now=now, address=None)
    held_back.carry_out_due(now=now + TEN)
    assert row_of(entered) == before
    assert entered.steps.get(acted_at__isnull=True) == step
    assert Event.objects.filter(case=entered, action="refuse").count() == 0
