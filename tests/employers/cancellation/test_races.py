"""A cancellation is approved while something else happens to the employer: one waits for the other."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from tests.contracts.making import Hall, answers, ending_answers, shown
from tests.contracts.test_races import at_once, of_type
from tests.employers.closing import begun, cancellation, submitted
from yonggong.cases import actions as case_actions
from yonggong.cases.actions import Refused
from yonggong.cases.drafting import save_draft
from yonggong.cases.errors import Forbidden
from yonggong.cases.kinds import get_kind
from yonggong.cases.life import NotAllowed
from yonggong.cases.models import Case, Consequence
from yonggong.contracts.models import Contract
from yonggong.employers import drafts
from yonggong.registry.models import Employer

pytestmark = pytest.mark.django_db(transaction=True)


def waits_for(first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    """Do `second` in another connection while `first` is done and not committed: what it comes to,
    a refusal as the exception raised. It cannot end before `first` is committed."""
    found: list[Any] = []
    begun, ended = threading.Event(), threading.Event()

    def run() -> None:
        begun.set()
        try:
            found.append(second())
        except (Refused, Forbidden, NotAllowed) as refusal:
            found.append(refusal)
        finally:
            connection.close()
            ended.set()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        first()
        thread.start()
        begun.wait()
        _until_waiting(ended)
    thread.join()
    return found[0]


def _until_waiting(ended: threading.Event) -> None:
    """Return once another connection waits for a lock of this one, or has ended without."""
    while not ended.wait(0.02):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return


def test_what_is_filed_while_the_closing_is_approved_is_refused(hall: Hall) -> None:
    """Its employer was filed when it was checked; it is closed when it would be written."""
    case, raw = cancellation(hall), answers(today=hall.today)
    refused = waits_for(lambda: hall.approve(case), lambda: hall.file("new", raw))
    assert isinstance(refused, Refused) and "本单位已注销备案" in str(refused)
    assert not Case.objects.filter(kind="contract.new").exclude(state="draft").exists()
    assert not Contract.objects.exists()


def test_a_draft_sent_while_the_closing_is_approved_is_refused_and_kept(hall: Hall) -> None:
    case, raw = cancellation(hall), answers(today=hall.today)
    draft = save_draft(
        kind=get_kind("contract.new"),
        applicant=hall.employer.party,
        raw=raw,
        case=None,
        by=hall.operator,
        now=hall.now,
    )
    refused = waits_for(
        lambda: hall.approve(case), lambda: hall.file("new", raw, case=draft, key=uuid4())
    )
    assert isinstance(refused, Refused)
    draft.refresh_from_db()
    assert draft.state == "draft" and draft.draft.data["name"] == raw["name"]


def test_what_was_being_filed_first_is_waited_for_and_voided(hall: Hall) -> None:
    case = cancellation(hall)
    raw = answers(today=hall.today)
    waits_for(lambda: hall.file("new", raw), lambda: hall.approve(case))
    filed = Case.objects.get(kind="contract.new")
    assert filed.state == "voided"
    assert Contract.objects.get().state == "void"


def test_what_a_colleague_approves_first_is_waited_for_and_ended(hall: Hall) -> None:
    case, waiting = cancellation(hall), hall.filed()
    waits_for(lambda: hall.approve(waiting), lambda: hall.approve(case))
    assert Contract.objects.get().state == "ended"


def test_what_a_colleague_would_approve_meanwhile_is_void(hall: Hall) -> None:
    case, waiting = cancellation(hall), hall.filed()
    late = waits_for(lambda: hall.approve(case), lambda: hall.approve(waiting))
    assert isinstance(late, NotAllowed)
    assert Contract.objects.get().state == "void"


def test_an_ending_approved_at_once_ends_the_contract_once(hall: Hall) -> None:
    contract = hall.in_force()
    ending = hall.file("ending", ending_answers(on=hall.today), contract=contract)
    case = cancellation(hall)
    waits_for(lambda: hall.approve(ending), lambda: hall.approve(case))
    assert contract.filings.filter(kind="ending", state="approved").count() == 1


def test_two_reviewers_approve_it_at_once(hall: Hall, make_user: Any, agency: Any) -> None:
    hall.in_force()
    case = cancellation(hall)
    other = make_user("reviewer", agency=agency, region_code="220104")
    seen = shown(case)
    results = at_once(
        *[
            lambda by=by: case_actions.approve(
                case=case, seen=seen, by=by, now=hall.now, address=None
            )
            for by in (hall.reviewer, other)
        ]
    )
    assert len(of_type(results, Case)) == len(of_type(results, NotAllowed)) == 1
    assert Consequence.objects.count() == 1


def test_begun_twice_at_once_it_is_one(hall: Hall) -> None:
    results = at_once(
        *[lambda: drafts.begin_cancellation(employer=hall.employer, by=hall.operator, now=hall.now)]
        * 3
    )
    assert len({case.pk for case in results}) == 1


def test_sent_twice_at_once_it_is_filed_once(hall: Hall) -> None:
    case = begun(hall)
    results = at_once(*[lambda: submitted(hall, case)] * 2)
    assert len(of_type(results, Case)) == len(of_type(results, NotAllowed)) == 1
    assert case.versions.count() == 1


def test_two_employers_close_at_once(hall: Hall, make_employer: Any, make_user: Any) -> None:
    """No two closings wait for each other, even of employers that share a person."""
    other = make_employer()
    theirs = Hall(
        employer=other,
        operator=make_user("employer_operator", employer=other),
        reviewer=hall.reviewer,
        now=hall.now,
    )
    for one in (hall, theirs):
        one.in_force()
        one.filed()
    cases = [cancellation(one) for one in (hall, theirs)]
    results = at_once(*[lambda case=case: hall.approve(case) for case in cases])
    assert len(of_type(results, Case)) == 2
    assert set(Employer.objects.values_list("state", flat=True)) == {"cancelled"}
