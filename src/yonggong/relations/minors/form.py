"""The registration form and the health check form as printed, and what they lack: the identity number, the day
on which work begins, whether it is work closed to minors."""

from __future__ import annotations

from yonggong.catalogue.book import book
from yonggong.forms import Field, FieldType, Form, Option, Section
from yonggong.relations.printed import form_with

KEY = "underage-worker-registration"
FIRST, AGAIN = "录用登记", "定期健康检查"

ITEM = book().get(KEY)
_PRINTED = form_with(ITEM)
_ASKED = Section(
    name="person",
    title="登记事项",
    fields=(
        Field(
            name="matter",
            label="登记事项",
            type=FieldType.CHOICE,
            required=True,
            default=FIRST,
            choices=tuple(Option(code=word, label=word) for word in (FIRST, AGAIN)),
            hint="已经登记、补报工作满一年或者年满十八周岁体检的，选“定期健康检查”",
        ),
        Field(
            name="document_number",
            label="居民身份证号码",
            type=FieldType.ID_NUMBER,
            required=True,
            personal=True,
            hint="登记表没有此栏，受理时核查身份证",
            fills={"birth_date": "birth_date"},
        ),
        Field(
            name="begins_on",
            label="上岗日期",
            type=FieldType.DATE,
            required=True,
            hint="劳动合同的起始日期",
        ),
        Field(
            name="hazards",
            label="岗位涉及的特殊作业",
            type=FieldType.MULTI_CHOICE,
            table="hazardous_work",
            width=12,
            hint="没有的不选；未成年工禁忌从事的，不予登记",
        ),
    ),
)
FORM = Form(
    name=_PRINTED.name, title=_PRINTED.title, sections=(_ASKED, *_PRINTED.sections)
).altered(illness_or_defect={"hint": "选“否”的填写"})
