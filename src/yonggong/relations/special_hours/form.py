"""What is applied for: the standard's printed form, and what its conditions need beside.

The printed tables ask for 实行期限 as words; a permit that is watched needs its first and last day, so
these are asked in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from yonggong.catalogue.book import book
from yonggong.forms import Field, FieldType, Form, Option, Problem, Section, When
from yonggong.forms.checks import register_check
from yonggong.relations.printed import form_with

ITEM = book().get("special-working-hours-approval")
AVERAGED, FLEXIBLE = "averaged_posts", "flexible_posts"
_BOTH = "实行不定时工作制和综合计算工时工作制申报"
_ASKED_FOR = {
    AVERAGED: ("实行综合计算工时工作制申报", _BOTH),
    FLEXIBLE: ("实行不定时工作制申报", _BOTH),
}
# 周、月、季、年 are the periods of 工时审批办法第五条; the standard prints no 月.
_CYCLES = ("天", "周", "月", "季度", "年")

_PRINTED = form_with(ITEM)
_FIELDS = _PRINTED.fields_by_name


def _words(*said: str) -> tuple[Option, ...]:
    return tuple(Option(code=str(place), label=label) for place, label in enumerate(said, 1))


# 工时审批办法第四条、第五条.
_FLEXIBLE_GROUNDS = _words(
    "高级管理、外勤、推销、部分值班人员等，工作无法按标准工作时间衡量",
    "长途运输、出租汽车司机，铁路、港口、仓库部分装卸人员等，需机动作业",
    "其他因生产特点、工作特殊需要或者职责范围适合实行不定时工作制",
)
_AVERAGED_GROUNDS = _words(
    "交通、铁路、邮电、水运、航空、渔业等，工作性质特殊、需连续作业",
    "地质及资源勘探、建筑、制盐、制糖、旅游等，受季节和自然条件限制",
    "其他适合实行综合计算工时工作制",
)


def _posts(printed: str, name: str, grounds: tuple[Option, ...], *more: Field) -> Field:
    """A printed table, with the days of the term in the place of its words."""
    table = _FIELDS[printed]
    assert table.rows is not None
    (section,) = table.rows.sections
    columns = []
    for column in section.fields:
        if column.name == "implementation_term":
            columns += [
                Field(name="from_on", label="实行起始日", type=FieldType.DATE, required=True),
                Field(name="until_on", label="实行截止日", type=FieldType.DATE, required=True),
            ]
        elif column.name == "cycle_unit":
            choices = tuple(Option(code=word, label=word) for word in _CYCLES)
            columns.append(replace(column, choices=choices))
        elif column.name in ("headcount", "cycle_length"):
            columns.append(replace(column, min_value=1, max_value=9999999))
        else:
            columns.append(column)
    ground = Field(
        name="ground",
        label="岗位符合的条件",
        type=FieldType.CHOICE,
        choices=grounds,
        required=True,
    )
    rows = replace(
        table.rows, name=name, sections=(replace(section, fields=(*columns, *more, ground)),)
    )
    asked = When("application_kind", one_of=_ASKED_FOR[name])
    return replace(
        table,
        name=name,
        rows=rows,
        required=asked,
        show_when=asked,
        least=1,
        unique=(("job",),),
        totals=("headcount",),
    )


_CYCLE_HOURS = Field(
    name="cycle_hours",
    label="周期总工时（小时）",
    type=FieldType.DECIMAL,
    places=1,
    min_value=Decimal(1),
)


def _tables_agree(values: Mapping[str, Any]) -> Iterable[Problem]:
    """The heads of the posts are the heads named, and no more than there are; each term runs forward."""
    total = 0
    for name in (AVERAGED, FLEXIBLE):
        for place, row in enumerate(values.get(name) or (), 1):
            total += row["headcount"] or 0
            first, last = row["from_on"], row["until_on"]
            if first and last and last < first:
                yield Problem(
                    field=f"{name}__{place}__until_on",
                    label=f"第 {place} 行实行截止日",
                    code="not_in_order",
                    message="早于实行起始日",
                    remedy="请核对起止日期",
                )
    named, staff = values.get("special_hours_count"), values.get("staff_count")
    if named is not None and total and named != total:
        yield FORM.problem(
            "special_hours_count",
            "not_the_sum",
            f"不等于各岗位人数之和 {total}",
            "请核对各岗位人数",
        )
    if named is not None and staff is not None and named > staff:
        yield FORM.problem("special_hours_count", "too_many", f"多于职工人数 {staff}", "请核对人数")


register_check("special_hours_tables", _tables_agree)

_CONDITIONS = Section(
    name="conditions",
    title="工作和休息安排",
    fields=(
        Field(
            name="longest_day",
            label="每日最长连续工作时间",
            type=FieldType.DECIMAL,
            places=1,
            unit="小时",
            min_value=Decimal("0.5"),
            max_value=Decimal(24),
            required=When("application_kind", one_of=_ASKED_FOR[AVERAGED]),
            show_when=When("application_kind", one_of=_ASKED_FOR[AVERAGED]),
            hint="综合计算周期内不得超过 11 小时",
        ),
        Field(
            name="rest_days",
            label="每周休息日",
            type=FieldType.INTEGER,
            unit="日",
            min_value=0,
            max_value=7,
            required=True,
        ),
        Field(
            name="consulted",
            label="协商对象",
            type=FieldType.CHOICE,
            choices=_words("工会", "职工代表大会（职工大会）", "职工代表"),
            required=True,
        ),
        Field(
            name="resolved_on",
            label="职代会（职工大会）决议日期",
            type=FieldType.DATE,
            required=True,
            max_value=date(2100, 1, 1),
        ),
        Field(
            name="central",
            label="中央直属企业",
            type=FieldType.BOOLEAN,
            required=True,
            default=False,
            hint="经国务院行业主管部门审核，报国务院劳动行政部门批准，不在此办理",
        ),
    ),
)

_HEADS, _PROMISE = _PRINTED.sections[0], _PRINTED.sections[1]
FORM = Form(
    name=ITEM.key,
    title=ITEM.title,
    sections=(
        _HEADS,
        Section(
            name="posts",
            title="实行特殊工时制度的岗位",
            fields=(
                _posts("f2_rows", AVERAGED, _AVERAGED_GROUNDS, _CYCLE_HOURS),
                _posts("f3_rows", FLEXIBLE, _FLEXIBLE_GROUNDS),
            ),
        ),
        _CONDITIONS,
        _PROMISE,
    ),
    checks=(_tables_agree,),
)
