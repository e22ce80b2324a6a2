"""Bad rows: put aside and taken up again, mended by a later workbook, given back whole."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any

import openpyxl
import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.batch.workbooks import HEADINGS, NAMES, as_csv, as_xlsx, rows
from tests.contracts.making import Hall
from yonggong.batch import actions, mending, queries, template
from yonggong.batch.mending import EXPLANATION, cells_of
from yonggong.batch.models import BadRow, Batch, RowEvent
from yonggong.batch.pace import Pace, words_of_rest
from yonggong.cases.actions import Forbidden
from yonggong.cases.models import Case
from yonggong.contracts.forms import NEW_FORM

pytestmark = pytest.mark.django_db


def _spoilt(hall: Hall, count: int = 3) -> list[dict[str, Any]]:
    return [row | {"mobile": "1"} for row in rows(count, today=hall.today)]


# --- put aside ------------------------------------------------------------------------------


def test_a_row_put_aside_is_recorded_and_counted_and_taken_up_again(send: Any, hall: Hall) -> None:
    batch = send(_spoilt(hall))
    first = batch.bad.order_by("number").first()
    for act, aside in ((mending.put_aside, True), (mending.take_up, False)):
        assert act(batch=batch, rows=[first.pk], by=hall.operator, now=hall.now) == 1
        assert act(batch=batch, rows=[first.pk], by=hall.operator, now=hall.now) == 0
        assert list(queries.rows_aside(batch)) == ([first] if aside else [])
        assert queries.bad_rows(batch).count() == (2 if aside else 3)
    assert [(event.act, event.by, event.at) for event in first.events.all()] == [
        ("aside", hall.operator, hall.now),
        ("again", hall.operator, hall.now),
    ]


def test_all_that_are_left_are_put_aside_at_once(send: Any, hall: Hall) -> None:
    batch = send(_spoilt(hall))
    assert mending.put_aside(batch=batch, rows=None, by=hall.operator, now=hall.now) == 3
    assert not queries.bad_rows(batch).exists()
    assert RowEvent.objects.count() == 3


def test_a_row_put_aside_is_not_mended(send: Any, hall: Hall) -> None:
    batch = send(_spoilt(hall, 1))
    row = batch.bad.get()
    mending.put_aside(batch=batch, rows=None, by=hall.operator, now=hall.now)
    changes = {row.pk: {"mobile": "13800400010"}}
    sent = actions.mend(batch=batch, changes=changes, said={}, by=hall.operator, now=hall.now)
    assert sent == (0, 0)


def test_rows_of_another_employer_are_not_put_aside(
    send: Any, hall: Hall, make_employer: Any, make_user: Any
) -> None:
    batch = send(_spoilt(hall, 1))
    stranger = make_user("employer_operator", employer=make_employer())
    with pytest.raises(Forbidden):
        mending.put_aside(batch=batch, rows=None, by=stranger, now=hall.now)
    assert not RowEvent.objects.exists()


def test_what_was_put_aside_stays_recorded(send: Any, hall: Hall) -> None:
    from django.conf import settings

    batch = send(_spoilt(hall, 1))
    mending.put_aside(batch=batch, rows=None, by=hall.operator, now=hall.now)
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {settings.APPLICATION_ROLE}")
        try:
            with pytest.raises(ProgrammingError), transaction.atomic():
                RowEvent.objects.update(act="again")
        finally:
            cursor.execute("RESET ROLE")


# --- mended by a later workbook -------------------------------------------------------------


def test_what_a_second_workbook_filed_is_mended_in_the_first(send: Any, hall: Hall) -> None:
    good = rows(4, today=hall.today)
    bad = [row | {"mobile": "1"} for row in good]
    bad[2]["document_number"] = "220104"  # then the name tells who it is
    first = send(bad)
    later = send([good[0], good[2], good[3] | {"job": ""}], name=f"{first.number}失败行.xlsx")
    first.refresh_from_db()
    assert later.mends == first
    mended = first.bad.filter(mended_in=later).order_by("number")
    assert [row.number for row in mended] == [2, 4]
    assert (first.bad_rows, queries.mending(first)) == (2, [(later, 2)])
    assert [row.number for row in queries.bad_rows(first)] == [3, 5]


def test_what_a_batch_undone_mended_is_to_be_mended_again(send: Any, hall: Hall) -> None:
    good = rows(2, today=hall.today)
    first = send([row | {"mobile": "1"} for row in good])
    later = send(good, name=f"{first.number}失败行.xlsx")
    actions.undo(batch=later, by=hall.operator, now=hall.now, address=None)
    first.refresh_from_db()
    assert (first.bad_rows, queries.bad_rows(first).count()) == (2, 2)


@pytest.mark.parametrize("name", ["名单.xlsx", "PL20260101000001失败行.xlsx", "PL2026.xlsx"])
def test_a_file_called_otherwise_mends_nothing(send: Any, hall: Hall, name: str) -> None:
    send(_spoilt(hall, 1))
    assert send(_spoilt(hall, 1), name=name).mends is None


def test_both_pages_say_which_mends_which(send: Any, hall: Hall, screen: Client) -> None:
    [good] = rows(1, today=hall.today)
    first = send([good | {"mobile": "1"}])
    answer = screen.post(
        reverse("employer:batch-again", args=[first.pk]),
        {"file": _upload("改好的.xlsx", as_xlsx([good])), "idempotency_key": _key(screen, first)},
    )
    later = Batch.objects.get(mends=first)
    assert answer["Location"] == _address(later)
    actions.work(later.pk, now=hall.now)
    page = screen.get(_address(first)).content.decode()
    assert later.number in page and _address(later) in page and "已提交 1 行" in page
    page = screen.get(_address(later)).content.decode()
    assert f'本批次修正的是批次 <a href="{_address(first)}">{first.number}</a> 的失败行' in page


def _address(batch: Batch) -> str:
    return reverse("employer:batch", args=[batch.pk])


def _upload(name: str, content: bytes) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)


def _key(screen: Client, batch: Batch) -> str:
    page = screen.get(_address(batch)).content.decode()
    return page.split('name="idempotency_key" value="')[1].split('"')[0]


# --- given back -----------------------------------------------------------------------------


def test_bad_rows_given_back_and_sent_again_are_the_same_rows(
    send: Any, hall: Hall, screen: Client
) -> None:
    found = rows(4, today=hall.today)
    found[0] |= {"name": "买买提江·阿不都热合曼·吐尔逊", "mobile": "1"}
    found[1] |= {
        "mobile": "\uff11\uff13\uff18",
        "workplace": "+长春市，第１号",
        "job": "会计\n出纳",
    }
    found[2] |= {"probation_end_on": hall.today + timedelta(days=20), "probation_pay": "1"}
    found[3] |= {"start_on": "下个月"}
    names = (*NAMES, EXPLANATION)
    headings = HEADINGS | {EXPLANATION: "情况说明"}
    for row in found[:2] + found[3:]:
        row[EXPLANATION] = "双方约定，见附件 3"
    first = send(found, content=as_xlsx(found, names=names, headings=headings))
    assert first.bad_rows == 4
    address = reverse("employer:batch-bad", args=[first.pk])
    content = screen.get(address).content
    again = send(found, content=content)
    assert _told(again) == _told(first)
    assert screen.get(reverse("employer:batch-bad", args=[again.pk])).status_code == 200


def _folded(answer: Any) -> str:
    """A page with its white space as a browser shows it."""
    return " ".join(answer.content.decode().split())


def _told(batch: Batch) -> list[tuple[dict[str, str], Any]]:
    return [(cells_of(row), row.problems) for row in batch.bad.order_by("number")]


def test_a_code_in_csv_as_excel_keeps_it_is_read_back(send: Any, hall: Hall) -> None:
    found = rows(3, today=hall.today)
    for row in found:
        row |= {name: f'="{row[name]}"' for name in ("document_number", "mobile")}
    batch = send(found, content=as_csv(found, encoding="utf-8-sig"))
    assert batch.filed_rows == 3


def test_a_workbook_of_bad_rows_mended_in_a_spreadsheet_is_filed(
    send: Any, hall: Hall, screen: Client
) -> None:
    [good] = rows(1, today=hall.today)
    first = send([good | {"mobile": "1"}])
    book = openpyxl.load_workbook(
        io.BytesIO(screen.get(reverse("employer:batch-bad", args=[first.pk])).content)
    )
    sheet = book["填报"]
    column = [cell.value for cell in sheet[1]].index("*联系电话") + 1
    sheet.cell(2, column).value = good["mobile"]
    output = io.BytesIO()
    book.save(output)
    assert send(1, content=output.getvalue()).filed_rows == 1


def test_of_many_bad_rows_the_first_have_comments_and_all_have_reasons(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(template, "_COMMENTED_ROWS", 2)
    row = template.Filled(cells={"mobile": "1"}, faults={"mobile": "号码不对"}, reason="号码不对")
    content = template.template(NEW_FORM, rows=[row] * 3)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["填报"]
    headings = [cell.value for cell in sheet[1]]
    place, reason = headings.index("*联系电话") + 1, headings.index("失败原因") + 1
    commented = [sheet.cell(number, place).comment is not None for number in (2, 3, 4)]
    assert commented == [True, True, False]
    assert {sheet.cell(number, reason).value for number in (2, 3, 4)} == {"号码不对"}
    assert len({sheet.cell(number, place).fill.fgColor.rgb for number in (2, 3, 4)}) == 1


# --- told -----------------------------------------------------------------------------------


def test_notes_under_a_table_are_one_line(send: Any, hall: Hall) -> None:
    found = rows(2, today=hall.today)
    notes = [{"document_type": "注：以上人员均已核对"}, {"name": "填表人：试安澜", "job": "行政"}]
    batch = send([*found, *notes])
    assert batch.filed_rows == 2
    for row in batch.bad.all():
        [(field, _label, code, message, remedy)] = row.problems
        assert (field, code) == ("", "remark")
        assert "备注" in message and "不再处理" in remedy


def test_what_was_not_finished_is_said_when_a_batch_is_cancelled(
    send: Any, hall: Hall, screen: Client
) -> None:
    batch = send(rows(2, today=hall.today), work=False)
    Batch.objects.filter(pk=batch.pk).update(total_rows=40, next_row=25, state="filing")
    actions.cancel(batch=batch, by=hall.operator, now=hall.now)
    page = _folded(screen.get(_address(batch)))
    assert "其余 15 行没有处理，也没有提交" in page
    Batch.objects.filter(pk=batch.pk).update(total_rows=0, next_row=0)
    assert "表格中的行都没有处理" in screen.get(_address(batch)).content.decode()


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The clock stands still: it is now, however long the test takes."""
    at = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: at)
    return at


def test_the_time_left_never_rises(send: Any, hall: Hall, stopped: datetime) -> None:
    batch = send(rows(1, today=hall.today), work=False)
    promised = []
    for done, seconds in ((10, 60), (12, 400), (20, 500), (90, 510)):
        pace = Pace(0, stopped - timedelta(seconds=seconds))
        Batch.objects.filter(pk=batch.pk).update(expected_at=pace.end(done, 100))
        batch.refresh_from_db()
        promised.append((batch.expected_at - stopped).total_seconds())  # type: ignore[operator]
    assert promised == sorted(promised, reverse=True)
    assert [round(each, -1) for each in promised] == [540, 540, 540, 60]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(None, ""), (-5, "即将完成"), (12, "约剩 12 秒"), (60, "约剩 60 秒"), (61, "约剩 2 分钟")],
)
def test_the_time_left_in_words(seconds: int | None, said: str, stopped: datetime) -> None:
    end = None if seconds is None else stopped + timedelta(seconds=seconds - 0.2)
    assert words_of_rest(end) == said


def test_a_failed_row_tells_sex_start_and_end_and_choices_are_chosen(
    send: Any, hall: Hall, screen: Client
) -> None:
    """JL-6; nobody types a code."""
    [good] = rows(1, today=hall.today)
    batch = send([good | {"term_type": "三年期", "sex": ""}])
    row = batch.bad.get()
    page = _folded(screen.get(_address(batch)))
    for heading in ("姓名", "证件号码", "性别", "合同起始日期", "合同结束日期"):
        assert f'<th scope="col">{heading}</th>' in page
    told = ("女" if int(good["document_number"][16]) % 2 == 0 else "男", str(good["start_on"]))
    assert all(f"<td>{text}</td>" in page for text in told)
    assert str(good["document_number"]) not in page
    name = f"row{row.pk}_term_type"
    assert f'<select class="form-select is-invalid" id="f-{name}" name="{name}"' in page
    assert "三年期（不在可选范围内）" in page
    sent = {"rows": [row.pk], name: "1"}
    answer = screen.post(reverse("employer:batch-mend", args=[batch.pk]), sent, follow=True)
    assert "1 行修正后已提交" in answer.content.decode()
    assert Case.objects.get(batch=batch.pk).values["term_type"] == "1"


def test_what_is_to_be_explained_can_be_mended_instead(
    send: Any, hall: Hall, screen: Client
) -> None:
    found = rows(1, today=hall.today)
    low = {"probation_end_on": hall.today + timedelta(days=20), "probation_pay": "1"}
    batch = send([found[0] | low])
    name = f"row{batch.bad.get().pk}_probation_pay"
    page = screen.get(_address(batch)).content.decode()
    assert f'name="{name}" value="1.00"' in page and "情况说明" in page
    sent = {"rows": [batch.bad.get().pk], name: str(found[0]["base_pay"])}
    answer = screen.post(reverse("employer:batch-mend", args=[batch.pk]), sent, follow=True)
    assert "1 行修正后已提交" in answer.content.decode()


def test_every_reason_names_its_column(send: Any, hall: Hall) -> None:
    found = rows(2, today=hall.today)
    send(found[:1])
    batch = send([found[0], found[1] | {"name": ""}])
    labels = [problem[1] for row in batch.bad.order_by("number") for problem in row.problems]
    assert labels == ["证件号码", "姓名"]


def test_rows_are_put_aside_and_taken_up_on_the_page(send: Any, hall: Hall, screen: Client) -> None:
    batch = send(_spoilt(hall))
    row = batch.bad.order_by("number").first()
    aside, again = (
        reverse(f"employer:batch-{name}", args=[batch.pk]) for name in ("aside", "take-up")
    )
    page = screen.post(aside, {"row": row.pk}, follow=True).content.decode()
    assert "失败的行（2）" in page and "不再处理的行（1）" in page and hall.operator.name in page
    other = batch.bad.filter(aside=False).first()
    answer = screen.post(aside, {"row": other.pk}, headers={"HX-Request": "true"})
    assert f"第 {other.number} 行不再处理" in answer.content.decode()
    page = screen.post(aside, {"row": "all"}, follow=True).content.decode()
    assert "失败的行（" not in page and "不再处理的行（3）" in page
    page = screen.post(again, {"row": "all"}, follow=True).content.decode()
    assert "失败的行（3）" in page
    assert BadRow.objects.filter(aside=True).count() == 0
