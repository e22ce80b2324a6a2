"""The forms whose columns a workbook of renewals, changes or endings has: whose contract it is,
then what is filed."""

from __future__ import annotations

from dataclasses import replace

from yonggong.contracts.forms import CHANGE_FORM, ENDING_FORM, RENEWAL_FORM, WORKER
from yonggong.forms import Field, FieldType, Form, Section

_PERSON = Section(
    name="person",
    title="劳动者",
    fields=tuple(
        replace(item, fills={})
        for item in WORKER.fields
        if item.name in ("document_type", "document_number", "name")
    ),
)


def _with_person(form: Form) -> Form:
    """The form of a renewal or change, preceded by whose contract it is."""
    return Form(
        name=f"{form.name}-batch",
        title=form.title,
        sections=(_PERSON, *form.sections),
        checks=form.checks,
    )


RENEWAL_BATCH = _with_person(RENEWAL_FORM)
CHANGE_BATCH = _with_person(CHANGE_FORM)

# Jilin's template for endings, as given: manual 1.8 (JL-7).
ENDING_BATCH = Form(
    name="contract-ending-batch",
    title="解除（终止）劳动合同备案批量",
    sections=(
        Section(
            name="ending",
            title="解除（终止）",
            fields=(
                Field(
                    name="name",
                    label="姓名",
                    type=FieldType.PERSON_NAME,
                    required=True,
                    max_length=10,
                    hint="10个汉字以内",
                ),
                Field(
                    name="document_number",
                    label="身份证号码",
                    type=FieldType.ID_NUMBER,
                    required=True,
                    personal=True,
                    hint="18位准确的身份证号码",
                ),
                replace(
                    ENDING_FORM.fields_by_name["ended_on"],
                    label="终止或解除时间",
                    hint="格式：yyyy-mm-dd",
                ),
                replace(
                    ENDING_FORM.fields_by_name["end_reason"], label="终止或解除原因", hint="选择"
                ),
            ),
        ),
    ),
)
