"""What is asked of who would act for a child or a parent."""

from __future__ import annotations

from yonggong.forms import Field, FieldType, Form, Section
from yonggong.forms.fields import Option

MINOR, PARENT, WARD = "minor", "parent", "ward"

GUARDIANSHIP_FORM = Form(
    name="guardianship",
    title="为子女、父母代办",
    sections=(
        Section(
            name="principal",
            title="被代办的人",
            hint="照其身份证或者户口簿填写。",
            fields=(
                Field(
                    name="relation",
                    label="与其关系",
                    type=FieldType.CHOICE,
                    choices=(
                        Option(code=MINOR, label="未成年子女"),
                        Option(code=PARENT, label="父母"),
                        Option(code=WARD, label="其他被监护人"),
                    ),
                    required=True,
                    width=12,
                ),
                Field(name="ward_name", label="姓名", type=FieldType.PERSON_NAME, required=True),
                Field(
                    name="ward_number",
                    label="身份证号码",
                    type=FieldType.ID_NUMBER,
                    required=True,
                    personal=True,
                ),
                Field(
                    name="until",
                    label="代办期限至",
                    type=FieldType.DATE,
                    required=True,
                    hint="被代办人未成年的，最长至其满 18 周岁的前一日",
                ),
            ),
        ),
    ),
)
