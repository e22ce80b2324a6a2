"""The report form as printed, and what it lacks: the days that the law counts from, who is to go."""

from __future__ import annotations

from yonggong.catalogue.book import book
from yonggong.codes import tables
from yonggong.forms import Field, FieldType, Form, Option, Section
from yonggong.relations.printed import form_with

KEY = "economic-layoff-report"
ITEM = book().get(KEY)
PERSONS = "persons"

# Labour Contract Law, 41: the four cases in which layoffs are allowed.
_REASONS = tuple(code for code in tables.table("end_reason") if code.parent == "41")

_PERSON = Form(
    name="laid-off",
    title="拟裁减人员",
    sections=(
        Section(
            name="person",
            title="拟裁减人员",
            fields=(
                Field(name="name", label="姓名", required=True, max_length=50, personal=True),
                Field(
                    name="document_number",
                    label="居民身份证号码",
                    required=True,
                    max_length=30,
                    personal=True,
                    hint="其他证件填证件号码",
                ),
                Field(
                    name="protected",
                    label="劳动合同法第四十二条情形",
                    type=FieldType.CHOICE,
                    table="protected_circumstance",
                    personal=True,
                    hint="没有的不选",
                ),
                Field(
                    name="preferred",
                    label="家庭无其他就业人员，有需要扶养的老人或者未成年人",
                    type=FieldType.BOOLEAN,
                    personal=True,
                ),
            ),
        ),
    ),
)

FORM: Form = form_with(
    ITEM,
    Section(
        name="times",
        title="程序和时间",
        fields=(
            Field(
                name="ground",
                label="裁员情形",
                type=FieldType.CHOICE,
                required=True,
                width=12,
                choices=tuple(Option(code=code.code, label=code.name) for code in _REASONS),
            ),
            Field(
                name="explained_on",
                label="向工会或者全体职工说明情况日期",
                type=FieldType.DATE,
                required=True,
                hint="备案表没有此栏，须另填；应当提前 30 日",
            ),
            Field(
                name="heard_on",
                label="听取工会或者职工意见日期",
                type=FieldType.DATE,
                required=True,
            ),
            Field(name="layoff_on", label="拟裁员日期", type=FieldType.DATE, required=True),
        ),
    ),
    Section(
        name=PERSONS,
        title="拟裁减人员",
        fields=(
            Field(
                name=PERSONS,
                label="拟裁减人员",
                type=FieldType.TABLE,
                rows=_PERSON,
                required=True,
                unique=(("document_number",),),
                hint="可以下载表格填写后上传；证件号码与已备案的劳动合同核对",
            ),
        ),
    ),
)
