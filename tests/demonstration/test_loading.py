"""The demonstration data is what the platform itself would have written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

import pytest

from yonggong.accounts.models import User
from yonggong.accounts.roles import ROLES
from yonggong.cases.kinds import all_kinds
from yonggong.cases.life import Action, State, replay
from yonggong.cases.models import Case, Event
from yonggong.codes.identifiers import parse_credit_code, parse_id_number
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.new.kind import KIND as NEW
from yonggong.contracts.threads import held_values
from yonggong.demonstration import inventing
from yonggong.demonstration.loading import load
from yonggong.demonstration.people import DEMONSTRATION_ACCOUNTS, PASSWORD
from yonggong.employers import registered
from yonggong.employers.models import AskedFiling
from yonggong.entitlements.models import Insured, WagePaid
from yonggong.registry.handling import unclear
from yonggong.registry.models import Agency, Employer, Worker
from yonggong.registry.parties import Party
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


def test_employers_and_agencies_are_parties_and_no_worker_is(loaded: None) -> None:
    for model in (Employer, Agency):
        known = dict(Party.objects.filter(kind=model.party_kind).values_list("pk", "name"))
        assert known == dict(model.objects.values_list("pk", "name"))
    assert not Party.objects.filter(pk__in=Worker.objects.values("pk")).exists()


def test_registrations_ask_some_and_name_who_has_not_filed(loaded: None) -> None:
    assert set(AskedFiling.objects.values_list("act", flat=True)) == {"change", "cancel"}
    supervisor = User.objects.get(username="zhuguan_wh")
    assert registered.not_filed(supervisor).count() > 3


def test_an_employer_of_wuhai_shows_wages_and_insurance(loaded: None) -> None:
    employer = WagePaid.objects.select_related("employer").first()
    assert employer is not None and employer.employer.region_code == "150302"
    assert Insured.objects.exists()


def test_inspectors_find_clues_to_look_into(loaded: None) -> None:
    inspector = User.objects.get(username="jiancha")
    found = Clue.objects.filter(kind=Clue.Kind.INSURED)
    assert found.count() == 2 and set(found) <= set(clues.waiting_for(inspector))
