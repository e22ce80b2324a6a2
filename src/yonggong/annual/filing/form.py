"""Table 1 (表一); Tables 2 and 3 lie beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from yonggong.annual.arithmetic import FIGURES, wrong
from yonggong.forms import Field, FieldType, Form, Option, Problem, Section
from yonggong.forms.checks import register_check

# 所有制性质, as the province's instructions to Table 1 name them.
OWNERSHIPS = (
    ("state", "国有经济"),
    ("collective", "集体经济"),
    ("shares", "股份制经济"),
    ("private", "私营经济"),
    ("foreign", "外商投资经济"),
    ("overseas", "港澳台投资经济"),
    ("individual", "个体经济"),
    ("township", "乡镇企业"),
)
_HINTS = {
    "staff": "与本单位有劳动关系的人员，含农民工；不含离退休人员、被派遣劳动者、实习学生和返聘的离退休人员",
    "should_sign": "依法应当订立书面劳动合同的在册职工",
    "signed": "统计时点合同仍有效的",
    "middle": "含三年、十年",
    "rate": "实签人数除以应签人数，取整数",
}


def _adds_up(values: Mapping[str, Any]) -> Iterator[Problem]:
    """The sums of Table 1 (SX-2)."""
    for one in wrong(values):
        yield Problem(
            field=one.name,
            label=FIGURES[one.name],
            code=one.code,
            message=one.message,
            remedy="请核对各项数字，或者按表二重新计算",
        )


register_check("annual_table_1", _adds_up)


def _figure(name: str) -> Field:
    rate = name == "rate"
    return Field(
        name=name,
        label=FIGURES[name],
        type=FieldType.INTEGER,
        required=True,
        min_value=0,
        max_value=100 if rate else 9_999_999,
        unit="%" if rate else "人",
        hint=_HINTS.get(name, ""),
        width=4 if name in ("staff", "men", "women") else 3,
    )


FORM = Form(
    name="annual-return",
    title="用人单位劳动用工基本情况备案表（表一）",
    sections=(
        Section(
            name="whole",
            title="表一：备案年度和单位",
            fields=(
                Field(
                    name="year",
                    label="备案年度",
                    type=FieldType.YEAR,
                    required=True,
                    min_value=1990,
                    max_value=2100,
                    hint="填报上一年度，数据截至该年度统计时点",
                ),
                Field(
                    name="ownership",
                    label="所有制性质",
                    type=FieldType.CHOICE,
                    choices=tuple(Option(code=code, label=said) for code, said in OWNERSHIPS),
                    required=True,
                ),
                Field(
                    name="filed_as",
                    label="填报方式",
                    type=FieldType.CHOICE,
                    choices=(
                        Option(code="legal", label="以法人单位填报"),
                        Option(code="group", label="以集团填报"),
                    ),
                    default="legal",
                    required=True,
                    hint="选定后各年度保持一致",
                ),
            ),
        ),
        Section(
            name="staff",
            title="表一：在册职工",
            fields=tuple(map(_figure, ("staff", "men", "women", "on_post", "off_post", "rural"))),
        ),
        Section(
            name="contracts",
            title="表一：劳动合同签订情况",
            fields=tuple(
                map(_figure, ("should_sign", "signed", "rate", "task", "short", "middle", "long"))
            ),
        ),
    ),
    checks=(_adds_up,),
)
