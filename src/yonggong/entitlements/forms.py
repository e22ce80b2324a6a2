"""What is declared, as forms: of their columns are the page for one person and the workbook for many."""

from __future__ import annotations

from decimal import Decimal

from yonggong.contracts.fields import NUMBER_HEADINGS
from yonggong.entitlements.models import INSURANCES
from yonggong.forms import Field, FieldType, Form, Section

_WHO = (
    Field(
        name="document_type",
        label="证件类型",
        type=FieldType.CHOICE,
        table="document_type",
        default="01",
        hint="不填为居民身份证",
    ),
    Field(
        name="document_number",
        label="证件号码",
        type=FieldType.DOCUMENT_NUMBER,
        document_type="document_type",
        required=True,
        personal=True,
        aliases=NUMBER_HEADINGS,
    ),
    Field(name="name", label="姓名", type=FieldType.PERSON_NAME, required=True, max_length=50),
)
_YUAN = {"unit": "元", "max_value": Decimal("9999999999.99")}

WAGES_FORM = Form(
    name="declared-wages",
    title="工资支付情况",
    sections=(
        Section(
            name="wages",
            title="工资支付情况",
            fields=(
                *_WHO,
                Field(
                    name="year",
                    label="所属年份",
                    type=FieldType.INTEGER,
                    required=True,
                    min_value=2000,
                    max_value=2100,
                    aliases=("年份", "年度"),
                ),
                Field(
                    name="month",
                    label="所属月份",
                    type=FieldType.INTEGER,
                    min_value=1,
                    max_value=12,
                    hint="1 至 12；按年填报的不填",
                    aliases=("月份",),
                ),
                Field(
                    name="gross",
                    label="应发工资",
                    type=FieldType.DECIMAL,
                    required=True,
                    min_value=Decimal(0),
                    aliases=("应发合计", "应发", "工资总额"),
                    **_YUAN,  # type: ignore[arg-type]
                ),
                Field(
                    name="net",
                    label="实发工资",
                    type=FieldType.DECIMAL,
                    min_value=Decimal(0),
                    hint="扣除个人缴费、个人所得税等以后的数额",
                    aliases=("实发合计", "实发"),
                    **_YUAN,  # type: ignore[arg-type]
                ),
                Field(name="paid_on", label="发放日期", type=FieldType.DATE),
            ),
        ),
    ),
)

INSURANCE_FORM = Form(
    name="declared-insurance",
    title="参加社会保险情况",
    sections=(
        Section(
            name="insurance",
            title="参加社会保险情况",
            fields=(
                *_WHO,
                Field(
                    name="since",
                    label="参保起始月份",
                    type=FieldType.MONTH,
                    required=True,
                    hint="如 2026-03；险种或者缴费基数改变的，填改变的月份",
                    aliases=("参保时间", "起缴月份"),
                ),
                *(
                    Field(name=name, label=label, type=FieldType.BOOLEAN, required=True)
                    for name, label in INSURANCES.items()
                ),
                Field(
                    name="base",
                    label="缴费基数",
                    type=FieldType.DECIMAL,
                    min_value=Decimal(0),
                    hint="每月，各险种不同的填养老保险的缴费基数",
                    aliases=("月缴费基数", "社保基数"),
                    **_YUAN,  # type: ignore[arg-type]
                ),
            ),
        ),
    ),
)
