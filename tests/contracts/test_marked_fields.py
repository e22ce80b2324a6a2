"""Fields ticked as wrong when a case is returned: kept with the return, told in its opinion, shown at
the fields until they are changed."""

from __future__ import annotations

import pytest

from tests.contracts.making import Hall, answers, shown
from yonggong.cases import actions as case_actions
from yonggong.cases import marking
from yonggong.cases.errors import Refused
from yonggong.cases.marking import Mark
from yonggong.cases.models import Case, Event

pytestmark = pytest.mark.django_db


def returned(hall: Hall, case: Case, *marked: Mark, opinion: str = "") -> Case:
    return case_actions.return_case(
        case=case,
        opinion=opinion,
        marked=marked,
        seen=shown(case),
        by=hall.reviewer,
        now=hall.now,
        address=None,
    )


def test_marks_are_kept_with_the_return_and_told_in_its_opinion(hall: Hall) -> None:
    case = hall.filed()
    ticked = marking.marks(case, ["base_pay", "start_on"], {"start_on": "与文本不一致"})
    assert [mark.label for mark in ticked] == ["合同起始日期", "基本工资"]
    returned(hall, case, *ticked, opinion="请补正")
    event = case.events.get(action="return")
    assert event.marked == [
        ["start_on", "合同起始日期", "与文本不一致"],
        ["base_pay", "基本工资", ""],
    ]
    case.refresh_from_db()
    assert case.opinion == "请补正\n有误项目：合同起始日期（与文本不一致）、基本工资。"
    assert event.opinion == case.opinion


def test_marks_alone_are_reason_enough(hall: Hall) -> None:
    case = hall.filed()
    with pytest.raises(Refused):
        returned(hall, case)
    returned(hall, case, Mark("job", "岗位", ""))
    case.refresh_from_db()
    assert (case.state, case.opinion) == ("returned", "有误项目：岗位。")


def test_an_opinion_as_long_as_may_be_keeps_every_word_and_all_marks_are_kept(hall: Hall) -> None:
    case = hall.filed()
    said = "请" * 480
    everything = marking.marks(case, case.definition.form.fields_by_name, {})
    returned(hall, case, *everything, opinion=said)
    case.refresh_from_db()
    assert case.opinion.startswith(said) and len(case.opinion) <= 500
    assert f"等 {len(everything)} 项" in case.opinion
    assert len(case.events.get(action="return").marked) == len(everything)


def test_a_name_that_is_no_field_marks_nothing(hall: Hall) -> None:
    with pytest.raises(Refused):
        marking.marks(hall.filed(), ["job", "no_such_field"], {})


def test_a_mark_stands_until_its_field_is_changed(hall: Hall) -> None:
    case = returned(hall, hall.filed(), Mark("job", "岗位", "不清"), Mark("base_pay", "工资", ""))
    values = dict(case.values)
    assert [one.field for one in marking.unmended(case, values)] == ["job", "base_pay"]
    values["job"] = "行政主管"
    assert [one.field for one in marking.unmended(case, values)] == ["base_pay"]
    mended = hall.file("new", answers(today=hall.today, job="行政主管"), case=case)
    assert marking.unmended(mended, mended.values) == []


def test_only_the_last_return_counts(hall: Hall) -> None:
    case = returned(hall, hall.filed(), Mark("job", "岗位", ""))
    case = hall.file("new", answers(today=hall.today), case=case)
    case = returned(hall, case, opinion="请再核对")
    assert marking.last_marks(case) == ()


def test_the_database_keeps_an_event_without_marks_as_it_was_written(hall: Hall) -> None:
    """Whatever writes events without naming the column: a page's row, a workbook's thousands."""
    assert Event.objects.filter(case=hall.filed()).values_list("marked", flat=True)[0] == []
