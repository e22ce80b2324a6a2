"""The forms of a labour contract's filings.

Fields follow Jilin's pages (manual 1.4–1.6), Wuhai's annex 1 (劳动用工备案) and the general
contract of its annex 2. Pay is per month, as the contract's article 6 has it; annex 1 shows it per year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from yonggong.codes import tables
from yonggong.forms import Field, FieldType, Form, Problem, Section, When

FULL_TIME, PART_TIME, DISPATCH = "1", "2", "3"
FIXED, OPEN, TASK = "1", "2", "3"

# The groups of the table (an article each) are headings, not answers.
_END_REASONS = tuple(code.code for code in tables.table("end_reason") if code.parent)

_NOT_PART_TIME = When("employment_form", one_of=(FULL_TIME, DISPATCH))
_PART_TIME = When("employment_form", equals=PART_TIME)
_DISPATCH = When("employment_form", equals=DISPATCH)

WORKER = Section(
    name="worker",
    title="劳动者信息",
    fields=(
        Field(
            name="document_type",
            label="证件类型",
            type=FieldType.CHOICE,
            table="document_type",
            required=True,
            default="01",
        ),
        Field(
            name="document_number",
            label="证件号码",
            type=FieldType.DOCUMENT_NUMBER,
            document_type="document_type",
            required=True,
            personal=True,
            fills={"birth_date": "birth_on", "sex": "sex"},
            aliases=("身份证号", "身份证号码", "公民身份号码"),
        ),
        Field(
            name="name",
            label="姓名",
            type=FieldType.PERSON_NAME,
            required=True,
            max_length=50,
            aliases=("劳动者姓名", "员工姓名"),
        ),
        Field(
            name="sex",
            label="性别",
            type=FieldType.CHOICE,
            table="sex",
            codes=("1", "2"),
            required=True,
        ),
        Field(name="birth_on", label="出生日期", type=FieldType.DATE, required=True),
        Field(name="ethnicity", label="民族", type=FieldType.CHOICE, table="ethnicity"),
        Field(name="education", label="学历", type=FieldType.CHOICE, table="education"),
        Field(
            name="household_type", label="户籍性质", type=FieldType.CHOICE, table="household_type"
        ),
        Field(
            name="mobile",
            label="联系电话",
            type=FieldType.MOBILE,
            required=True,
            personal=True,
            aliases=("手机号", "手机号码", "本人手机号"),
        ),
        Field(
            name="household_address",
            label="户籍地址",
            type=FieldType.ADDRESS,
            max_length=200,
            personal=True,
            width=6,
        ),
        Field(
            name="residence",
            label="常住地址",
            type=FieldType.ADDRESS,
            max_length=200,
            personal=True,
            width=6,
        ),
        Field(
            name="skill_level",
            label="管理岗位、专业技术或职业技能等级",
            type=FieldType.CHOICE,
            table="skill_level",
        ),
        Field(name="is_rural_worker", label="是否农民工", type=FieldType.BOOLEAN, default=False),
        Field(name="is_union_member", label="是否工会会员", type=FieldType.BOOLEAN, default=False),
    ),
)

_WORK_START = Field(
    name="work_start_on",
    label="用工之日",
    type=FieldType.DATE,
    required=True,
    hint="劳动者实际开始工作的日期，劳动关系自此建立",
    aliases=("入职日期", "参加工作日期", "用工起始日期"),
)

_TERM_FIELDS = (
    Field(
        name="employment_form",
        label="用工形式",
        type=FieldType.CHOICE,
        table="employment_form",
        required=True,
        default=FULL_TIME,
    ),
    Field(
        name="term_type",
        label="合同期限类型",
        type=FieldType.CHOICE,
        table="contract_type",
        required=True,
        aliases=("合同类型", "合同类别"),
    ),
    Field(
        name="contract_text",
        label="使用合同文本",
        type=FieldType.CHOICE,
        table="contract_text",
        required=True,
        aliases=("合同文本", "使用合同模板"),
    ),
    Field(name="contract_number", label="单位合同编号", max_length=40),
    Field(
        name="signed_on",
        label="合同签订日期",
        type=FieldType.DATE,
        required=True,
        aliases=("签订日期",),
    ),
    Field(
        name="start_on",
        label="合同起始日期",
        type=FieldType.DATE,
        required=True,
        aliases=("合同开始日期",),
    ),
    Field(
        name="end_on",
        label="合同结束日期",
        type=FieldType.DATE,
        required=When("term_type", equals=FIXED),
        show_when=When("term_type", one_of=(FIXED, TASK)),
        hint="无固定期限不填；以完成一定工作任务为期限的填预计完成日期，可不填",
        aliases=("合同终止日期", "合同截止日期"),
    ),
)

_PROBATION_FIELDS = (
    Field(
        name="probation_end_on",
        label="试用期截止日期",
        type=FieldType.DATE,
        show_when=_NOT_PART_TIME,
        hint="未约定试用期的不填",
    ),
    Field(
        name="probation_pay",
        label="试用期月工资",
        type=FieldType.MONEY,
        required=When("probation_end_on", filled=True),
        show_when=When("probation_end_on", filled=True),
        unit="元/月",
        min_value=Decimal("0.01"),
    ),
)

_WORK_FIELDS = (
    Field(
        name="job",
        label="岗位工作",
        required=True,
        max_length=60,
        aliases=("工作岗位", "岗位"),
    ),
    Field(
        name="occupation",
        label="职业（工种）",
        type=FieldType.INDUSTRY,
        table="occupation",
        width=12,
    ),
    Field(
        name="post_kind",
        label="岗位类别",
        type=FieldType.CHOICE,
        table="post_kind",
    ),
    Field(
        name="workplace",
        label="工作地点",
        type=FieldType.ADDRESS,
        required=True,
        max_length=120,
        width=6,
    ),
    Field(
        name="hours_system",
        label="工时制度",
        type=FieldType.CHOICE,
        table="hours_system",
        required=_NOT_PART_TIME,
        show_when=_NOT_PART_TIME,
        default="1",
    ),
    Field(
        name="weekly_hours",
        label="周工作小时数",
        type=FieldType.DECIMAL,
        places=1,
        required=True,
        unit="小时",
        min_value=Decimal("0.5"),
        max_value=Decimal("168"),
        aliases=("周工作时间",),
    ),
    Field(
        name="daily_hours",
        label="日工作小时数",
        type=FieldType.DECIMAL,
        places=1,
        required=_PART_TIME,
        show_when=_PART_TIME,
        unit="小时",
        min_value=Decimal("0.5"),
        max_value=Decimal("24"),
    ),
)

_PAY_FIELDS = (
    Field(
        name="pay_form",
        label="工资形式",
        type=FieldType.CHOICE,
        table="pay_form",
        required=True,
        aliases=("工资分配形式",),
    ),
    Field(
        name="base_pay",
        label="基本工资",
        type=FieldType.MONEY,
        required=_NOT_PART_TIME,
        show_when=_NOT_PART_TIME,
        unit="元/月",
        min_value=Decimal("0.01"),
    ),
    Field(
        name="performance_pay",
        label="绩效工资",
        type=FieldType.MONEY,
        show_when=_NOT_PART_TIME,
        unit="元/月",
        min_value=0,
    ),
    Field(
        name="allowances",
        label="津贴补贴",
        type=FieldType.MONEY,
        show_when=_NOT_PART_TIME,
        unit="元/月",
        min_value=0,
    ),
    Field(
        name="overtime_pay",
        label="加班加点工资",
        type=FieldType.MONEY,
        show_when=_NOT_PART_TIME,
        unit="元/月",
        min_value=0,
    ),
    Field(
        name="hourly_pay",
        label="小时工资",
        type=FieldType.MONEY,
        required=_PART_TIME,
        show_when=_PART_TIME,
        unit="元/小时",
        min_value=Decimal("0.01"),
    ),
    Field(
        name="pay_period_days",
        label="工资结算周期",
        type=FieldType.INTEGER,
        required=_PART_TIME,
        show_when=_PART_TIME,
        unit="日",
        min_value=1,
        max_value=31,
    ),
    Field(
        name="pay_day",
        label="发工资日期",
        type=FieldType.INTEGER,
        required=True,
        min_value=1,
        max_value=31,
        unit="日",
        hint="每月几号发工资，只填数字，例如每月 4 号填 4",
        aliases=("发薪日", "工资发放日"),
    ),
)

_DISPATCH_FIELDS = (
    Field(
        name="user_unit",
        label="用工单位名称",
        required=_DISPATCH,
        show_when=_DISPATCH,
        max_length=120,
        width=6,
    ),
    Field(
        name="user_unit_code",
        label="用工单位统一社会信用代码",
        type=FieldType.CREDIT_CODE,
        required=_DISPATCH,
        show_when=_DISPATCH,
    ),
    Field(
        name="dispatch_post",
        label="派遣岗位性质",
        type=FieldType.CHOICE,
        table="dispatch_post",
        required=_DISPATCH,
        show_when=_DISPATCH,
    ),
    Field(
        name="dispatch_start_on",
        label="派遣起始日期",
        type=FieldType.DATE,
        required=_DISPATCH,
        show_when=_DISPATCH,
    ),
    Field(
        name="dispatch_end_on",
        label="派遣结束日期",
        type=FieldType.DATE,
        required=_DISPATCH,
        show_when=_DISPATCH,
    ),
)


def _sections(*term_first: Field, probation: bool) -> tuple[Section, ...]:
    term = (*term_first, *_TERM_FIELDS, *(_PROBATION_FIELDS if probation else ()))
    return (
        Section(name="term", title="合同期限", fields=term),
        Section(name="work", title="工作内容、地点和工时", fields=_WORK_FIELDS),
        Section(name="pay", title="劳动报酬", fields=_PAY_FIELDS),
        Section(
            name="dispatch",
            title="劳务派遣",
            fields=_DISPATCH_FIELDS,
            hint="用工形式为劳务派遣时填写；派遣单位和用工单位均须备案且内容一致",
        ),
    )


def _ends_after_start(values: Mapping[str, Any]) -> Iterable[Problem]:
    """A term and a posting end on or after the day they begin."""
    for start, end, what in (
        ("start_on", "end_on", "合同"),
        ("dispatch_start_on", "dispatch_end_on", "派遣"),
    ):
        first, last = values.get(start), values.get(end)
        if first and last and last < first:
            yield Problem(
                field=end,
                code="ends_before_start",
                message=f"{what}结束日期 {last} 早于起始日期 {first}",
                remedy="请核对两个日期",
                value=str(last),
            )


NEW_FORM = Form(
    name="contract-new",
    title="劳动合同新订备案",
    sections=(WORKER, *_sections(_WORK_START, probation=True)),
    checks=(_ends_after_start,),
)

RENEWAL_FORM = Form(
    name="contract-renewal",
    title="劳动合同续订备案",
    sections=_sections(probation=False),
    checks=(_ends_after_start,),
)

CHANGE_FORM = Form(
    name="contract-change",
    title="劳动合同变更备案",
    sections=(
        Section(
            name="change",
            title="变更信息",
            fields=(
                Field(name="changed_on", label="变更生效日期", type=FieldType.DATE, required=True),
                Field(
                    name="change_reason",
                    label="变更原因",
                    required=True,
                    max_length=200,
                    width=8,
                ),
            ),
        ),
        *_sections(probation=True),
    ),
    checks=(_ends_after_start,),
)

ENDING_FORM = Form(
    name="contract-ending",
    title="劳动合同解除/终止备案",
    sections=(
        Section(
            name="ending",
            title="解除（终止）信息",
            fields=(
                Field(
                    name="ended_on",
                    label="解除（终止）日期",
                    type=FieldType.DATE,
                    required=True,
                    aliases=("终止或解除时间", "解除终止日期"),
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
                    name="average_pay",
                    label="解除（终止）前十二个月平均工资",
                    type=FieldType.MONEY,
                    unit="元/月",
                    min_value=0,
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
                    name="union_notified",
                    label="已将理由通知工会",
                    type=FieldType.BOOLEAN,
                    hint="用人单位单方解除的须事先通知工会",
                ),
                Field(
                    name="remark", label="备注", type=FieldType.LONG_TEXT, max_length=200, width=12
                ),
            ),
        ),
    ),
)

# The fields that a renewal or a change takes over from what now holds.
TERM_FIELD_NAMES = tuple(
    field.name for field in (*_TERM_FIELDS, *_WORK_FIELDS, *_PAY_FIELDS, *_DISPATCH_FIELDS)
)
