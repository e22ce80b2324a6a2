"""Shared fixtures: people in their roles, an employer, an agency, the day it is."""

from __future__ import annotations

import gc
import random
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

# No test fails for a slow machine's sake.
settings.register_profile(
    "untimed",
    settings.get_profile(settings.get_current_profile_name()),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("untimed")

SHANGHAI = ZoneInfo("Asia/Shanghai")


def _keep_what_is_loaded() -> None:
    """What was imported stays to the end: whoever collects garbage need not look through all of it again
    every few pages."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


def pytest_collection_finish() -> None:
    _keep_what_is_loaded()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The test database, with the application role's rights as in production."""
    from yonggong.cases import form_versions, item_actions, items
    from yonggong.cases.kinds import all_kinds
    from yonggong.privileges import grant_application_role
    from yonggong.rotation_role import grant_rotation_role

    with django_db_blocker.unblock():
        grant_application_role()
        assert not grant_rotation_role()
        form_versions.keep(kind.form for kind in all_kinds())
        item_actions.fill(today=date(2026, 11, 2))
        items.refresh()
        _keep()
    _keep_what_is_loaded()


# Filled after each migration, and known to every process by the keys the rows have.
_FILLED = ("cases_formversion", "cases_itemversion")


def _keep() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA IF NOT EXISTS kept")
        for table in _FILLED:
            cursor.execute(f"DROP TABLE IF EXISTS kept.{table}")
            cursor.execute(f"CREATE TABLE kept.{table} AS TABLE {table}")


@pytest.fixture(autouse=True)
def filled_tables(request: pytest.FixtureRequest) -> None:
    """A test whose transactions are real empties every table when it ends: what a migration had
    filled is put back before the next."""
    marker = request.node.get_closest_marker("django_db")
    if not (marker and marker.kwargs.get("transaction")) and not (
        {"transactional_db", "live_server"} & set(request.fixturenames)
    ):
        return
    from django.db import connection

    from yonggong.cases import items

    request.getfixturevalue("transactional_db")
    with connection.cursor() as cursor:
        for table in _FILLED:
            cursor.execute(f"INSERT INTO {table} SELECT * FROM kept.{table} ON CONFLICT DO NOTHING")
    items.refresh()


def _empty(test: TransactionTestCase) -> None:
    """Empty the tables in which a test left rows. Django's own way truncates all of them, whose files
    are made anew then, several hundred of them after each walk in a browser."""
    del test
    from django.db import connection, transaction

    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    kept = {"django_content_type", "auth_permission"}
    named = [connection.ops.quote_name(table) for table in sorted({*tables} - kept)]
    asked = " UNION ALL ".join(f"SELECT '{one}' WHERE EXISTS (SELECT FROM {one})" for one in named)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(asked)
        if filled := [table for (table,) in cursor.fetchall()]:
            # No trigger keeps one table's rows for another's sake, since all of them go.
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("; ".join(f"DELETE FROM {table}" for table in filled))


TransactionTestCase._fixture_teardown = _empty  # type: ignore[attr-defined]


@pytest.fixture
def now() -> datetime:
    """A working day, mid-morning."""
    return datetime(2026, 11, 20, 10, 0, tzinfo=SHANGHAI)


@pytest.fixture
def chance() -> random.Random:
    return random.Random(20261120)


@pytest.fixture
def without_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scans and photographs are not the matter here."""
    from tests.papers import ask_for_none

    ask_for_none(monkeypatch)


@pytest.fixture
def agency(db: None) -> Any:
    from yonggong.registry.models import Agency

    return Agency.objects.create(
        name="朝阳区劳动关系科", level=Agency.Level.COUNTY, region_code="220104"
    )


@pytest.fixture
def make_employer(db: None, agency: Any, chance: random.Random) -> Callable[..., Any]:
    """Make an employer, filed unless told otherwise."""
    from yonggong.codes.invent import invent_credit_code
    from yonggong.registry.models import Employer

    def make(**columns: Any) -> Any:
        number = Employer.objects.count() + 1
        given = {
            "credit_code": invent_credit_code(chance, region="220104"),
            "name": f"长春试验{number}号贸易有限公司",
            "state": Employer.State.FILED,
            "filed_on": datetime(2024, 1, 8).date(),
            "region_code": "220104",
            "nature": "10",
            "affiliation": "90",
            "economic_type": "173",
            "industry": "F51",
            "agency": agency,
        } | columns
        return Employer.objects.create(**given)

    return make


@pytest.fixture
def employer(make_employer: Callable[..., Any]) -> Any:
    return make_employer()


@pytest.fixture
def make_user(db: None) -> Callable[..., Any]:
    """Make a person with one grant: `make_user("reviewer", agency=…, region_code=…)`."""
    from yonggong.accounts.models import Grant, User

    def make(
        role: str,
        *,
        employer: Any = None,
        agency: Any = None,
        region_code: str = "",
        department: str = "人社",
    ) -> Any:
        number = User.objects.count() + 1
        user = User(username=f"{role}{number}", name=f"经办{number}")
        user.set_password("Yonggong-2026")
        user.save()
        Grant.objects.create(
            user=user,
            role=role,
            party=employer.party if employer else None,
            agency=agency,
            region_code=region_code,
            department=department,
        )
        return user

    return make


@pytest.fixture
def operator(make_user: Callable[..., Any], employer: Any) -> Any:
    return make_user("employer_operator", employer=employer)


@pytest.fixture
def reviewer(make_user: Callable[..., Any], agency: Any) -> Any:
    return make_user("reviewer", agency=agency, region_code="220104")


@pytest.fixture
def second(make_user: Callable[..., Any], agency: Any) -> Any:
    """Another reviewer of the same agency."""
    return make_user("reviewer", agency=agency, region_code="220104")


@pytest.fixture
def hall(employer: Any, operator: Any, reviewer: Any, now: datetime) -> Any:
    """The hall in which the employer files and the reviewer decides."""
    from tests.contracts.making import Hall

    return Hall(employer=employer, operator=operator, reviewer=reviewer, now=now)


@pytest.fixture
def person(db: None) -> Any:
    """Somebody who takes part in cases themselves, as a party."""
    from yonggong.registry import actions as registry

    worker = registry.get_or_add_worker(
        document_type="01",
        number="220104199003072134",
        name="试一",
        sex="1",
        birth_on=date(1990, 3, 7),
    )
    return registry.enter_person(worker=worker, region_code="220104")


@pytest.fixture
def pupil(person: Any) -> Any:
    """That person, signed in with an account without any grant."""
    from yonggong.accounts.actions import create_user, identify

    user = create_user(
        username="pupil",
        name="试一",
        password="Yonggong-2026",
        must_change_password=False,
        by=None,
    )
    return identify(user=user, person=person.pk, by=None)


@pytest.fixture
def at_screen() -> Callable[[Any], Any]:
    """Sign somebody in, as they do: `at_screen(user)` gives their browser."""

    from tests.screen import Screen

    def sign_in(user: Any) -> Screen:
        client = Screen()
        answer = client.post("/sign-in/", {"username": user.username, "password": "Yonggong-2026"})
        assert answer.status_code == 302, "a fixture's person can sign in"
        return client

    return sign_in


@pytest.fixture
def screen(at_screen: Callable[[Any], Any], hall: Any) -> Any:
    """The operator's browser."""
    return at_screen(hall.operator)


@pytest.fixture
def desk(at_screen: Callable[[Any], Any], hall: Any) -> Any:
    """The reviewer's browser."""
    return at_screen(hall.reviewer)
