"""Keys turn beside the service: everything is sealed anew, nothing written meanwhile is lost, and the
old key can then be taken away."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings as configured
from django.core.management.base import CommandError
from django.db import connection, transaction

from tests.contracts.making import Hall, renewal_answers
from tests.serving.platform import command
from tests.serving.test_application_role import _url
from yonggong.accounts.models import AccessEntry
from yonggong.addresses import rotation_role_of, signed_in_as
from yonggong.cases.models import Blob, Draft, Version
from yonggong.privileges import ADD_ONLY
from yonggong.registry.models import PersonHistory, Worker
from yonggong.serving import rotating
from yonggong.serving.verifying import verified
from yonggong.vault import seal
from yonggong.vault.holders import holders, sealed_columns
from yonggong.vault.sealing import current_head

pytestmark = pytest.mark.django_db
OLD, NEW = os.urandom(32), os.urandom(32)


def quiet(title: str, done: int, total: int) -> None:
    assert 0 < done <= total, title


@pytest.fixture
def hall(employer: Any, operator: Any, reviewer: Any, now: Any, settings: Any) -> Hall:
    """Everything is sealed with the old key."""
    settings.SEALING_KEYS = (OLD,)
    return Hall(employer=employer, operator=operator, reviewer=reviewer, now=now)


@pytest.fixture
def filed(hall: Hall) -> Hall:
    """Versions, carried values, people with their history, papers, files, a draft, an account's and
    an employer's numbers."""
    contract = hall.old()
    renewal = hall.file("renewal", renewal_answers(contract), contract=contract)
    hall.approve(renewal)
    Blob.keep(b"file")
    hall.operator.keep_mobile("13800000000")
    hall.operator.save(update_fields=["mobile_sealed"])
    hall.employer.keep_sealed("contact_mobile", "13800000001")
    hall.employer.save()
    returned = hall.return_(hall.filed())
    draft = Draft(case=returned)
    draft.data = {"mobile": seal("13800000002", f"{draft.owner}/mobile"), "base_pay": "4200.00"}
    draft.save()
    line = PersonHistory(worker=contract.worker, act="approve", by=hall.reviewer, at=hall.now)
    for side in ("before", "after"):
        line.keep(side, {"name": "试", "number": contract.worker.document_number})  # type: ignore[arg-type]
    line.save()
    return hall


def turn(settings: Any, *keys: bytes, cipher: str = "a") -> None:
    settings.SEALING_KEYS, settings.SEALING_CIPHER = keys, cipher


def under_another() -> int:
    """Values of all tables that today's key and cipher did not seal, opened one by one."""
    head = current_head()
    found = 0
    for model in holders():
        for row in model._default_manager.all():
            for value, _ in row.sealed_values():
                raw = bytes(value) if isinstance(value, memoryview) else value
                start = raw[: len(head)] if raw else raw
                found += raw not in (None, "") and start not in (head, head.encode())
    return found


def as_rotation() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {configured.ROTATION_ROLE}")


@pytest.mark.parametrize(
    ("key", "cipher"),
    [(NEW, "a"), (NEW, "s"), (OLD, "s")],
    ids=["another key", "another key and cipher", "another cipher"],
)
def test_everything_is_sealed_anew_and_the_old_key_can_go(
    filed: Hall, settings: Any, key: bytes, cipher: str
) -> None:
    """By the role that may do no more; another cipher under the same key is turned to as well."""
    before = {row.pk: row.document_number for row in Worker.objects.all()}
    opened, _ = verified()
    turn(settings, key, OLD, cipher=cipher) if key != OLD else turn(settings, OLD, cipher=cipher)
    older = under_another()
    assert older == rotating.left() > 10
    with transaction.atomic():
        as_rotation()
        run = rotating.rotate_and_record(quiet)
        connection.cursor().execute("RESET ROLE")
    assert run.is_done and run.sealed == older
    assert under_another() == rotating.left() == 0
    turn(settings, key, cipher=cipher)
    assert verified() == (opened, [])
    assert {row.pk: row.document_number for row in Worker.objects.all()} == before
    said = AccessEntry.objects.get(kind="keys")
    assert f"重新加密 {older} 处" in said.detail and said.user is None


def test_nothing_but_what_is_sealed_changes(filed: Hall, settings: Any) -> None:
    """Amounts keep their places, and no row's time of change is touched."""
    columns = "case_id, data - 'document_number' - 'mobile', findings::text, xmin IS NULL"

    def rest() -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM cases_version ORDER BY id")
            versions = cursor.fetchall()
            cursor.execute("SELECT case_id, saved_at, revision FROM cases_draft")
            return [versions, cursor.fetchall()]

    version = Version.objects.latest("pk")
    Version.objects.filter(pk=version.pk).update(data=version.data | {"odd": 1.50, "none": None})
    before = rest()
    turn(settings, NEW, OLD)
    assert rotating.rotate(quiet).is_done
    assert rest() == before


def test_it_goes_on_where_it_was_stopped(filed: Hall, settings: Any) -> None:
    """Killed after the first rows: what was done stays done, the rest is done by the next run."""
    turn(settings, NEW, OLD)
    older = rotating.left()

    class Killed(Exception):
        pass

    def kill(title: str, done: int, total: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        rotating.rotate(kill)
    rest = rotating.left()
    assert 0 < rest < older
    assert rotating.rotate(quiet).sealed == rest
    assert rotating.rotate(quiet).sealed == 0


def test_what_does_not_open_is_told_and_stays(filed: Hall, settings: Any) -> None:
    """A value that was changed in the database is not made to look sound by sealing it anew."""
    worker = Worker.objects.earliest("pk")
    head, rest = worker.document_sealed[:11], worker.document_sealed[11:]
    spoiled = head + rest[:5] + ("A" if rest[5] != "A" else "B") + rest[6:]
    Worker.objects.filter(pk=worker.pk).update(document_sealed=spoiled)
    turn(settings, NEW, OLD)
    run = rotating.rotate(quiet)
    assert not run.is_done and list(run.broken) == [worker.owner] and run.left == 1
    worker.refresh_from_db()
    assert worker.document_sealed == spoiled


def test_fields_that_were_personal_once_are_sealed_anew_too(filed: Hall, settings: Any) -> None:
    """The form has changed since; what was filed on it stays sealed, and must turn with the rest."""
    version = Version.objects.latest("pk")
    version.data = version.data | {"gone": seal("13800000009", f"{version.owner}/gone")}
    version.save(update_fields=["data"])
    turn(settings, NEW, OLD)
    assert rotating.rotate(quiet).is_done
    version.refresh_from_db()
    assert version.data["gone"].startswith(current_head())


@pytest.mark.django_db(transaction=True)
def test_what_is_written_meanwhile_is_not_lost(filed: Hall, settings: Any) -> None:
    """A person's row is held and changed by the service while the rest turns: the rotation does not
    wait for it, and finds it afterwards as it was written."""
    turn(settings, NEW, OLD)
    worker = Worker.objects.earliest("pk")
    held, go = threading.Event(), threading.Event()

    def serve() -> None:
        try:
            with transaction.atomic():
                row = Worker.objects.select_for_update().get(pk=worker.pk)
                held.set()
                go.wait(60)
                row.name = "试改名"
                row.save()
        finally:
            connection.close()

    service = threading.Thread(target=serve)
    service.start()
    assert held.wait(60)

    def say(title: str, done: int, total: int) -> None:
        if title == Worker._meta.verbose_name:
            go.set()

    others = Worker.objects.exclude(pk=worker.pk).exists()
    if not others:
        go.set()
    run = rotating.rotate(say, rotating.HANDS)
    service.join()
    worker.refresh_from_db()
    assert run.is_done and worker.name == "试改名"
    assert worker.document_sealed.startswith(current_head())


@pytest.mark.django_db(transaction=True)
def test_the_command_turns_the_keys_as_its_own_role(filed: Hall, settings: Any) -> None:
    """In a process of its own, as the rotation's role; nothing is left, and the next has nothing to
    do."""
    import base64

    keys = [base64.b64encode(key).decode() for key in (NEW, OLD)]
    given = {
        "DATABASE_URL": _url(),
        "YONGGONG_DATABASE_ROLE": configured.APPLICATION_ROLE,
        "YONGGONG_SEALING_KEYS": ",".join(keys),
        "YONGGONG_CIPHER": "sm4",
    }
    data = Path(configured.DATA_DIR)
    ran = command("rotate-keys", data, **given)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "SM4-GCM" in ran.stdout and "旧密钥已不再使用" in ran.stdout
    turn(settings, NEW, cipher="s")
    assert not verified()[1]
    assert (
        "加密 0 处，仍由旧密钥或旧算法加密的 0 处" in command("rotate-keys", data, **given).stdout
    )


def rotation() -> psycopg.Connection:
    url = signed_in_as(_url(), configured.ROTATION_ROLE, configured.ROTATION_PASSWORD)
    return psycopg.connect(url, autocommit=True)


def test_its_role_may_update_what_is_sealed_and_nothing_else() -> None:
    with rotation() as signed_in:
        for model in holders():
            table, allowed = model._meta.db_table, {one.column for one in sealed_columns(model)}
            assert allowed, model
            for column in model._meta.concrete_fields:
                name = column.column
                found = signed_in.execute(
                    "SELECT has_column_privilege(%s, %s, 'UPDATE')", [table, name]
                ).fetchone()
                assert found == (name in allowed,), f"{table}.{name}"
        for asked in (
            *(f"DELETE FROM {table}" for table in ADD_ONLY),
            "UPDATE accounts_user SET password = ''",
            "UPDATE accounts_accessentry SET detail = ''",
            "INSERT INTO accounts_grant DEFAULT VALUES",
            f"SET ROLE {configured.APPLICATION_ROLE}",
            "CREATE TABLE own (x int)",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                signed_in.execute(asked)  # type: ignore[arg-type]


def test_the_application_cannot_act_in_it() -> None:
    url = signed_in_as(_url(), configured.APPLICATION_ROLE, configured.APPLICATION_PASSWORD)
    with (
        psycopg.connect(url, autocommit=True) as application,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        application.execute(f"SET ROLE {configured.ROTATION_ROLE}")  # type: ignore[arg-type]


def test_where_the_role_is_missing_the_command_says_what_to_do(settings: Any) -> None:
    settings.ROTATION_ROLE = "nobody_made_it"
    before = dict(connection.settings_dict)
    settings.DATABASE_URL = _url()
    other = connection.copy()
    try:
        with pytest.raises(CommandError, match="yonggong migrate"):
            rotating.sign_in(other)
    finally:
        assert connection.settings_dict == before


@pytest.mark.parametrize("name", ["yonggong_app", "x" * 63, "烏" * 21])
def test_the_role_is_named_after_the_application_s(name: str) -> None:
    made = rotation_role_of(name)
    assert made.endswith("_keys") and len(made.encode()) <= 63 and made != name


def test_every_holder_says_where_its_values_stand() -> None:
    """A model that seals inside JSON names the column, or nothing could be sealed anew there."""
    for model in holders():
        assert sealed_columns(model), model


def test_the_tables_that_are_turned_here_are_not_empty(filed: Hall) -> None:
    """What the others rest on."""
    for table in (
        "accounts_user", "cases_version", "cases_draft", "cases_blob", "contracts_carried",
        "documents_document", "registry_employer", "registry_worker", "registry_personhistory",
    ):  # fmt: skip
        model = next(one for one in holders() if one._meta.db_table == table)
        assert any(
            value for row in model._default_manager.all() for value, _ in row.sealed_values()
        )
