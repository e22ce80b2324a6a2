"""Every write in a case's life, on an invented kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.cases import club
from tests.racing import at_once
from yonggong.cases import actions as case_actions
from yonggong.cases import drafting, queues
from yonggong.cases import queries as case_queries
from yonggong.cases.actions import Forbidden, Refused
from yonggong.cases.life import Action, NotAllowed, State, replay
from yonggong.cases.models import Case, Event, Version

pytestmark = pytest.mark.django_db


def _codes(error: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in error.value.problems}


def test_a_submitted_case_waits_at_the_employers_agency(submit: Any, agency: Any) -> None:
    case = submit()
    assert (case.state, case.agency, case.subject_name) == (State.PENDING, agency, "试一")
    assert club.calls_of(case) == ["opened"]


def test_all_problems_come_at_once_and_nothing_is_written(submit: Any) -> None:
    with pytest.raises(Refused) as refused:
        submit(name="", joined_on="昨天")
    assert {problem.field for problem in refused.value.problems} == {"name", "joined_on"}
    assert not Case.objects.exists()


def test_the_kind_may_refuse(submit: Any) -> None:
    with pytest.raises(Refused) as refused:
        submit(name="拒绝")
    assert _codes(refused) == {"unwelcome"}


def test_personal_fields_are_sealed_in_the_row(submit: Any) -> None:
    case = submit(mobile="16012345678")
    assert "16012345678" not in str(Version.objects.values_list("data").get())
    assert Case.objects.get(pk=case.pk).values["mobile"] == "16012345678"


def test_the_same_key_files_once(submit: Any) -> None:
    key = uuid4()
    assert submit(key=key) == submit(key=key)
    assert Case.objects.count() == 1


def test_another_key_files_again(submit: Any) -> None:
    assert submit(key=uuid4()) != submit(key=uuid4())


def test_a_warning_needs_an_explanation_and_keeps_it(submit: Any) -> None:
    with pytest.raises(Refused) as refused:
        submit(racket="木拍")
    assert _codes(refused) == {"explanation_required"}
    assert "《球会章程》第三条" in refused.value.problems[0].message
    case = submit(racket="木拍", explanations={"probation-pay": "祖传"})
    assert case.version.findings[0]["explanation"] == "祖传"


def test_the_clock_counts_working_days_across_the_holiday(submit: Any, now: datetime) -> None:
    # 30 September 2026; five working days later lies behind the National Day holiday.
    case = submit(at=now.replace(month=9, day=30))
    assert case.due_on is not None
    assert case.due_on.isoformat() > "2026-10-08"


def test_lateness_is_kept_and_never_blocks(submit: Any) -> None:
    case = submit(joined_on="2026-08-03")
    assert case.statutory_due_on is not None and case.late_days > 0


def test_mending_a_returned_case_makes_nobody_late_and_redeems_nobody(
    submit: Any, decide: Any, now: datetime
) -> None:
    """Filing measures of Inner Mongolia, Art. 9: thirty days, by the day it first came in."""
    joined = (now - timedelta(days=20)).date().isoformat()
    case = decide(submit(joined_on=joined), "return", opinion="请补正")
    for days in (20, 40):
        case = submit(case=case, joined_on=joined, at=now + timedelta(days=days))
        assert case.late_days == 0
        case = decide(case, "return", opinion="请再补正")
    late = submit(joined_on="2026-08-03")
    days = late.late_days
    mended = submit(case=decide(late, "return", opinion="请补正"), joined_on="2026-08-03")
    assert mended.late_days == days > 0


def test_approval_makes_the_fact(submit: Any, decide: Any, reviewer: Any) -> None:
    case = decide(submit(), "approve", opinion="同意")
    assert (case.state, case.decided_by, case.opinion) == (State.APPROVED, reviewer, "同意")
    assert club.calls_of(case) == ["opened", "applied"]


def test_a_return_needs_an_opinion(submit: Any, decide: Any) -> None:
    with pytest.raises(Refused):
        decide(submit(), "return", opinion="  ")


def test_a_returned_case_is_mended_with_its_changes_in_history(submit: Any, decide: Any) -> None:
    case = decide(submit(), "return", opinion="请补正")
    case = submit(case=case, name="试二")
    assert case.state == State.PENDING
    last = case.events.order_by("-pk").first()
    assert last is not None
    assert (last.action, last.changes[0][1:]) == ("amend", ["姓名", "试一", "试二"])
    assert club.calls_of(case) == ["opened", "returned", "amended"]


def test_only_a_returned_case_can_be_edited(submit: Any) -> None:
    with pytest.raises(NotAllowed):
        submit(case=submit())


def test_the_stored_state_is_what_the_history_replays_to(submit: Any, decide: Any) -> None:
    case = decide(submit(), "return", opinion="请补正")
    case = decide(submit(case=case, name="试二"), "approve")
    done = [Action(event.action) for event in case.events.order_by("pk")]
    assert replay(done) == State(case.state)


def test_voiding_is_for_the_filer_and_only_before_approval(
    submit: Any, decide: Any, operator: Any, reviewer: Any, now: datetime
) -> None:
    case = submit()
    with pytest.raises(Forbidden):
        case_actions.void(case=case, by=reviewer, now=now, address=None)
    assert case_actions.void(case=case, by=operator, now=now, address=None).state == State.VOIDED
    approved = decide(submit(), "approve")
    with pytest.raises(NotAllowed):
        case_actions.void(case=approved, by=operator, now=now, address=None)


def test_nobody_reviews_what_they_filed(
    submit: Any, decide: Any, make_user: Callable[..., Any], employer: Any, agency: Any
) -> None:
    both = make_user("employer_operator", employer=employer)
    both.grants.create(role="reviewer", agency=agency, region_code="220104")
    case = submit(by=both)
    with pytest.raises(Forbidden, match="本人填报"):
        decide(case, "approve", by=both)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(
            state=State.APPROVED, decided_by=both, decided_at=case.filed_at
        )


def test_another_agencys_reviewer_may_not_decide(
    submit: Any, decide: Any, make_user: Callable[..., Any]
) -> None:
    from yonggong.registry.models import Agency

    other = Agency.objects.create(name="南关区股", level="county", region_code="220102")
    stranger = make_user("reviewer", agency=other, region_code="220102")
    case = submit()
    with pytest.raises(Forbidden):
        decide(case, "approve", by=stranger)
    assert not case_queries.visible_to(stranger).filter(pk=case.pk).exists()


def test_a_case_is_transferred_within_its_line(
    submit: Any, reviewer: Any, agency: Any, make_user: Callable[..., Any], now: datetime
) -> None:
    from yonggong.registry.models import Agency

    city = Agency.objects.create(name="市局", level="prefecture", region_code="220100")
    make_user("reviewer", agency=city, region_code="220100")
    case = case_actions.transfer(
        case=submit(), agency=city, reason="管辖", by=reviewer, now=now, address=None
    )
    assert case.agency == city
    assert not case_queries.may_decide(reviewer, case)


@pytest.mark.parametrize(
    ("region", "may"), [("220100", True), ("220000", True), ("150000", False), ("220102", False)]
)
def test_a_supervisor_transfers_cases_of_their_own_region_only(
    submit: Any, make_user: Callable[..., Any], now: datetime, region: str, may: bool
) -> None:
    from yonggong.registry.models import Agency

    city = Agency.objects.create(name="市局", level="prefecture", region_code="220100")
    make_user("reviewer", agency=city, region_code="220100")
    by, case = make_user("bureau_supervisor", region_code=region), submit()
    assert case_queries.may_transfer(by, case) is may
    if may:
        case_actions.transfer(case=case, agency=city, reason="管辖", by=by, now=now, address=None)
        assert case.events.filter(action="transfer").exists()
    else:
        with pytest.raises(Forbidden, match="本辖区"):
            case_actions.transfer(
                case=case, agency=city, reason="管辖", by=by, now=now, address=None
            )


def test_a_case_is_not_handed_to_an_agency_of_another_place(
    submit: Any, reviewer: Any, now: datetime
) -> None:
    from yonggong.registry.models import Agency

    far = Agency.objects.create(name="乌海市局", level="prefecture", region_code="150300")
    with pytest.raises(Forbidden, match="不受理本行政区划"):
        case_actions.transfer(
            case=submit(), agency=far, reason="管辖", by=reviewer, now=now, address=None
        )


def test_a_mended_case_keeps_the_number_people_quote(
    submit: Any, decide: Any, now: datetime
) -> None:
    case = decide(submit(at=now - timedelta(days=8)), "return", opinion="请补正")
    number = case.number
    case = submit(case=case, name="试二")
    assert case.number == number and number.startswith("20261112")
    case = submit(case=decide(case, "return", opinion="请再补正"), at=now + timedelta(days=9))
    assert case.number == number


@pytest.mark.parametrize(
    ("role", "region", "may"),
    [
        ("reviewer", "220104", True),
        ("reviewer", "150300", False),
        ("bureau_supervisor", "220100", False),
        ("counter_clerk", "220104", False),
        ("auditor", "220000", False),
    ],
)
def test_personal_data_is_whole_only_by_a_grant_that_reaches_the_case(
    submit: Any, make_user: Callable[..., Any], role: str, region: str, may: bool
) -> None:
    assert case_queries.may_see_personal(make_user(role, region_code=region), submit()) is may


def test_a_strangers_draft_is_not_kept(
    operator: Any, make_user: Callable[..., Any], make_employer: Any, employer: Any, now: datetime
) -> None:
    draft = drafting.save_draft(
        kind=club.MEMBERSHIP, applicant=employer.party, raw={}, case=None, by=operator, now=now
    )
    stranger = make_user("employer_operator", employer=make_employer())
    with pytest.raises(Forbidden):
        drafting.save_draft(
            kind=club.MEMBERSHIP, applicant=employer.party, raw={}, case=draft, by=stranger, now=now
        )


def test_a_draft_keeps_what_was_typed_and_only_its_owner_sees_it(
    operator: Any, reviewer: Any, employer: Any, now: datetime
) -> None:
    draft = drafting.save_draft(
        kind=club.MEMBERSHIP,
        applicant=employer.party,
        raw={"name": "", "joined_on": "下周", "nonsense": "x"},
        case=None,
        by=operator,
        now=now,
    )
    assert draft.draft.data == {"name": "", "joined_on": "下周"}
    assert case_queries.visible_to(operator).filter(pk=draft.pk).exists()
    assert not case_queries.visible_to(reviewer).filter(pk=draft.pk).exists()


def test_a_draft_becomes_the_case(submit: Any, operator: Any, employer: Any, now: datetime) -> None:
    draft = drafting.save_draft(
        kind=club.MEMBERSHIP, applicant=employer.party, raw={}, case=None, by=operator, now=now
    )
    assert submit(case=draft).pk == draft.pk


def test_a_discarded_draft_is_gone(operator: Any, employer: Any, now: datetime) -> None:
    draft = drafting.save_draft(
        kind=club.MEMBERSHIP, applicant=employer.party, raw={}, case=None, by=operator, now=now
    )
    drafting.discard_draft(case=draft, by=operator)
    assert not Case.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize(
    "table", ["cases_event", "accounts_accessentry", "documents_document", "documents_entry"]
)
def test_what_only_grows_the_application_may_not_change(table: str, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET LOCAL ROLE yonggong_app")
        cursor.execute(statement.format(table))


def test_history_can_be_added_to_by_the_application(submit: Any, operator: Any) -> None:
    case = submit()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE yonggong_app")
        Event.objects.create(case=case, action="assign", by=operator, at=case.filed_at)
    assert case.events.count() == 2


def test_an_account_that_filed_cannot_go(submit: Any, operator: Any, reviewer: Any) -> None:
    submit()
    with (
        pytest.raises(IntegrityError, match="cases_event"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        for table in ("accounts_grant", "accounts_passwordused"):
            cursor.execute(f"DELETE FROM {table} WHERE user_id = %s", [operator.pk])
        cursor.execute("UPDATE cases_case SET filed_by_id = %s", [reviewer.pk])
        cursor.execute("DELETE FROM accounts_user WHERE id = %s", [operator.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_twice_at_once_files_once(submit: Any) -> None:
    key = uuid4()
    first, second = at_once(lambda: submit(key=key), lambda: submit(key=key))
    assert isinstance(first, Case) and first == second
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_reviewers_at_once_exactly_one_decides(
    submit: Any, decide: Any, make_user: Callable[..., Any], agency: Any
) -> None:
    case = submit()
    colleague = make_user("reviewer", agency=agency, region_code="220104")
    results = at_once(
        lambda: decide(case, "approve"),
        lambda: decide(case, "return", opinion="否", by=colleague),
        refusals=(NotAllowed,),
    )
    assert sorted(type(result).__name__ for result in results) == ["Case", "NotAllowed"]
    assert Event.objects.filter(case=case, action__in=["approve", "return"]).count() == 1


def test_a_case_due_yesterday_is_overdue_in_the_queue(
    submit: Any, reviewer: Any, now: datetime
) -> None:
    case = submit(at=now - timedelta(days=30))
    assert queues.queue_of(reviewer).filter(due_on__lt=now.date()).get() == case
