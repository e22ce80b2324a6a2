"""The form of an orchard, with its plots in a table; what the office fills in on the spot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from yonggong.forms import Field, FieldType, Form, Option, Problem, Section, When
from yonggong.forms.checks import register_check

_FRUIT = tuple(
    Option(code=code, label=label) for code, label in (("1", "苹果"), ("2", "梨"), ("3", "李子"))
)

PLOT = Form(
    name="orchard_plot",
    title="地块",
    sections=(
        Section(
            name="plot",
            title="地块",
            fields=(
                Field(name="code", label="地块编号", required=True, max_length=12),
                Field(
                    name="fruit", label="树种", type=FieldType.CHOICE, choices=_FRUIT, required=True
                ),
                Field(
                    name="area",
                    label="面积",
                    type=FieldType.DECIMAL,
                    unit="亩",
                    required=True,
                    min_value=Decimal("0.01"),
                    max_value=Decimal(500),
                ),
                Field(
                    name="trees", label="株数", type=FieldType.INTEGER, min_value=1, required=True
                ),
                Field(name="planted", label="栽植年份", type=FieldType.YEAR),
                Field(name="guarded", label="有人看护", type=FieldType.BOOLEAN),
                Field(
                    name="guard",
                    label="看护人",
                    type=FieldType.PERSON_NAME,
                    required=True,
                    show_when=When("guarded", equals=True),
                ),
            ),
        ),
    ),
)


def _fewer_than_planned(values: Mapping[str, object]) -> Iterator[Problem]:
    """What is to be planted cannot be more than stands already tenfold."""
    plots, planned = values.get("plots"), values.get("planned")
    if not isinstance(plots, list) or not isinstance(planned, int):
        return
    standing = sum(row["trees"] or 0 for row in plots)
    if standing and planned > 10 * standing:
        yield FORM.problem(
            "planned", "planned", f"超过现有株数 {standing} 的十倍", "请核对计划栽植株数"
        )


register_check("orchard_planned", _fewer_than_planned)

FORM = Form(
    name="orchard.register",
    title="果园登记",
    sections=(
        Section(
            name="orchard",
            title="果园",
            fields=(
                Field(name="orchard", label="果园名称", required=True, max_length=30),
                Field(name="keeper", label="负责人", type=FieldType.PERSON_NAME, required=True),
                Field(
                    name="phone",
                    label="手机号",
                    type=FieldType.MOBILE,
                    required=True,
                    personal=True,
                ),
                Field(
                    name="opened_on",
                    label="开园日期",
                    type=FieldType.DATE,
                    max_value=date(2100, 1, 1),
                ),
                Field(name="planned", label="计划栽植株数", type=FieldType.INTEGER, min_value=0),
                Field(
                    name="signboard",
                    label="同时申请标牌",
                    type=FieldType.BOOLEAN,
                    default=False,
                    hint="作为联办事项另行审核",
                ),
                Field(
                    name="wording",
                    label="标牌文字",
                    max_length=20,
                    required=True,
                    show_when=When("signboard", equals=True),
                ),
            ),
        ),
        Section(
            name="plots",
            title="地块",
            fields=(
                Field(
                    name="plots",
                    label="地块",
                    type=FieldType.TABLE,
                    rows=PLOT,
                    required=True,
                    least=1,
                    most=20,
                    unique=(("code",),),
                    totals=("area", "trees"),
                ),
            ),
        ),
    ),
    checks=(_fewer_than_planned,),
)

RECORD = Form(
    name="orchard.record",
    title="踏勘记录",
    sections=(
        Section(
            name="record",
            title="踏勘",
            fields=(
                Field(name="seen_on", label="踏勘日期", type=FieldType.DATE, required=True),
                Field(
                    name="found",
                    label="踏勘情况",
                    type=FieldType.LONG_TEXT,
                    required=True,
                    max_length=500,
                ),
            ),
        ),
    ),
)
