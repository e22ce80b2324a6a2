"""An item added, or changed, while the platform runs is filed at once in every process, pages and
jobs alike: nothing is started again."""

from __future__ import annotations

import copy
import json
import re
import time
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.request import Request
from uuid import uuid4

import psycopg
import pytest

from tests.batch.workbooks import as_xlsx, rows
from tests.cases.item_versions import content
from tests.ports import free_port
from tests.serving.conftest import Loaded
from tests.serving.platform import Running, start, stop
from tests.serving.test_killed_filings import Browser, hidden
from yonggong import embedded
from yonggong.catalogue.versions import Content, packaged

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("run")]
_PATIENCE_SECONDS = 300


@pytest.fixture
def platform(loaded: Loaded) -> Iterator[Running]:
    with loaded() as data:
        running = start(data, port=free_port())
        yield running
        stop(running)


def processes(platform: Running) -> set[int]:
    """The web and the job processes."""
    found = (*platform.children("granian"), *platform.children("procrastinate"))
    return {child.pid for child in found}


def change(said: Content, one: Browser, other: Browser) -> None:
    """One administrator proposes it, another approves it, to hold from today on."""
    page = one.ask("/admin/items/add/")
    one.ask(
        "/admin/items/add/",
        {
            **hidden(page),
            "content": json.dumps(said, ensure_ascii=False),
            "region": "220000",
            "since": str(date.today()),
            "reason": "依据吉人社办字〔2026〕1号",
        },
    )
    (number,) = re.findall(r"/admin/items/proposals/(\d+)/", one.at)
    page = other.ask(f"/admin/items/proposals/{number}/")
    other.ask(f"/admin/items/proposals/{number}/decide/", {**hidden(page), "ask": "approve"})


def upload(browser: Browser, seed: int) -> None:
    """A workbook of three new contracts."""
    page, border = browser.ask("/employer/batch/"), uuid4().hex
    fields = {**hidden(page), "kind": "contract.new"}
    parts = [
        f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = 'Content-Disposition: form-data; name="file"; filename="a.xlsx"\r\n'
    kind = "Content-Type: application/octet-stream\r\n\r\n"
    book = as_xlsx(rows(3, today=date.today() - timedelta(days=1), seed=seed))
    parts += [f"--{border}\r\n{head}{kind}".encode(), book, f"\r\n--{border}--\r\n".encode()]
    request = Request(f"{browser.address}/employer/batch/", b"".join(parts))
    request.add_header("Content-Type", f"multipart/form-data; boundary={border}")
    with browser.opener.open(request, timeout=_PATIENCE_SECONDS) as answer:
        assert "/employer/batch/" in answer.url


def filed_by_jobs(database: psycopg.Connection, batches: int) -> int:
    """The item's version that the last of so many batches filed with, once its rows are filed."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until:
        found = database.execute(
            "SELECT v.number FROM cases_case c JOIN cases_itemversion v ON v.id = c.item_version_id"
            " WHERE c.batch = (SELECT max(id) FROM batch_batch)"
            " AND (SELECT count(*) FROM batch_batch) = %s LIMIT 1",
            [batches],
        ).fetchone()
        database.commit()
        if found:
            return int(found[0])
        time.sleep(0.5)
    raise AssertionError("no row was filed")


def test_an_item_is_added_and_filed_without_a_restart(platform: Running) -> None:
    unit = Browser(platform.address, "danwei")
    one, other = (Browser(platform.address, name) for name in ("yewu", "yewu2"))
    before = processes(platform)
    address = "/employer/item/kite-lending/begin/"
    assert address not in unit.ask("/employer/item/")

    with psycopg.connect(embedded.start(platform.data / "postgres")) as database:
        done = database.execute("SELECT count(*) FROM batch_batch").fetchone()
        assert done is not None
        upload(unit, seed=101)
        assert filed_by_jobs(database, done[0] + 1) == 1

        change(content(), one, other)
        signing = next(item.content for item in packaged() if item.key == "contract.new")
        changed = {**copy.deepcopy(dict(signing)), "promised_limit": {"value": 3, "unit": "工作日"}}
        change(changed, one, other)

        until = time.monotonic() + _PATIENCE_SECONDS
        while address not in (listed := unit.ask("/employer/item/")):
            assert time.monotonic() < until, "the running pages never learned of it"
            time.sleep(0.5)
        form = unit.ask(address, hidden(listed))
        answers = {
            "kite": "雨燕",
            "phone": "16012345678",
            "f2_rows__1__name": "试一",
            "f2_rows__1__age": "30",
        }
        said = unit.ask(unit.at, {**answers, **hidden(form), "ask": "submit"})
        assert "已提交审核" in said

        until, batches = time.monotonic() + _PATIENCE_SECONDS, done[0] + 1
        while filed_by_jobs(database, batches) == 1:
            assert time.monotonic() < until, "the running jobs never learned of it"
            batches += 1
            upload(unit, seed=101 + batches)
    assert processes(platform) == before
