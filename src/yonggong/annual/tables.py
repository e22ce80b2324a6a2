"""Tables 2 and 3: a row is a form. Which columns are the platform's own says the README."""

from __future__ import annotations

from yonggong.forms import Field, FieldType, Form, Section

_DOCUMENT = (
    Field(
        name="document_type",
        label="证件类型",
        type=FieldType.CHOICE,
        table="document_type",
        default="01",
        required=True,
    ),
    Field(
        name="document_number",
        label="身份证号码",
        type=FieldType.DOCUMENT_NUMBER,
        document_type="document_type",
        required=True,
        personal=True,
        aliases=("证件号码", "身份证号", "公民身份号码"),
    ),
    Field(name="name", label="姓名", type=FieldType.PERSON_NAME, required=True, max_length=50),
)

PERSONS = Form(
    name="annual-persons",
    title="用人单位劳动关系人员基本情况备案表（表二）",
    sections=(
        Section(
            name="person",
            title="人员",
            fields=(
                *_DOCUMENT,
                Field(
                    name="sex",
                    label="性别",
                    type=FieldType.CHOICE,
                    table="sex",
                    codes=("1", "2"),
                    required=True,
                ),
                Field(
                    name="rural",
                    label="农民工",
                    type=FieldType.BOOLEAN,
                    default=False,
                    aliases=("是否农民工", "户籍是否农村"),
                ),
                Field(name="education", label="学历", type=FieldType.CHOICE, table="education"),
                Field(
                    name="service_years",
                    label="本单位工作年限",
                    type=FieldType.INTEGER,
                    required=True,
                    unit="年",
                    min_value=1,
                    max_value=70,
                    hint="按月计算，不满一年的按一年",
                ),
                Field(
                    name="post_kind",
                    label="工种",
                    type=FieldType.CHOICE,
                    table="post_kind",
                    required=True,
                    aliases=("岗位类别",),
                ),
                Field(
                    name="special_trade",
                    label="特殊工种",
                    type=FieldType.BOOLEAN,
                    default=False,
                    aliases=("是否特殊工种",),
                ),
                Field(
                    name="on_post",
                    label="在岗",
                    type=FieldType.BOOLEAN,
                    default=True,
                    aliases=("是否在岗",),
                    hint="休长假、待岗等保留劳动关系、不在岗的选“否”",
                ),
            ),
        ),
        Section(
            name="contract",
            title="劳动合同",
            fields=(
                Field(
                    name="should_sign",
                    label="应签劳动合同",
                    type=FieldType.BOOLEAN,
                    default=True,
                    hint="非全日制用工可以订立口头协议，选“否”",
                ),
                Field(
                    name="term_type",
                    label="合同期限类型",
                    type=FieldType.CHOICE,
                    table="contract_type",
                    hint="没有有效的书面合同的不填",
                ),
                Field(name="start_on", label="合同起始日期", type=FieldType.DATE),
                Field(name="end_on", label="合同终止日期", type=FieldType.DATE),
                Field(
                    name="pay",
                    label="工资",
                    type=FieldType.INTEGER,
                    unit="元/月",
                    min_value=0,
                    hint="取整数",
                    aliases=("工资报酬", "月工资"),
                ),
                Field(
                    name="remark",
                    label="说明",
                    max_length=100,
                    hint="与劳动合同备案不同的，说明原因",
                    width=12,
                ),
            ),
        ),
    ),
    checks=(),
)

ENDINGS = Form(
    name="annual-endings",
    title="用人单位终止或解除劳动合同备案表（表三）",
    sections=(
        Section(
            name="ending",
            title="终止或者解除",
            fields=(
                *_DOCUMENT,
                Field(
                    name="ended_on",
                    label="解除（终止）日期",
                    type=FieldType.DATE,
                    required=True,
                ),
                Field(
                    name="end_reason",
                    label="解除（终止）原因",
                    type=FieldType.CHOICE,
                    table="end_reason",
                    required=True,
                    width=12,
                ),
                Field(
                    name="severance_paid",
                    label="经济补偿金",
                    type=FieldType.MONEY,
                    unit="元",
                    min_value=0,
                ),
                Field(name="remark", label="说明", max_length=100, width=12),
            ),
        ),
    ),
)

TABLES: dict[str, Form] = {"persons": PERSONS, "endings": ENDINGS}
# The form itself, which has no rows, among the tables.
TABLE_1 = "figures"
# What people call them for short.
SHORT = {TABLE_1: "表一", "persons": "表二", "endings": "表三"}
# What is the platform's own of each, told wherever the table is read.
UNCHECKED = {
    "persons": (
        "表二的证件类型、农民工、学历、在岗、应签劳动合同、合同期限类型和说明各栏由平台设置，"
        "没有见到随通知印发的原表，待核。"
    ),
    "endings": "表三各栏由平台参照解除（终止）备案设置，没有见到随通知印发的原表，待核。",
}
