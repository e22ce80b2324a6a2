"""The application signs in to the database as a role of its own, which can do no more than it
needs; whatever makes it another is noticed at once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.serving.platform import command, environment
from tests.serving.pooling import Relay, bouncer
from yonggong.addresses import parameters, signed_in_as
from yonggong.privileges import ADD_ONLY, WrongRole, make
from yonggong.privileges import application as application_login

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("role")]


def _url(**changed: str) -> str:
    """The tests' own database as its owner reaches it; with TCP where a port is given."""
    given = connection.settings_dict
    where = changed.pop("host", given["HOST"])
    parts = f"{given['USER']}:{given['PASSWORD']}@/{given['NAME']}?host={where}"
    return "postgresql://" + parts + "".join(f"&{key}={text}" for key, text in changed.items())


def _application(url: str) -> str:
    return signed_in_as(url, settings.APPLICATION_ROLE, settings.APPLICATION_PASSWORD)


@pytest.fixture
def application() -> Any:
    with psycopg.connect(_application(_url()), autocommit=True) as signed_in:
        yield signed_in


def test_it_signs_in_itself_and_is_nobody_else(application: psycopg.Connection) -> None:
    found = application.execute("SELECT current_user, session_user").fetchone()
    assert found == (settings.APPLICATION_ROLE,) * 2


@pytest.mark.parametrize(
    "asked",
    [
        "SET ROLE postgres",
        "SET SESSION AUTHORIZATION postgres",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "CREATE ROLE another",
        "ALTER TABLE cases_case DISABLE TRIGGER ALL",
        "DELETE FROM django_migrations",
        *(f"DELETE FROM {table}" for table in ADD_ONLY),
        *(f"TRUNCATE {table} CASCADE" for table in ADD_ONLY),
    ],
)
def test_what_it_may_not_the_database_refuses(application: psycopg.Connection, asked: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute(asked)  # type: ignore[arg-type]


@pytest.mark.parametrize("table", ADD_ONLY)
def test_what_only_grows_it_may_not_update(application: psycopg.Connection, table: str) -> None:
    (column,) = application.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum = 1", [table]
    ).fetchone() or ("",)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute(f"UPDATE {table} SET {column} = {column}")  # type: ignore[arg-type]


@pytest.mark.parametrize("options", ["", "-c role=postgres"])
def test_a_process_that_serves_uses_no_connection_of_another(settings: Any, options: str) -> None:
    """Neither the owner's, nor one whose options take another role on."""
    settings.ACTS_AS_APPLICATION = True
    other = connection.copy()
    other.settings_dict["OPTIONS"] = {"options": options} if options else {}
    with pytest.raises(WrongRole, match=f"应为 {settings.APPLICATION_ROLE}"):
        other.ensure_connection()
    assert other.connection is None, "it must not be used for what comes next"


def test_its_own_connection_is_used(settings: Any) -> None:
    settings.ACTS_AS_APPLICATION = True
    own = connection.copy()
    own.settings_dict |= {
        "USER": settings.APPLICATION_ROLE,
        "PASSWORD": settings.APPLICATION_PASSWORD,
        "OPTIONS": {},
    }
    own.ensure_connection()
    own.close()


def _run(name: str, url: str) -> subprocess.CompletedProcess[str]:
    role = settings.APPLICATION_ROLE
    data = Path(settings.DATA_DIR)
    return command(name, data, DATABASE_URL=url, YONGGONG_DATABASE_ROLE=role)


def _users() -> dict[str, str]:
    given = connection.settings_dict
    return {
        given["USER"]: given["PASSWORD"],
        settings.APPLICATION_ROLE: settings.APPLICATION_PASSWORD,
    }


def test_check_and_start_say_when_a_pooler_lost_the_role() -> None:
    """One that signs everybody in as the owner; the options asked for are lost in silence too."""
    owner = connection.settings_dict["USER"]
    with bouncer(
        socket_folder=connection.settings_dict["HOST"], users=_users(), as_user=owner
    ) as port:
        url = _url(host="127.0.0.1", port=str(port))
        checked, started = _run("check", url), _run("web", url)
    said = f"连接以 {owner} 登录、以 {owner} 操作，应为 {settings.APPLICATION_ROLE}"
    assert f"不通过  应用权限：{said}" in checked.stdout
    assert (started.returncode, said in started.stdout) == (1, True)
    assert "Traceback" not in started.stdout + started.stderr


def test_a_pooler_that_keeps_who_signed_in_is_sound() -> None:
    with bouncer(socket_folder=connection.settings_dict["HOST"], users=_users()) as port:
        checked = _run("check", _url(host="127.0.0.1", port=str(port)))
    assert "\n通过  应用权限" in checked.stdout, checked.stdout + checked.stderr


def test_options_in_the_url_join_the_role() -> None:
    """They replaced it once: `check` said sound while the application could change history."""
    checked = _run("check", _url(options="-c%20statement_timeout%3D60s"))
    assert "\n通过  应用权限" in checked.stdout, checked.stdout + checked.stderr
    taken = _run("check", _url(options=f"-c%20role%3D{connection.settings_dict['USER']}"))
    assert "不通过  应用权限" in taken.stdout


@pytest.fixture
def emptied_queue() -> Iterator[None]:
    """What the job process writes meanwhile goes with the test."""
    yield
    with psycopg.connect(_url()) as owner:
        owner.execute("TRUNCATE procrastinate_workers, procrastinate_jobs CASCADE")


@pytest.mark.slow
def test_the_job_process_ends_with_an_error_when_its_database_goes(emptied_queue: None) -> None:
    socket = Path(connection.settings_dict["HOST"]) / ".s.PGSQL.5432"
    relay = Relay(socket)
    url = _application(_url(host="127.0.0.1", port=str(relay.port)))
    jobs = subprocess.Popen(
        [sys.executable, "-m", "yonggong.cli", "jobs"],
        env=environment(Path(settings.DATA_DIR))
        | {"DATABASE_URL": url, "YONGGONG_DATABASE_ROLE": settings.APPLICATION_ROLE},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert jobs.stdout
    for line in jobs.stdout:
        if "Launching a worker" in line:
            break
    else:
        raise AssertionError("the job process did not start")
    relay.cut()
    said, _ = jobs.communicate(timeout=600)
    assert jobs.returncode == 1
    assert "进程 jobs 已退出" in said


def test_the_name_and_the_password_are_the_installations() -> None:
    assert parameters(_application(_url()))["user"] == settings.APPLICATION_ROLE
    assert len(settings.APPLICATION_PASSWORD) == 64
    assert settings.APPLICATION_PASSWORD not in " ".join(os.environ.values())


def test_an_owner_that_is_no_superuser_makes_the_role_and_may_act_in_it(settings: Any) -> None:
    """Who only may create roles is, by that, no user of what they created."""
    settings.APPLICATION_ROLE = "made_by_another_app"
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE another_owner CREATEROLE")
        cursor.execute("SET LOCAL ROLE another_owner")
        make(application_login())
        cursor.execute("SELECT pg_has_role('another_owner', 'made_by_another_app', 'USAGE')")
        assert cursor.fetchone() == (True,)
