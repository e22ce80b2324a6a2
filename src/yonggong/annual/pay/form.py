"""The form of a year's pay. The measures name no columns: head count, total and average are what they ask
for, the groups and the sums are the platform's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from yonggong.annual.arithmetic import MOST_YUAN
from yonggong.annual.pay.reckoning import GROUPS, wrong
from yonggong.forms import Field, FieldType, Form, Problem, Section
from yonggong.forms.checks import register_check

_OF_GROUP = tuple(
    field
    for code, group in GROUPS.items()
    for field in (
        Field(
            name=f"persons_{code}",
            label=f"{group}人数",
            type=FieldType.INTEGER,
            required=True,
            unit="人",
            min_value=0,
            width=6,
        ),
        Field(
            name=f"total_{code}",
            label=f"{group}工资总额",
            type=FieldType.INTEGER,
            required=True,
            unit="元",
            min_value=0,
            max_value=MOST_YUAN,
            width=6,
        ),
    )
)


def _adds_up(values: Mapping[str, Any]) -> Iterator[Problem]:
    for one in wrong(values):
        yield Problem(
            field=one.name,
            label=FORM.fields_by_name[one.name].label,
            code=one.code,
            message=one.message,
            remedy="请核对各项数字",
        )


register_check("annual_pay", _adds_up)

FORM = Form(
    name="annual-pay",
    title="用人单位年度薪酬信息",
    sections=(
        Section(
            name="whole",
            title="年度薪酬",
            hint="截至上年 12 月 31 日；人员分类为平台设置，请核对",
            fields=(
                Field(
                    name="year",
                    label="填报年度",
                    type=FieldType.YEAR,
                    required=True,
                    min_value=1990,
                    max_value=2100,
                ),
                Field(
                    name="persons",
                    label="年末在册职工人数",
                    type=FieldType.INTEGER,
                    required=True,
                    unit="人",
                    min_value=0,
                ),
                Field(
                    name="total",
                    label="全年工资总额",
                    type=FieldType.INTEGER,
                    required=True,
                    unit="元",
                    min_value=0,
                    max_value=MOST_YUAN,
                    hint="全年实际发放的应发工资，取整数",
                ),
                Field(
                    name="average",
                    label="人均年工资",
                    type=FieldType.INTEGER,
                    required=True,
                    unit="元",
                    min_value=0,
                    hint="工资总额除以人数，取整数",
                ),
            ),
        ),
        Section(name="groups", title="分类人员", fields=_OF_GROUP),
    ),
    checks=(_adds_up,),
)
