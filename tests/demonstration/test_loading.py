"""The demonstration data is what the platform itself would have written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.accounts.roles import ROLES
from yonggong.annual import actions as annual
from yonggong.annual import printing, rows, surveying
from yonggong.annual.arithmetic import wrong
from yonggong.annual.models import Return
from yonggong.annual.queries import typed
from yonggong.annual.standing import WHOLE, tables_of
from yonggong.cases.kinds import all_kinds
from yonggong.cases.life import Action, State, replay
from yonggong.cases.models import Case, Event
from yonggong.codes.identifiers import parse_credit_code, parse_id_number
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.new.kind import KIND as NEW
from yonggong.contracts.threads import held_values
from yonggong.counters.queries import sampled_visible_to, work_visible_to
from yonggong.demonstration import inventing
from yonggong.demonstration.loading import load
from yonggong.demonstration.people import DEMONSTRATION_ACCOUNTS, PASSWORD, PERSON
from yonggong.disputes import register as disputes
from yonggong.disputes.models import Dispute
from yonggong.employers import registered
from yonggong.employers.models import AskedFiling
from yonggong.entitlements.models import Insured, WagePaid
from yonggong.registry.handling import unclear
from yonggong.registry.models import Agency, Employer, Worker
from yonggong.registry.parties import Party
from yonggong.relations import layoff_reports, permits, register
from yonggong.relations.models import DispatchLicence, Minor
from yonggong.secrecy.models import UnusualLooking
from yonggong.secrecy.queries import unusual_visible_to
from yonggong.services import payments, publicity
from yonggong.supervision import clues
from yonggong.supervision.models import Clue

TODAY = date(2026, 11, 20)

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demonstration")]


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A small load, in a transaction that is rolled back after the module."""
    from django.db import connection, transaction

    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            load(say=lambda text: None, today=TODAY, workers=240)
            yield
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)
            connection.close()


def test_a_worker_signs_in_themselves_with_the_mobile_of_their_contract(loaded: None) -> None:
    user = User.objects.get(username=PERSON[0])
    contract = Contract.objects.get(worker=user.person_id, state=Contract.State.ACTIVE)
    assert user.portal == "person" and user.check_password(PASSWORD)
    assert held_values(contract)["mobile"] == user.mobile


def test_every_case_is_in_the_state_its_actions_made(loaded: None) -> None:
    cases = Case.objects.prefetch_related("events")
    assert cases.count() > 240
    for case in cases:
        actions = [Action(event.action) for event in sorted(case.events.all(), key=lambda e: e.pk)]
        assert replay(actions) == State(case.state), case.number


def test_history_is_written_in_the_order_of_time(loaded: None) -> None:
    assert list(Event.objects.order_by("pk").values_list("at", flat=True)) == sorted(
        Event.objects.values_list("at", flat=True)
    )
    filed = Case.objects.exclude(filed_at=None)
    assert list(filed.order_by("pk").values_list("filed_at", flat=True)) == sorted(
        filed.values_list("filed_at", flat=True)
    )


def test_every_filed_form_is_clean(loaded: None) -> None:
    for case in Case.objects.exclude(kind="contract.renewal"):
        cleaned = case.definition.form.clean(case.values)
        assert cleaned.problems == (), (case.kind, cleaned.problems)


def test_what_holds_of_a_contract_is_a_whole_text(loaded: None) -> None:
    for contract in Contract.objects.filter(state="active").select_related("current"):
        assert NEW.form.clean(held_values(contract)).problems == ()


def test_every_state_is_there(loaded: None) -> None:
    assert set(Filing.objects.values_list("state", flat=True)) >= {
        State.PENDING,
        State.APPROVED,
        State.RETURNED,
    }
    assert set(Filing.objects.values_list("kind", flat=True)) >= {"new", "renewal", "ending"}
    assert set(Employer.objects.values_list("state", flat=True)) == {"unfiled", "filed"}


def test_numbers_are_valid_to_the_last_checksum(loaded: None) -> None:
    for worker in Worker.objects.all():
        assert parse_id_number(worker.document_number).birth_date == worker.birth_on
    for code in Employer.objects.values_list("credit_code", flat=True):
        assert parse_credit_code(code)


def test_there_is_an_account_a_role_and_all_have_the_printed_password(loaded: None) -> None:
    roles = {account.role for account in DEMONSTRATION_ACCOUNTS}
    places = Counter(one.place for one in DEMONSTRATION_ACCOUNTS if one.role == "reviewer")
    # Who accepts does not decide: a licence of the city takes two, what is reviewed twice three.
    assert places["150300"] >= 2 and places["150302"] >= 3
    assert roles == set(ROLES)
    for account in DEMONSTRATION_ACCOUNTS:
        user = User.objects.get(username=account.username)
        assert user.check_password(PASSWORD)
        assert user.grants.get().role == account.role


def test_loading_again_changes_nothing(loaded: None) -> None:
    before = Case.objects.count()
    said: list[str] = []
    load(say=said.append, today=TODAY)
    assert (Case.objects.count(), said) == (before, [])


def test_the_same_seed_invents_the_same_people() -> None:
    first, second = (
        inventing.people(Random(7), region="220104", today=TODAY, count=50) for _ in range(2)
    )
    assert first == second
    assert len({person.document_number for person in first}) == 50


def test_it_is_decided_who_handles_every_kind(loaded: None) -> None:
    assert list(unclear(kind.matter for kind in all_kinds())) == []


def test_parties_are_employers_agencies_and_of_workers_who_sign_in_or_are_on_record(
    loaded: None,
) -> None:
    for model in (Employer, Agency):
        known = dict(Party.objects.filter(kind=model.party_kind).values_list("pk", "name"))
        assert known == dict(model.objects.values_list("pk", "name"))
    workers = Party.objects.filter(pk__in=Worker.objects.values("pk"))
    minor = Minor.objects.get().worker_id
    person = User.objects.get(username=PERSON[0]).person_id
    heard = Dispute.objects.get().worker_id
    assert set(workers.values_list("pk", flat=True)) == {person, minor, heard}


def test_registrations_ask_some_and_name_who_has_not_filed(loaded: None) -> None:
    assert set(AskedFiling.objects.values_list("act", flat=True)) == {"change", "cancel"}
    supervisor = User.objects.get(username="zhuguan_wh")
    assert registered.not_filed(supervisor).count() > 3


def test_an_employer_of_wuhai_shows_wages_and_insurance(loaded: None) -> None:
    employer = WagePaid.objects.select_related("employer").first()
    assert employer is not None and employer.employer.region_code == "150302"
    assert Insured.objects.exists()


def test_every_licence_keeps_what_it_was_entered_with(loaded: None) -> None:
    assert DispatchLicence.objects.exists()
    assert not DispatchLicence.objects.filter(entered=None).exists()


def test_the_bureau_of_wuhai_finds_one_of_each_thing_that_items_make(loaded: None) -> None:
    reviewer = User.objects.get(username="shenhe_wh")
    due = register.visible_to(reviewer).get().next_check
    assert due is not None and (due.on - TODAY).days in range(1, 31)
    assert permits.visible_to(reviewer).get().state_on(TODAY) == "有效"
    assert layoff_reports.visible_to(reviewer).filter(layoff_reports.watched_on(TODAY)).exists()
    (listed,) = payments.lists_visible_to(reviewer)
    assert payments.payments_of(listed).count() == 2
    (running,) = publicity.shown(publicity.publicised(TODAY))
    assert running.agency_id == reviewer.grants.get().agency_id
    harmony = Case.objects.get(steps__kind="survey", steps__acted_at=None, state=State.PENDING)
    assert harmony.counter is not None
    (heard,) = disputes.of_offices(reviewer)
    assert heard.is_open and heard.hearings.get(put_off="").at.date() > TODAY


def test_inspectors_find_clues_to_look_into(loaded: None) -> None:
    inspector = User.objects.get(username="jiancha")
    found = Clue.objects.filter(kind=Clue.Kind.INSURED)
    assert found.count() == 2 and set(found) <= set(clues.waiting_for(inspector))


def test_a_supervisor_finds_counter_work_and_a_sample_half_looked_into(loaded: None) -> None:
    supervisor = User.objects.get(username="zhuguan")
    work = work_visible_to(supervisor)
    assert work.count() > 1 and set(work.values_list("filed_by__username", flat=True)) == {
        "chuangkou"
    }
    found = sampled_visible_to(supervisor).values_list("finding", flat=True)
    assert set(found) == {"", "right", "wrong"}


def test_looks_that_stand_out_wait_for_the_auditor(loaded: None) -> None:
    for username in ("shenji", "anquan"):
        there = unusual_visible_to(User.objects.get(username=username))
        # Loaded at night, they stand out for that as well.
        assert set(there.values_list("user__username", "finding")) == {
            ("shenhe", ""),
            ("shenhe_ng", "work"),
        }
        assert there.filter(rule=UnusualLooking.Rule.HOUR).count() == 2


def test_employers_are_asked_for_the_survey_of_pay(loaded: None) -> None:
    asked = surveying.visible_to(User.objects.get(username="zhuguan"))
    operator = User.objects.get(username="danwei")
    assert asked.filter(employer__in=operator.scope.own_employers).get().state is None


def test_the_year_before_last_was_filed_in_its_window_and_nothing_of_it_lies_ahead(
    loaded: None,
) -> None:
    filed = Return.objects.get(year=TODAY.year - 2).case
    moments = [filed.filed_at, *filed.events.order_by("pk").values_list("at", flat=True)]
    assert {moment.year for moment in moments if moment} == {TODAY.year - 1}
    assert (1, 1) < (moments[0].month, moments[0].day) <= (6, 30)
    assert moments == sorted(moments) and filed.state == State.APPROVED


def test_the_tables_of_an_annual_filing_add_up_and_print(loaded: None) -> None:
    by = User.objects.get(username="taiyuan")
    employer = Employer.objects.get(pk=min(by.scope.own_employers))
    now = timezone.make_aware(datetime.combine(TODAY + timedelta(days=1), time(10)))
    case = annual.begin(kind=WHOLE, employer=employer, year=TODAY.year - 1, by=by, now=now)
    case = Case.objects.get(pk=case.pk)
    figures = typed(case)
    assert figures["staff"] and not list(wrong(figures))
    papers = [printing.print_figures(case, by=by, now=now)]
    assert tables_of(case) == ("persons", "endings")
    for table in tables_of(case):
        sheet = rows.sheet_of(case, table)
        papers.append(printing.print_rows(case, sheet, 1, unmasked=False, by=by, now=now))
    assert rows.sheet_of(case, "persons").size == figures["staff"]
    assert all(paper.startswith(b"%PDF") for paper in papers)
