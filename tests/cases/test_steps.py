"""A case of several steps: opened, done, returned, refused, paused, withdrawn; by whom, by when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.cases import regatta
from yonggong.cases import actions as case_actions
from yonggong.cases import handling, queues
from yonggong.cases import queries as case_queries
from yonggong.cases.actions import Forbidden, Refused
from yonggong.cases.life import Action, NotAllowed, State, replay
from yonggong.cases.models import Case, Event, Step
from yonggong.cases.procedure import Outcome
from yonggong.registry.models import Agency

pytestmark = pytest.mark.django_db

RECORD = {"inspected_on": "2026-11-24", "found": "船体完好"}


@pytest.fixture
def city(agency: Agency) -> Agency:
    return Agency.objects.create(name="市船检处", level="prefecture", region_code="220100")


@pytest.fixture
def enter(operator: Any, employer: Any, now: datetime) -> Callable[..., Case]:
    """Enter a boat: `enter(case=…, boat=…)`."""

    def send(*, case: Case | None = None, **changed: Any) -> Case:
        return case_actions.submit(
            kind=regatta.ENTRY,
            raw={"boat": "白鹭", **changed},
            applicant=employer.party,
            case=case,
            key=None,
            by=operator,
            now=now,
            address=None,
        )

    return send


@pytest.fixture
def act(reviewer: Any, now: datetime) -> Callable[..., Case]:
    """Do the open step: `act(case, Outcome.NEXT, opinion=…, by=…)`."""

    def complete(
        case: Case, outcome: Outcome = Outcome.NEXT, *, by: Any = None, **given: Any
    ) -> Case:
        case.refresh_from_db()
        assert case.filed_at is not None
        return handling.complete(
            **{
                "case": case,
                "step": open_step(case).pk,
                "outcome": outcome,
                "seen": case.filed_at,
                "by": by or reviewer,
                "now": now,
                "address": None,
            }
            | given
        )

    return complete


def open_step(case: Case) -> Step:
    return case.steps.get(acted_at__isnull=True)


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def codes(error: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in error.value.problems}


@pytest.fixture
def at_review(enter: Any, act: Any) -> Case:
    """An entry accepted and inspected."""
    return act(act(enter()), answers=RECORD)


@pytest.fixture
def at_decision(at_review: Case, act: Any, make_user: Any, agency: Agency, city: Agency) -> Case:
    """Reviewed and publicised; the city decides."""
    return act(act(at_review))


@pytest.fixture
def decider(make_user: Any, city: Agency) -> Any:
    return make_user("reviewer", agency=city, region_code="220100")


def test_a_filed_case_waits_to_be_accepted(enter: Any, agency: Agency) -> None:
    case = enter()
    assert (case.state, case.state_title) == (State.PENDING, "待受理")
    step = open_step(case)
    assert (step.key, step.round, step.agency) == ("accept", 1, agency)


def test_three_dates_stand_on_a_case(enter: Any, now: datetime) -> None:
    """By law, as promised, and for the step; Friday 20 November 2026 does not count."""
    case = enter()
    assert (case.due_on, case.due_by_law_on) == (date(2026, 12, 4), date(2026, 12, 18))
    assert open_step(case).due_on == date(2026, 11, 24)


def test_each_step_leads_to_the_next(at_decision: Case, act: Any, decider: Any) -> None:
    case = act(at_decision, by=decider)
    assert [step.key for step in case.steps.order_by("position")] == [
        "accept",
        "survey",
        "review",
        "publicity",
        "decide",
        "issue",
    ]


@pytest.mark.parametrize(
    ("done", "title"),
    [(0, "待受理"), (1, "已受理"), (2, "办理中"), (3, "公示中"), (4, "办理中")],
)
def test_the_words_are_the_standards(
    enter: Any, act: Any, city: Agency, done: int, title: str
) -> None:
    case = enter()
    for _ in range(done):
        case = act(case, answers=RECORD)
    assert case.state_title == title


def test_the_last_step_ends_the_case_and_the_kind_makes_its_fact(
    at_decision: Case, act: Any, decider: Any
) -> None:
    case = act(act(at_decision, by=decider))
    assert (case.state, case.state_title) == (State.APPROVED, "办结")
    assert regatta.calls_of(case) == ["opened", "applied"]
    assert not case.steps.filter(acted_at__isnull=True).exists()


def test_a_repeated_act_does_not_pass_the_next_step(enter: Any, act: Any) -> None:
    case = enter()
    first = open_step(case).pk
    act(case)
    with pytest.raises(Refused) as refused:
        act(case, step=first)
    assert codes(refused) == {"overtaken"}
    assert open_step(case).key == "survey"


def test_a_version_filed_since_is_not_judged_unseen(enter: Any, act: Any, now: datetime) -> None:
    with pytest.raises(Refused) as refused:
        act(enter(), seen=now - timedelta(hours=1))
    assert codes(refused) == {"overtaken"}


def test_a_return_names_its_reasons(enter: Any, act: Any) -> None:
    case = enter()
    with pytest.raises(Refused) as refused:
        act(case, Outcome.RETURN)
    assert codes(refused) == {"required"}
    assert fresh(case).state == State.PENDING


def test_a_return_opens_the_same_step_again_as_another_round(enter: Any, act: Any) -> None:
    case = act(enter(), Outcome.RETURN, opinion="缺船检证书，请补正。")
    assert (case.state, case.state_title) == (State.RETURNED, "待补正")
    case = enter(case=case, boat="白鹭二号")
    step = open_step(case)
    assert (case.state_title, step.key, step.round) == ("待受理", "accept", 2)
    assert regatta.calls_of(case) == ["opened", "returned", "amended"]


def test_a_return_inside_the_office_leads_where_the_plan_says(
    at_decision: Case, act: Any, decider: Any
) -> None:
    """The decision sends back to the review, not to the applicant."""
    case = act(at_decision, Outcome.RETURN, by=decider, opinion="请核对船名。")
    assert (case.state, open_step(case).key) == (State.PENDING, "review")


@pytest.mark.parametrize(("done", "title"), [(0, "不予受理"), (2, "不予批准")])
def test_a_refusal_has_its_word_and_its_grounds(
    enter: Any, act: Any, done: int, title: str
) -> None:
    case = enter()
    for _ in range(done):
        case = act(case, answers=RECORD)
    with pytest.raises(Refused):
        act(case, Outcome.REFUSE)
    case = act(case, Outcome.REFUSE, opinion="不属于受理范围。可以依法申请行政复议。")
    assert (case.state, case.state_title) == (State.REFUSED, title)
    assert regatta.calls_of(case)[-1] == "refused"


def test_a_refused_case_is_ended(enter: Any, act: Any) -> None:
    case = act(enter(), Outcome.REFUSE, opinion="不属于受理范围。")
    with pytest.raises(NotAllowed):
        enter(case=case)


def test_who_reviewed_does_not_decide(
    at_decision: Case, act: Any, reviewer: Any, city: Agency
) -> None:
    reviewer.grants.create(role="reviewer", agency=city, region_code="220100")
    del reviewer.scope
    with pytest.raises(Forbidden, match="不同的人"):
        act(at_decision)


def test_the_database_too_refuses_one_person_for_two_judgements(
    at_review: Case, act: Any, reviewer: Any
) -> None:
    case = act(at_review)
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.create(
            case=case,
            round=1,
            position=9,
            key="decide",
            kind="decide",
            agency=case.agency,
            opened_at=case.filed_at,
            filed_by=case.filed_by,
            acted_by=reviewer,
            acted_at=case.filed_at,
            outcome="next",
        )


def test_nobody_acts_in_what_they_filed(enter: Any, act: Any, operator: Any, agency: Any) -> None:
    operator.grants.create(role="reviewer", agency=agency, region_code="220104")
    with pytest.raises(Forbidden, match="本人"):
        act(enter(), by=operator)


def test_the_step_belongs_to_the_agency_of_its_level(
    at_decision: Case, act: Any, city: Agency, agency: Agency, reviewer: Any, decider: Any
) -> None:
    assert (at_decision.acting_agency, at_decision.agency) == (city, agency)
    assert list(queues.queue_of(decider)) == [at_decision]
    assert not queues.queue_of(reviewer).exists()
    with pytest.raises(Forbidden, match="其他机构"):
        act(at_decision, by=reviewer)


def test_the_acting_agency_sees_the_case_while_it_lies_there(
    at_decision: Case, make_user: Any, city: Agency
) -> None:
    there = make_user("reviewer", agency=city)
    elsewhere = make_user(
        "reviewer",
        agency=Agency.objects.create(name="他处", level="prefecture", region_code="220200"),
    )
    assert list(case_queries.visible_to(there)) == [at_decision]
    assert not case_queries.visible_to(elsewhere).exists()


def test_what_the_office_fills_in_is_checked_and_kept_with_the_step(enter: Any, act: Any) -> None:
    case = act(enter())
    with pytest.raises(Refused) as refused:
        act(case, answers={"found": "船体完好"})
    assert {problem.field for problem in refused.value.problems} == {"inspected_on"}
    act(case, answers=RECORD)
    assert case.steps.get(key="survey").data["found"] == "船体完好"
    assert "found" not in fresh(case).version.data


def test_a_step_ends_only_as_planned(enter: Any, act: Any) -> None:
    with pytest.raises(Forbidden):
        act(act(enter()), Outcome.REFUSE, opinion="不行")


def test_the_one_step_acts_do_not_pass_steps(enter: Any, reviewer: Any, now: datetime) -> None:
    case = enter()
    with pytest.raises(Forbidden, match="分环节"):
        case_actions.approve(case=case, seen=case.filed_at, by=reviewer, now=now, address=None)
    assert fresh(case).state == State.PENDING


def _pause(case: Case, by: Any, at: datetime, reason: str = "风浪过大") -> Case:
    return handling.pause(
        case=case, step=open_step(case).pk, reason=reason, by=by, now=at, address=None
    )


def test_a_paused_clock_stands_still_and_runs_on(
    enter: Any, act: Any, reviewer: Any, now: datetime
) -> None:
    """Paused on a Tuesday with three working days left, resumed a week later: three are left."""
    case = act(enter())
    tuesday = now + timedelta(days=4)
    case = _pause(case, reviewer, tuesday)
    assert (case.due_on, case.due_by_law_on, case.state_title) == (None, None, "暂停计时")
    case = handling.resume(case=case, by=reviewer, now=tuesday + timedelta(days=7), address=None)
    assert open_step(case).due_on == date(2026, 11, 27) + timedelta(days=7)
    assert (case.due_on, case.due_by_law_on) == (
        date(2026, 12, 4) + timedelta(days=7),
        date(2026, 12, 18) + timedelta(days=7),
    )


def test_only_reasons_that_the_plan_knows_pause(
    enter: Any, act: Any, reviewer: Any, now: datetime
) -> None:
    with pytest.raises(Refused) as refused:
        _pause(act(enter()), reviewer, now, reason="周末")
    assert codes(refused) == {"unknown"}


def test_what_is_paused_is_not_done(enter: Any, act: Any, reviewer: Any, now: datetime) -> None:
    case = _pause(act(enter()), reviewer, now)
    with pytest.raises(Refused) as refused:
        act(case, answers=RECORD)
    assert codes(refused) == {"paused"}


def test_what_runs_is_not_resumed(enter: Any, act: Any, reviewer: Any, now: datetime) -> None:
    with pytest.raises(Refused) as refused:
        handling.resume(case=act(enter()), by=reviewer, now=now, address=None)
    assert codes(refused) == {"not_paused"}


def test_the_applicant_withdraws_before_the_decision(
    at_review: Case, operator: Any, now: datetime
) -> None:
    case = handling.withdraw(case=at_review, by=operator, now=now, address=None)
    assert (case.state, case.state_title) == (State.VOIDED, "已撤回")
    assert not case.steps.filter(acted_at__isnull=True).exists()
    assert regatta.calls_of(case)[-1] == "voided"


def test_after_the_decision_nothing_is_withdrawn(
    at_decision: Case, act: Any, decider: Any, operator: Any, now: datetime
) -> None:
    case = act(at_decision, by=decider)
    with pytest.raises(Forbidden, match="已作出决定"):
        handling.withdraw(case=case, by=operator, now=now, address=None)


def test_only_who_filed_withdraws(enter: Any, reviewer: Any, now: datetime) -> None:
    with pytest.raises(Forbidden):
        handling.withdraw(case=enter(), by=reviewer, now=now, address=None)


def test_every_act_leaves_its_event_and_the_state_is_what_they_make(
    at_decision: Case, act: Any, decider: Any
) -> None:
    case = act(act(at_decision, by=decider))
    done = [
        Action(one)
        for one in Event.objects.filter(case=case).order_by("id").values_list("action", flat=True)
    ]
    assert done == [Action.SUBMIT, *[Action.STEP] * 5, Action.APPROVE]
    assert replay(done) == State.APPROVED
