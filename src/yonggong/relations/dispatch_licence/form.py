"""The application form as printed, and what its conditions ask for: the area of the premises, of which the
form has no field, and the licence that is extended, changed or cancelled."""

from __future__ import annotations

from dataclasses import replace

from yonggong.cases.step_forms import step_forms
from yonggong.catalogue.book import book
from yonggong.forms import Field, FieldType, Form, Option, Section, When
from yonggong.relations.printed import form_with

ISSUE, EXTEND, CHANGE, CANCEL = "申请", "延续申请", "变更申请", "注销"

_GRANTED = When("application_kind", one_of=(ISSUE, EXTEND, CHANGE))
_OF_A_LICENCE = When("application_kind", one_of=(EXTEND, CHANGE, CANCEL))
_CHANGED = When("application_kind", equals=CHANGE)
_EXTENDED = When("application_kind", equals=EXTEND)

ITEM = book().get("labour-dispatch-licence")
FORM: Form = form_with(
    ITEM,
    Section(
        name="conditions",
        title="许可条件",
        fields=(
            Field(
                name="premises_area",
                label="经营场所面积",
                type=FieldType.DECIMAL,
                required=_GRANTED,
                show_when=_GRANTED,
                unit="平方米",
                min_value=0,
                hint="不少于 100 平方米；申请表没有此栏，须另填",
            ),
            Field(
                name="has_facilities",
                label="有与开展业务相适应的固定经营场所和设施",
                type=FieldType.BOOLEAN,
                required=_GRANTED,
                show_when=_GRANTED,
            ),
            Field(
                name="has_rules",
                label="有符合法律、行政法规规定的劳务派遣管理制度",
                type=FieldType.BOOLEAN,
                required=_GRANTED,
                show_when=_GRANTED,
            ),
        ),
    ),
    Section(
        name="licence",
        title="原许可证",
        fields=(
            Field(
                name="licence_number",
                label="原许可证编号",
                required=_OF_A_LICENCE,
                show_when=_OF_A_LICENCE,
                max_length=24,
            ),
            Field(
                name="changed",
                label="变更内容",
                type=FieldType.MULTI_CHOICE,
                required=_CHANGED,
                show_when=_CHANGED,
                width=12,
                choices=tuple(
                    Option(code=word, label=word)
                    for word in ("名称", "地址", "法定代表人", "注册资本", "其他")
                ),
            ),
            Field(
                name="operations",
                label="三年来基本经营情况",
                type=FieldType.LONG_TEXT,
                required=_EXTENDED,
                show_when=_EXTENDED,
                max_length=1000,
                width=12,
            ),
        ),
    ),
).altered(
    # The permit authority follows from the place; the printed form lets it be named all the same.
    handling_agency={"required": False, "hint": "由系统按许可管辖确定，可以不填"},
    registered_capital_10k={"min_value": 0},
)

_PREMISES = Section(
    name="premises",
    title="经营场所",
    fields=(
        Field(
            name="area_found",
            label="实测经营场所面积",
            type=FieldType.DECIMAL,
            required=True,
            unit="平方米",
            min_value=0,
        ),
        Field(
            name="facilities_found",
            label="经营场所固定，办公设施设备、信息管理系统与清单相符",
            type=FieldType.BOOLEAN,
            required=True,
            width=8,
        ),
    ),
)


def _steps() -> dict[str, Form]:
    """What the office fills in at each step; on site also what it measured."""
    forms = step_forms(ITEM)
    survey = forms["survey"]
    return forms | {"survey": replace(survey, sections=(*survey.sections, _PREMISES))}


STEPS = _steps()
