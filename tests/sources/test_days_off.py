"""A year's notice on days off: loaded on the page or by command, it holds at once, everywhere."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.codes.test_notices import NOTICE
from tests.files import PDF
from yonggong.accounts.models import AccessEntry
from yonggong.cases.models import Case
from yonggong.codes import calendar
from yonggong.codes.notices import read_notice
from yonggong.reminders.todos import todos_of
from yonggong.serving.commands import dispatch
from yonggong.sources import actions, current
from yonggong.sources.models import DaysOffNotice

pytestmark = pytest.mark.django_db
FREED = date(2027, 2, 9)  # by the notice alone


def typed(**changed: Any) -> dict[str, Any]:
    return {
        "year": "2027",
        "title": "国务院办公厅关于2027年部分节假日安排的通知",
        "number": "国办发明电〔2026〕99号",
        "issued": "2026.11.10",
        "off": "2026年12月31日至2027年1月3日\n2027-02-05 至 2027-02-11\n2027-04-03 至 2027-04-05\n"
        "2027-05-01 - 2027-05-05\n2027-06-09、2027-09-15\n2027-10-01至2027-10-07",
        "worked": "2026-12-26，2027-02-20\n2027/5/8",
        "document": SimpleUploadedFile("通知.pdf", PDF, "application/pdf"),
        **changed,
    }


def test_a_notice_loaded_on_the_page_holds_at_once(bureau: Any) -> None:
    assert calendar.is_working_day(FREED)
    screen = bureau("220000")
    answer = screen.post("/bureau/days-off/", typed(), follow=True)
    assert "已载入放假安排" in answer.content.decode()
    current.refresh()  # what a commit does in every process
    assert not calendar.is_working_day(FREED)
    assert calendar.is_working_day(date(2027, 5, 8))
    page = screen.get("/bureau/days-off/").content.decode()
    assert "至 2027 年的放假安排已公布" in page and "国办发明电〔2026〕99号" in page
    kept = DaysOffNotice.objects.get()
    assert screen.get(f"/bureau/days-off/{kept.pk}/").content == PDF
    assert AccessEntry.objects.filter(kind=AccessEntry.Kind.SOURCES).count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"year": "明年"}, "年份应当是"),
        ({"year": "9" * 5000}, "年份应当是"),
        ({"off": "2027-01-01"}, "没有春节的 2027-02-05"),
        ({"off": "元旦"}, "不是日期"),
        ({"worked": "2027-02-12"}, "本来就是工作日"),
        ({"document": ""}, "没有上传文件"),
        ({"title": ""}, "没有填写文件名称"),
    ],
)
def test_a_wrong_notice_is_refused_in_words(bureau: Any, changed: Any, said: str) -> None:
    answer = bureau("220000").post("/bureau/days-off/", typed(**changed))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not DaysOffNotice.objects.exists()


@pytest.mark.parametrize("region", ["220100", "220104"])
def test_it_holds_for_everybody_so_a_city_does_not_load_it(
    bureau: Any, supervisor: Any, region: str
) -> None:
    answer = bureau(region).post("/bureau/days-off/", typed())
    assert answer.status_code == 422 and "省级" in answer.content.decode()
    with pytest.raises(PermissionError):
        actions.load_days_off(
            notice=read_notice(NOTICE), by=supervisor(region), content=PDF, file_name="a.pdf"
        )


def test_the_command_loads_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "2027.yaml").write_text(NOTICE, encoding="utf-8")
    assert dispatch(["calendar", "load", str(tmp_path / "2027.yaml")]) == 0
    assert "已载入2027年放假安排" in capsys.readouterr().out
    current.refresh()
    assert not calendar.is_working_day(FREED)


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.yaml").write_text(NOTICE.replace("2027-06-09", "2027-06-10"), encoding="utf-8")
    assert dispatch(["calendar", "load", str(tmp_path / "bad.yaml")]) == 1
    assert "没有端午节" in capsys.readouterr().out
    assert dispatch(["calendar", "load", str(tmp_path / "none.yaml")]) == 1
    assert not DaysOffNotice.objects.exists()


def test_of_a_years_notices_the_last_one_holds() -> None:
    first = read_notice(NOTICE)
    actions.load_days_off(notice=first, by=None)
    actions.load_days_off(notice=read_notice(NOTICE.replace("02-11", "02-10")), by=None)
    current.refresh()
    assert not calendar.is_working_day(date(2027, 2, 10))
    assert calendar.is_working_day(date(2027, 2, 11))


def test_another_process_hears_of_it_without_a_restart(settings: Any) -> None:
    actions.load_days_off(notice=read_notice(NOTICE), by=None)
    current.refresh_now_and_then()  # the tests' clock never looks
    assert calendar.is_working_day(FREED)
    settings.SOURCES_REFRESH_SECONDS = 0
    current.refresh_now_and_then()
    assert not calendar.is_working_day(FREED)


def test_time_limits_still_running_are_reckoned_anew(hall: Any) -> None:
    case = hall.filed()
    filed_at = datetime(2027, 2, 4, 2, tzinfo=UTC)
    Case.objects.filter(pk=case.pk).update(filed_at=filed_at, due_on=date(2027, 2, 10))
    actions.load_days_off(notice=read_notice(NOTICE), by=None)
    current.refresh()
    assert actions.reckon_anew(2027) == 1
    case.refresh_from_db()
    assert case.due_on > date(2027, 2, 11) and calendar.is_working_day(case.due_on)
    assert actions.reckon_anew(2027) == 0


def test_who_may_load_it_is_told_that_it_is_missing(supervisor: Any) -> None:
    topics = {todo.topic for todo in todos_of(supervisor("220000"), today=date(2026, 11, 28))}
    assert "days-off" in topics
    assert "days-off" not in {
        todo.topic for todo in todos_of(supervisor("220104"), today=date(2026, 11, 28))
    }
    actions.load_days_off(notice=read_notice(NOTICE), by=None)
    current.refresh()
    topics = {todo.topic for todo in todos_of(supervisor("220000"), today=date(2026, 11, 28))}
    assert "days-off" not in topics
