"""The form of an ending: when, why, what was paid, and what each ground presupposes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from yonggong.codes import tables
from yonggong.contracts.optional_fields import EXTENSION
from yonggong.forms import Field, FieldType, Form, Section, When

# The groups of the table (an article each) are headings, not answers.
_END_REASONS = tuple(code.code for code in tables.table("end_reason") if code.parent)


def _under(*articles: str) -> When:
    """The reasons under these articles of the Labour Contract Law, or these very codes."""
    return When(
        "end_reason",
        one_of=tuple(code for code in _END_REASONS if code.startswith(articles)),
    )


_EXPIRY = _under("4401", "4402", "4403")
_RETIREMENT = _under("4405", "4406")
_UNLAWFUL = When("unlawful", equals=True)

_ENDING = (
    Field(
        name="ended_on",
        label="解除（终止）日期",
        type=FieldType.DATE,
        required=True,
        aliases=("终止或解除时间", "解除终止日期"),
        hint="劳动关系的最后一日",
    ),
    Field(
        name="end_reason",
        label="解除（终止）原因",
        type=FieldType.CHOICE,
        table="end_reason",
        codes=_END_REASONS,
        required=True,
        width=8,
        aliases=("终止或解除原因",),
    ),
    Field(name="notice_on", label="书面通知日期", type=FieldType.DATE),
    Field(
        name="union_notified",
        label="已将理由通知工会",
        type=FieldType.BOOLEAN,
        hint="用人单位单方解除的须事先通知工会",
    ),
    Field(
        name="no_union",
        label="本单位尚未建立工会",
        type=FieldType.BOOLEAN,
        show_when=When("union_notified", equals=False),
    ),
    Field(
        name="certificate_on",
        label="出具证明日期",
        type=FieldType.DATE,
        hint="解除（终止）时应当出具证明",
    ),
)

_MONEY = (
    Field(
        name="average_pay",
        label="解除（终止）前十二个月平均工资",
        type=FieldType.MONEY,
        unit="元/月",
        min_value=0,
        hint="应得工资，含奖金、津贴和补贴；工作不满十二个月的按实际月数平均",
    ),
    Field(
        name="local_average_pay",
        label="本地区上年度职工月平均工资",
        type=FieldType.MONEY,
        unit="元/月",
        min_value=Decimal("0.01"),
        hint="平台没有这一数字，以当地公布的为准；平均工资高于其三倍的填写，按三倍封顶",
    ),
    Field(
        name="severance_paid",
        label="支付经济补偿金",
        type=FieldType.MONEY,
        unit="元",
        min_value=0,
        required=True,
        hint="阿拉伯数字，最多两位小数；未支付的填 0",
    ),
    Field(
        name="notice_pay",
        label="代通知金",
        type=FieldType.MONEY,
        show_when=_under("40"),
        unit="元",
        min_value=0,
        hint="没有提前三十日通知、额外支付一个月工资的填写",
    ),
    Field(
        name="last_month_pay",
        label="劳动者上一个月工资",
        type=FieldType.MONEY,
        show_when=When("notice_pay", filled=True),
        unit="元",
        min_value=0,
    ),
    Field(
        name="unlawful",
        label="已被认定违法解除（终止）",
        type=FieldType.BOOLEAN,
        hint="经仲裁、诉讼或者人社部门认定的填写",
    ),
    Field(
        name="damages_paid",
        label="支付赔偿金",
        type=FieldType.MONEY,
        show_when=_UNLAWFUL,
        unit="元",
        min_value=0,
    ),
)

_PRECONDITIONS = (
    Field(
        name="other_work_offered",
        label="已另行安排工作",
        type=FieldType.BOOLEAN,
        show_when=_under("4001"),
    ),
    Field(
        name="sick_leave_on",
        label="病休开始日期",
        type=FieldType.DATE,
        show_when=_under("4001"),
        hint="本次患病或者非因工负伤停止工作的第一天",
    ),
    Field(
        name="total_work_years",
        label="劳动者实际工作年限",
        type=FieldType.INTEGER,
        show_when=_under("4001"),
        unit="年",
        min_value=0,
        max_value=60,
        hint="病休开始时在各单位工作的总年限（满年），与本单位工作年限一起决定医疗期",
    ),
    Field(
        name="trained_or_transferred",
        label="已经培训或者调整工作岗位",
        type=FieldType.BOOLEAN,
        show_when=_under("4002"),
    ),
    Field(
        name="change_negotiated",
        label="已就变更劳动合同协商",
        type=FieldType.BOOLEAN,
        show_when=_under("4003"),
    ),
    Field(
        name="layoff_explained_on",
        label="向工会或者全体职工说明情况日期",
        type=FieldType.DATE,
        show_when=_under("41"),
    ),
    Field(
        name="layoff_reported",
        label="裁减人员方案已向人社部门报告",
        type=FieldType.BOOLEAN,
        show_when=_under("41"),
    ),
    Field(
        name="worker_wants_renewal",
        label="劳动者愿意续订",
        type=FieldType.BOOLEAN,
        show_when=_under("4401"),
    ),
    Field(
        name="service_period_until",
        label="约定的服务期至",
        type=FieldType.DATE,
        show_when=_EXPIRY,
    ),
    replace(EXTENSION[0], show_when=_EXPIRY),
    EXTENSION[1],
)

_RETIRING = (
    # Not named as in the contract's forms: it says what the post was when the worker retired.
    Field(
        name="retired_from",
        label="女职工退休岗位类别",
        type=FieldType.CHOICE,
        table="post_category",
        show_when=_RETIREMENT,
    ),
    Field(
        name="special_work",
        label="特殊工种或者高海拔地区提前退休",
        type=FieldType.BOOLEAN,
        show_when=_RETIREMENT,
    ),
    Field(
        name="flexible_retirement_requested_on",
        label="弹性提前退休书面告知日期",
        type=FieldType.DATE,
        show_when=_under("4405"),
    ),
    Field(
        name="contribution_months",
        label="基本养老保险缴费月数",
        type=FieldType.INTEGER,
        show_when=_under("4405"),
        unit="个月",
        min_value=0,
        max_value=720,
    ),
)

_PROTECTED = (
    Field(
        name="protected",
        label="劳动者有无下列情形",
        type=FieldType.MULTI_CHOICE,
        table="protected_circumstance",
        width=12,
        hint="没有的不选",
    ),
    Field(
        name="disability_grade",
        label="劳动能力鉴定伤残等级",
        type=FieldType.INTEGER,
        show_when=When("protected", equals="3"),
        unit="级",
        min_value=1,
        max_value=10,
    ),
    Field(
        name="worker_agrees",
        label="由工伤职工本人提出",
        type=FieldType.BOOLEAN,
        show_when=When("disability_grade", filled=True),
    ),
)

ENDING_FORM = Form(
    name="contract-ending",
    title="劳动合同解除/终止备案",
    sections=(
        Section(name="ending", title="解除（终止）信息", fields=_ENDING),
        Section(
            name="preconditions",
            title="解除（终止）的前提",
            fields=(*_PRECONDITIONS, *_RETIRING),
            hint="与所选原因有关的事项",
        ),
        Section(name="money", title="经济补偿和赔偿", fields=_MONEY),
        Section(
            name="protection",
            title="不得解除和应当续延的情形",
            fields=_PROTECTED,
            hint="劳动合同法第四十二条、第四十五条",
        ),
        Section(
            name="remark",
            title="备注",
            fields=(
                Field(
                    name="remark", label="备注", type=FieldType.LONG_TEXT, max_length=200, width=12
                ),
            ),
        ),
    ),
)
