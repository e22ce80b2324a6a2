"""Table 2 of 40,000 persons: filled in from the contracts and shown, and as a workbook, each against a floor
of the same run: reading those contracts with their texts, and writing the same cells bare."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import xlsxwriter
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from bench.results import Result
from yonggong.accounts.models import User
from yonggong.annual import rows, standing
from yonggong.cases.models import Case
from yonggong.demonstration.people import PASSWORD
from yonggong.registry.models import Employer

_PERSONS = 40_000
_ACCOUNT = "taiyuan"


@override_settings(ALLOWED_HOSTS=[*settings.ALLOWED_HOSTS, "testserver"])
def run() -> list[Result]:
    """By the pages, as an operator does it."""
    operator = User.objects.get(username=_ACCOUNT)
    employer = Employer.objects.get(pk=min(operator.scope.own_employers))
    _enlarge(employer)
    client = Client()
    client.post("/sign-in/", {"username": _ACCOUNT, "password": PASSWORD})
    begin = reverse("employer:annual-begin", args=[standing.WHOLE])
    shown, read = _seconds(lambda: _shown(client, begin)), _seconds(lambda: _read(employer))
    case = Case.objects.get(applicant=employer.pk, kind=standing.WHOLE, state="draft")
    persons = rows.sheet_of(case, "persons")
    assert persons.size >= _PERSONS, persons.size
    columns = persons.columns()
    book = reverse("employer:annual-filled", args=[case.pk])
    taken = _seconds(lambda: client.get(book).content)
    return [
        Result(f"annual: {persons.size:,} filled in and shown", "s", shown, read, "≤ 2 s"),
        Result(
            f"annual: {persons.size:,} as a workbook", "s", taken,
            _seconds(lambda: _bare(columns)), "≤ 10 s",
        ),
    ]  # fmt: skip


def _enlarge(employer: Employer) -> None:
    """Give the employer the contracts of others, as if it had always had them."""
    last_year = date(date.today().year - 1, 12, 31)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "CREATE TEMP TABLE taken AS SELECT DISTINCT ON (worker_id) id FROM contracts_contract"
            " WHERE state = 'active' AND work_start_on <= %s AND start_on <= %s"
            " AND user_unit_code = '' LIMIT %s",
            [last_year, last_year, _PERSONS],
        )
        for table, key in (("contracts_contract", "id"), ("contracts_filing", "contract_id")):
            cursor.execute(
                f"UPDATE {table} SET employer_id = %s WHERE {key} IN (SELECT id FROM taken)",
                [employer.pk],
            )
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE contracts_contract, contracts_filing")


def _shown(client: Client, begin: str) -> None:
    form: Any = client.post(begin)
    assert form.status_code == 302
    case = str(form["Location"]).rstrip("/").rsplit("/", 1)[-1]
    page = client.get(reverse("employer:annual-rows", args=[case, "persons"]))
    assert page.status_code == 200


def _read(employer: Employer) -> None:
    """The floor: the contracts' texts out of the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w.name, w.document_sealed, v.data FROM contracts_contract c"
            " JOIN registry_worker w ON w.id = c.worker_id JOIN cases_case k ON k.id = c.current_id"
            " JOIN cases_version v ON v.id = k.current_id WHERE c.employer_id = %s",
            [employer.pk],
        )
        cursor.fetchall()


def _bare(columns: rows.Columns) -> None:
    """The floor: the same cells in a workbook without anything else."""
    book = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True})
    sheet = book.add_worksheet()
    for row, cells in enumerate(zip(*columns.values(), strict=True)):
        for place, cell in enumerate(cells):
            sheet.write(row, place, cell)
    book.close()


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
