"""The bureau's own forms: an employer that nobody has registered, and acts about a person."""

from __future__ import annotations

from dataclasses import replace

from yonggong.contracts.forms import NEW_FORM
from yonggong.forms import Field, FieldType, Form, Section
from yonggong.portals.newcomer import EMPLOYER

NEWCOMER = Form(name="newcomer", title="登记单位", sections=(EMPLOYER,))

_PERSON = NEW_FORM.fields_by_name


def _reason(hint: str) -> Section:
    return Section(
        name="ground",
        title="原因",
        fields=(
            Field(
                name="reason",
                label="原因和依据",
                type=FieldType.LONG_TEXT,
                required=True,
                max_length=500,
                hint=hint,
                width=12,
            ),
        ),
    )


REVOCATION = Form(
    name="revocation",
    title="撤销审核",
    sections=(_reason("写明查明的事实、依据的规定和材料，申请人可以看到"),),
)

_ONE_PERSON = _reason("写明为何是同一人、依据什么材料")

CORRECTION = Form(
    name="correction",
    title="更正人员登记",
    sections=(
        Section(
            name="person",
            title="更正后的登记内容",
            hint="不需要更正的内容保持不变。",
            fields=(
                _PERSON["document_type"],
                replace(
                    _PERSON["document_number"], required=False, hint="不更正证件号码的，不要填写"
                ),
                _PERSON["name"],
                _PERSON["sex"],
                _PERSON["birth_on"],
            ),
        ),
        _reason("写明原登记错在哪里、依据什么材料"),
    ),
)

# Of a registration found by its whole number, and of one that is known already.
JOINING = Form(
    name="joining",
    title="并档",
    sections=(
        Section(
            name="other",
            title="要并入的另一份登记",
            hint="填写此人另一份登记的证件。并档后，两份登记的合同都归入本档案，姓名和证件以本档案为准。",
            fields=(
                _PERSON["document_type"],
                replace(_PERSON["document_number"], fills={}),
            ),
        ),
        _ONE_PERSON,
    ),
)
JOINING_KNOWN = Form(name="joining", title="并档", sections=(_ONE_PERSON,))

ENDING = Form(
    name="office_ending",
    title="登记合同终止",
    sections=(
        Section(
            name="ending",
            title="解除（终止）",
            fields=(
                Field(
                    name="ended_on",
                    label="解除（终止）日期",
                    type=FieldType.DATE,
                    required=True,
                ),
            ),
        ),
        _reason("写明单位为何没有办理、依据什么材料"),
    ),
)
