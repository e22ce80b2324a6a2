"""A workbook filed: every spoilt row named rightly, every good row filed, nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from threading import Event, Lock
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.batch.workbooks import NAMES, as_csv, rows
from tests.contracts.making import Hall
from yonggong.batch import actions, queries
from yonggong.batch.models import Batch
from yonggong.cases.actions import Forbidden
from yonggong.cases.life import Action, replay
from yonggong.cases.models import Case
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.threads import values_of_text
from yonggong.registry.models import Agency, Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague() -> Iterator[psycopg.Connection[Any]]:
    """A session of another process on the same database."""
    given = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    session = {name: given[name] for name in names if given.get(name)}
    with psycopg.connect(**session, application_name="page", autocommit=True) as opened:
        yield opened


def _codes(batch: Batch) -> dict[int, set[str]]:
    return {row.number: {problem[2] for problem in row.problems} for row in batch.bad.all()}


def test_good_rows_become_cases_with_contracts_and_workers(send: Any, hall: Hall) -> None:
    found = rows(30, today=hall.today)
    batch = send(found)
    assert (batch.state, batch.filed_rows, batch.bad_rows) == ("done", 30, 0)
    cases = Case.objects.filter(batch=batch.pk).order_by("batch_row")
    assert [case.batch_row for case in cases] == list(range(2, 32))
    assert [case.values["document_number"] for case in cases] == [
        row["document_number"] for row in found
    ]
    assert Contract.objects.count() == Worker.objects.count() == Filing.objects.count() == 30
    for case in cases:
        assert replay([Action(event.action) for event in case.events.all()]) == case.state
        # The event holds the account that the version names.
        assert case.current is not None
        assert case.events.filter(by=case.current.by_id, at=case.current.at).exists()


def test_a_row_is_filed_as_the_page_would_have_filed_it(send: Any, hall: Hall) -> None:
    [row, other] = rows(2, today=hall.today)
    other |= {"signed_on": row["signed_on"]}  # from which the legal time limit counts
    send([row])
    by_page = hall.filed(**{name: _typed(value) for name, value in other.items()})
    by_batch = Case.objects.get(batch__isnull=False)
    skipped = (
        "id",
        "current_id",
        "subject",
        "subject_name",
        "filed_at",
        "updated_at",
        "batch",
        "batch_row",
    )
    columns = [f.attname for f in Case._meta.concrete_fields if f.attname not in skipped]
    assert {name: getattr(by_batch, name) for name in columns} == {
        name: getattr(by_page, name) for name in columns
    }
    assert values_of_text(by_batch).keys() == values_of_text(by_page).keys()
    page, batch = (Filing.objects.get(case=case) for case in (by_page, by_batch))
    assert (page.full_time, page.kind, page.state) == (batch.full_time, batch.kind, batch.state)


def _typed(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


SPOILED: list[tuple[str, Callable[[dict[str, Any], Hall], dict[str, Any]], str]] = [
    ("checksum", lambda row, hall: {"document_number": _wrong(row["document_number"])}, "id_number.checksum"),
    ("no name", lambda row, hall: {"name": ""}, "required"),
    ("no such text", lambda row, hall: {"contract_text": "九十九号文本"}, "choice.unknown"),
    ("birth date", lambda row, hall: {"birth_on": "1970-01-01"}, "fills.mismatch"),
    ("no date", lambda row, hall: {"start_on": "下个月"}, "date"),
    ("dates crossed", lambda row, hall: {"end_on": "2020-01-01"}, "ends_before_start"),
    ("pay day", lambda row, hall: {"pay_day": "四号"}, "number.format"),
    ("low probation pay", lambda row, hall: _low_pay(hall), "explanation_required"),
]  # fmt: skip


def _low_pay(hall: Hall) -> dict[str, Any]:
    return {"probation_end_on": hall.today + timedelta(days=20), "probation_pay": "1"}


def _wrong(number: str) -> str:
    return number[:-1] + ("0" if number[-1] != "0" else "1")


@pytest.mark.parametrize(("name", "spoil", "code"), SPOILED, ids=[item[0] for item in SPOILED])
def test_a_spoilt_row_is_named_and_the_others_are_filed(
    send: Any, hall: Hall, name: str, spoil: Any, code: str
) -> None:
    found = rows(6, today=hall.today)
    found[3] |= spoil(found[3], hall)
    batch = send(found)
    assert batch.filed_rows == 5
    [(number, codes)] = _codes(batch).items()
    assert number == 5
    assert any(code in said for said in codes), codes


def test_all_that_is_wrong_with_a_row_comes_at_once(send: Any, hall: Hall) -> None:
    found = rows(2, today=hall.today)
    found[0] |= {"name": "", "mobile": "12", "job": ""}
    row = send(found).bad.get()
    assert {problem[0] for problem in row.problems} == {"name", "mobile", "job"}
    assert all(problem[3] and problem[4] for problem in row.problems)


def test_the_same_person_twice_is_refused_the_second_time(send: Any, hall: Hall) -> None:
    found = rows(3, today=hall.today)
    batch = send([*found, found[1]])
    assert (batch.filed_rows, _codes(batch)) == (3, {5: {"repeated_in_file"}})


def test_an_unreviewed_filing_is_refused_with_the_words_of_the_manual(
    send: Any, hall: Hall
) -> None:
    found = rows(2, today=hall.today)
    send(found)
    again = send(found)
    assert again.filed_rows == 0
    message = again.bad.first().problems[0][3]
    assert message.startswith("此人存在未审核的备案信息") and hall.employer.name in message


def test_a_full_time_contract_elsewhere_is_refused_by_name(
    send: Any, hall: Hall, make_employer: Any
) -> None:
    found = rows(1, today=hall.today)
    send(found)
    other = make_employer(name="长春别家有限公司")
    filing = Filing.objects.get()
    Contract.objects.update(state="active", employer=other)
    Filing.objects.filter(pk=filing.pk).update(state="approved", employer=other)
    batch = send(found)
    assert "此人在单位【长春别家有限公司】已存在全日制劳动合同" in batch.bad.get().problems[0][3]


def test_a_contract_text_that_does_not_exist_is_refused_by_name(send: Any, hall: Hall) -> None:
    """JL-6, third of its known refusals."""
    found = rows(2, today=hall.today)
    found[0]["contract_text"] = "备案试运行文本"
    found[1]["contract_text"] = "长" * 200
    by_name, cut = (row.problems[0][3] for row in send(found).bad.order_by("number"))
    assert by_name == "没有“备案试运行文本”这一合同文本"
    assert cut == f"没有“{'长' * 30}…”这一合同文本"


def test_an_explanation_lets_a_warning_pass(send: Any, hall: Hall) -> None:
    found = rows(1, today=hall.today)
    found[0] |= {"probation_end_on": hall.today + timedelta(days=20), "probation_pay": "1"}
    batch = send(found)
    row = batch.bad.get()
    filed, still = actions.mend(
        batch=batch, changes={row.pk: {}}, said={row.pk: "双方约定"}, by=hall.operator, now=hall.now
    )
    assert (filed, still) == (1, 0)
    verdicts = Case.objects.get(batch=batch.pk).version.findings
    assert {verdict["explanation"] for verdict in verdicts} == {"双方约定"}


def test_a_mended_row_is_filed_once(send: Any, hall: Hall) -> None:
    found = rows(2, today=hall.today)
    good = found[0]["mobile"]
    found[0]["mobile"] = "1"
    batch = send(found)
    row = batch.bad.get()
    for expected in ((1, 0), (0, 0)):
        assert expected == actions.mend(
            batch=batch, changes={row.pk: {"mobile": good}}, said={}, by=hall.operator, now=hall.now
        )
    batch.refresh_from_db()
    assert (batch.filed_rows, batch.bad_rows) == (2, 0)
    assert not queries.bad_rows(batch).exists()


def test_the_same_upload_sent_twice_is_one_batch(send: Any, hall: Hall) -> None:
    key, found = uuid4(), rows(2, today=hall.today)
    assert send(found, key=key) == send(found, key=key)
    assert Case.objects.count() == 2


def test_a_cancelled_batch_files_nothing_more(send: Any, hall: Hall) -> None:
    batch = send(rows(2, today=hall.today), work=False)
    actions.cancel(batch=batch, by=hall.operator, now=hall.now)
    actions.work(batch.pk, now=hall.now)
    batch.refresh_from_db()
    assert (batch.state, batch.filed_rows, Case.objects.count()) == ("cancelled", 0, 0)


def test_a_batch_is_undone_while_nothing_is_reviewed(send: Any, hall: Hall) -> None:
    batch = send(rows(3, today=hall.today))
    assert actions.undo(batch=batch, by=hall.operator, now=hall.now, address=None) == 3
    assert set(Case.objects.values_list("state", flat=True)) == {"voided"}
    assert set(Contract.objects.values_list("state", flat=True)) == {"void"}
    assert send(rows(3, today=hall.today)).filed_rows == 3


def test_a_batch_with_a_reviewed_row_is_not_undone(send: Any, hall: Hall) -> None:
    from tests.contracts.making import approve

    batch = send(rows(3, today=hall.today))
    first = Case.objects.filter(batch=batch.pk).first()
    approve(first, by=hall.reviewer, now=hall.now)  # type: ignore[arg-type]
    with pytest.raises(Forbidden, match="经过审核"):
        actions.undo(batch=batch, by=hall.operator, now=hall.now, address=None)


def test_a_hostile_file_is_refused_and_nothing_is_filed(hall: Hall) -> None:
    batch = actions.upload(
        kind="contract.new", employer=hall.employer, file_name="x.xlsx", content=b"%PDF-1",
        key=uuid4(), by=hall.operator, today=hall.today, address=None,
    )  # fmt: skip
    actions.work(batch.pk, now=hall.now)
    batch.refresh_from_db()
    assert (batch.state, batch.message[:9]) == ("refused", "这是PDF 文件，")


def test_a_job_that_stopped_after_a_chunk_goes_on_where_it_stopped(
    send: Any, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yonggong.batch import filing

    monkeypatch.setattr(filing, "CHUNK", 4)
    found = rows(10, today=hall.today)
    found[5]["mobile"] = "1"
    batch = send(found, work=False)

    real, chunks = filing._write_chunk, []

    def dying(*args: Any) -> None:
        if len(chunks) == 1:
            raise KeyboardInterrupt
        chunks.append(1)
        real(*args)

    monkeypatch.setattr(filing, "_write_chunk", dying)
    with pytest.raises(KeyboardInterrupt):
        actions.work(batch.pk, now=hall.now)
    batch.refresh_from_db()
    assert (batch.next_row, batch.filed_rows) == (4, 4)
    monkeypatch.setattr(filing, "_write_chunk", real)
    actions.work(batch.pk, now=hall.now)
    batch.refresh_from_db()
    assert (batch.state, batch.filed_rows, batch.bad_rows) == ("done", 9, 1)
    assert sorted(Case.objects.values_list("batch_row", flat=True)) == [2, 3, 4, 5, 6, 8, 9, 10, 11]
    assert batch.bad.get().number == 7


@pytest.mark.django_db(transaction=True)
def test_large_workbooks_are_written_while_they_are_checked_with_the_same_result(
    send: Any, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yonggong.batch import filing

    monkeypatch.setattr(filing, "CHUNK", 7)
    monkeypatch.setattr(filing, "OVERLAP_FROM", 1)
    found = rows(60, today=hall.today)
    found[10]["mobile"] = "1"
    found.append(found[3])
    batch = send(found)
    assert (batch.state, batch.next_row, batch.filed_rows, batch.bad_rows) == ("done", 61, 59, 2)
    assert _codes(batch).keys() == {12, 62}
    numbers = list(Case.objects.order_by("batch_row").values_list("batch_row", flat=True))
    assert numbers == [number for number in range(2, 62) if number != 12]


@pytest.mark.django_db(transaction=True)
def test_others_are_at_work_when_another_process_just_used_the_database(
    colleague: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from yonggong.batch import filing

    monkeypatch.setattr(filing, "_MOMENT", 60.0)  # however slow the machine, this was just now
    colleague.execute("SELECT 1")
    assert filing._others_at_work()
    colleague.execute("SET application_name = ''")  # as the tests' own: one of the job's
    assert not filing._others_at_work()
    monkeypatch.setattr(filing, "_MOMENT", 0.0)
    colleague.execute("SET application_name = 'page'")
    colleague.execute("BEGIN")
    assert filing._others_at_work()  # a transaction is open
    colleague.execute("ROLLBACK")
    assert not filing._others_at_work()


@pytest.mark.django_db(transaction=True)
def test_the_applications_role_is_told_too_whether_others_are_at_work(
    colleague: psycopg.Connection[Any],
) -> None:
    """Of other roles' sessions the database itself shows it nothing."""
    from yonggong.batch import filing

    colleague.execute("BEGIN")
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {settings.APPLICATION_ROLE}")
        try:
            assert filing._others_at_work()
        finally:
            cursor.execute("RESET ROLE")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("busy", [False, True])
def test_a_large_workbook_gives_way_while_others_are_at_work(
    send: Any,
    hall: Hall,
    colleague: psycopg.Connection[Any],
    monkeypatch: pytest.MonkeyPatch,
    busy: bool,
) -> None:
    from yonggong.batch import filing

    monkeypatch.setattr(filing, "CHUNK", 5)
    monkeypatch.setattr(filing, "OVERLAP_FROM", 1)
    monkeypatch.setattr(filing, "_MOMENT", 0)
    if busy:
        colleague.execute("BEGIN")
    real, under_way, most, together = filing._write_chunk, Lock(), [0, 0], Event()

    def counted(*args: Any) -> None:
        with under_way:
            most[0] += 1
            most[1] = max(most)
            if most[0] == 2:
                together.set()
        try:
            # A second one has its chance to begin; where two may be written, the first waits for it.
            together.wait(0.05 if busy else 60)
            real(*args)
        finally:
            with under_way:
                most[0] -= 1

    monkeypatch.setattr(filing, "_write_chunk", counted)
    batch = send(60)
    assert (batch.state, batch.filed_rows) == ("done", 60)
    assert most == [0, 1 if busy else 2]


def test_characters_that_no_text_has_spoil_no_row(send: Any, hall: Hall) -> None:
    found = rows(60, today=hall.today)
    for place, name in enumerate(NAMES):
        found[-1 - place % 20][name] = f"甲\x00乙{place}"
    batch = send(found, content=as_csv(found, encoding="utf-8"))
    assert (batch.state, batch.filed_rows + batch.bad_rows) == ("done", 60)
    row = batch.bad.first()
    changes = {row.pk: dict.fromkeys(NAMES, "a\x00b"), 10**30: {"name": "甲"}}
    said = {row.pk: "双方\x00约定"}
    assert actions.mend(
        batch=batch, changes=changes, said=said, by=hall.operator, now=hall.now
    ) == (0, 1)


def test_an_explanation_is_kept_without_what_no_text_has(send: Any, hall: Hall) -> None:
    found = rows(1, today=hall.today)
    found[0] |= {"probation_end_on": hall.today + timedelta(days=20), "probation_pay": "1"}
    batch = send(found)
    row = batch.bad.get()
    said = {row.pk: "双方\x00约定"}
    actions.mend(batch=batch, changes={row.pk: {}}, said=said, by=hall.operator, now=hall.now)
    verdicts = Case.objects.get(batch=batch.pk).version.findings
    assert {verdict["explanation"] for verdict in verdicts} == {"双方约定"}


def test_a_workbook_goes_to_the_agency_that_the_page_would_send_to(send: Any, hall: Hall) -> None:
    elsewhere = {"region_code": "220104", "level": "county"}
    hall.employer.agency = Agency.objects.create(name="医保局", department="医保", **elsewhere)
    hall.employer.save()
    batch = send(1)
    case = hall.filed()
    assert case.agency != hall.employer.agency
    [filed] = Case.objects.filter(batch=batch.pk)
    assert batch.agency == filed.agency == filed.filing.agency == case.agency
