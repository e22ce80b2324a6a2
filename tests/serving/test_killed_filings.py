"""A web process killed at any moment loses no filing it acknowledged; a form sent twice files once.

Operators file through the pages while the web process is killed again and again. Whoever gets no
answer sends the same form again, as a browser does when people press the button a second time.
"""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Iterator
from datetime import date
from html import unescape
from http.client import HTTPException
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import psycopg
import pytest
from django.db import connection as django_connection
from django.utils import timezone

from tests.contracts.making import answers
from tests.ports import free_port
from tests.serving.conftest import Loaded
from tests.serving.platform import Running, start, stop
from tests.serving.platform import answers as answers_again
from yonggong import embedded
from yonggong.cases.models import Case
from yonggong.demonstration.people import PASSWORD

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("run")]

_OPERATORS = ("danwei", "paiqian", "wuhai", "taiyuan")
_FORMS_EACH = 6
_KILLS = 5
_PATIENCE_SECONDS = 300


class Browser:
    """One signed-in operator, as patient as people are: what gets no answer is sent again."""

    def __init__(self, address: str, username: str) -> None:
        self.address = address.rstrip("/")
        self.lost = 0
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))
        page = self.ask("/sign-in/")
        self.ask("/sign-in/", {"username": username, "password": PASSWORD, **hidden(page)})

    def ask(self, path: str, data: dict[str, str] | None = None) -> str:
        """The page that answers, redirects followed; asked again until there is an answer."""
        url = path if path.startswith("http") else self.address + path
        until = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                body = urlencode(data).encode() if data is not None else None
                with self.opener.open(url, body, timeout=10) as answer:
                    self.at = str(answer.url)
                    return str(answer.read().decode())
            except HTTPError:
                raise
            except (OSError, HTTPException):
                if time.monotonic() > until:
                    raise
                self.lost += 1
                time.sleep(0.1)

    def file(self, given: dict[str, str]) -> str:
        """Begin a new contract, fill it in, send it; what the page says instead of taking it, "" where
        it takes it."""
        listed = self.ask("/employer/new/")
        form = self.ask("/employer/new/add/", hidden(listed))
        address = self.at
        page = self.ask(address, {**given, **hidden(form), "ask": "submit"})
        said = re.sub(r"<[^>]+>|\s+", " ", page.partition("<main")[2])
        return "" if "已提交审核" in said else f"{given['name']}：{self.at} {said[:600]}"


def hidden(page: str) -> dict[str, str]:
    """The tokens that the page's form carries."""
    found = {}
    for name in ("csrfmiddlewaretoken", "idempotency_key"):
        if match := re.search(f'name="{name}" value="([^"]+)"', page):
            found[name] = unescape(match[1])
    return found


@pytest.fixture
def platform(loaded: Loaded) -> Iterator[Running]:
    with loaded() as data:
        running = start(data, port=free_port())
        yield running
        stop(running)


def test_killed_web_processes_lose_no_filing_and_double_none(platform: Running) -> None:
    chance = random.Random(20261121)
    forms = {
        username: [
            answers(today=date.today(), name=f"试{place}{number}")
            for number in "甲乙丙丁戊己"[:_FORMS_EACH]
        ]
        for username, place in zip(_OPERATORS, "春遣海原", strict=True)
    }
    acknowledged: list[str] = []
    refused: list[str] = []
    lost: list[int] = []

    browsers = {username: Browser(platform.address, username) for username in _OPERATORS}

    def work(username: str) -> None:
        browser = browsers[username]
        for given in forms[username]:
            if said := browser.file(given):
                refused.append(said)
            else:
                acknowledged.append(given["name"])
        lost.append(browser.lost)

    people = [threading.Thread(target=work, args=(username,)) for username in _OPERATORS]
    for person in people:
        person.start()
    for _ in range(_KILLS):
        answers_again(platform.address)
        time.sleep(chance.uniform(0.1, 1.0))
        for child in platform.children("granian"):
            child.kill()
    for person in people:
        person.join(_PATIENCE_SECONDS)
    assert not any(person.is_alive() for person in people)
    assert "Traceback" not in "".join(platform.printed), "".join(platform.printed)
    assert refused == []
    assert len(acknowledged) == len(_OPERATORS) * _FORMS_EACH
    assert sum(lost) > 0, "nobody was disturbed: the killing proved nothing"

    with psycopg.connect(embedded.start(platform.data / "postgres")) as connection:
        assert {name: counts(connection, name) for name in acknowledged} == dict.fromkeys(
            acknowledged, (1, 1, 1, 1)
        )
        assert halves(connection) == 0


def counts(connection: psycopg.Connection, name: str) -> tuple[int, ...]:
    """How many contracts, filings, cases waiting and submissions there are for a person."""
    row = connection.execute(
        "SELECT (SELECT count(*) FROM contracts_contract k WHERE k.worker_id = ANY(w.ids)),"
        " (SELECT count(*) FROM contracts_filing f WHERE f.worker_id = ANY(w.ids)),"
        " (SELECT count(*) FROM contracts_filing f JOIN cases_case c ON c.id = f.case_id"
        "  WHERE f.worker_id = ANY(w.ids) AND c.state = 'pending'),"
        " (SELECT count(*) FROM contracts_filing f JOIN cases_event e ON e.case_id = f.case_id"
        "  WHERE f.worker_id = ANY(w.ids) AND e.action = 'submit')"
        " FROM (SELECT array_agg(id) AS ids FROM registry_worker WHERE name = %s) AS w",
        [name],
    ).fetchone()
    return tuple(row) if row else ()


def halves(connection: psycopg.Connection) -> int:
    """How many filings are there in part only: a filed case without its filing, its version or the
    event that filed it; a version or a filing of a case that was never filed; a contract that no
    filing is about."""
    row = connection.execute(
        "SELECT (SELECT count(*) FROM cases_case c WHERE c.kind = 'contract.new'"
        "   AND (c.state <> 'draft') <> ("
        "     EXISTS (SELECT FROM contracts_filing f WHERE f.case_id = c.id)"
        "     AND EXISTS (SELECT FROM cases_version v WHERE v.case_id = c.id)"
        "     AND EXISTS (SELECT FROM cases_event e WHERE e.case_id = c.id"
        "       AND e.action = 'submit')))"
        " + (SELECT count(*) FROM cases_case c WHERE c.kind = 'contract.new' AND c.state = 'draft'"
        "   AND (EXISTS (SELECT FROM contracts_filing f WHERE f.case_id = c.id)"
        "     OR EXISTS (SELECT FROM cases_version v WHERE v.case_id = c.id)))"
        " + (SELECT count(*) FROM contracts_contract k"
        "   WHERE NOT EXISTS (SELECT FROM contracts_filing f WHERE f.contract_id = k.id))"
    ).fetchone()
    return int(row[0]) if row else -1


@pytest.mark.django_db
def test_a_filing_in_part_is_seen(employer: Any, operator: Any, agency: Any) -> None:
    """What the test above looks for is found where it is: a case called filed, and nothing else."""
    raw = django_connection.cursor().connection
    assert halves(raw) == 0
    made = Case.objects.create(
        kind="contract.new",
        applicant_id=employer.pk,
        agency=agency,
        acting_agency=agency,
        filed_by=operator,
    )
    assert halves(raw) == 0, "a draft is no filing"
    Case.objects.filter(pk=made.pk).update(state="pending", filed_at=timezone.now())
    assert halves(raw) == 1
