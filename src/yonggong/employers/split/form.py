"""The form of a split (NMG-6): the new employers, and who goes to which."""

from __future__ import annotations

from yonggong.employers.successors import NAMED, SEVERANCE
from yonggong.forms import Field, FieldType, Form, Option, Section, When

SUCCESSOR = Form(
    name="employer-split-successor",
    title="承继单位",
    sections=(Section(name="successor", title="承继单位", fields=NAMED),),
)
MOVED = Form(
    name="employer-split-moved",
    title="逐人列明的劳动者",
    sections=(
        Section(
            name="moved",
            title="劳动者",
            fields=(
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
                    label="证件号码",
                    type=FieldType.DOCUMENT_NUMBER,
                    document_type="document_type",
                    required=True,
                    personal=True,
                ),
                Field(
                    name="name",
                    label="姓名",
                    type=FieldType.PERSON_NAME,
                    required=True,
                    max_length=50,
                ),
                Field(
                    name="successor_code",
                    label="转入单位统一社会信用代码",
                    type=FieldType.CREDIT_CODE,
                    required=True,
                ),
            ),
        ),
    ),
)


SPLIT_FORM = Form(
    name="employer-split",
    title="单位分立备案",
    sections=(
        Section(
            name="split",
            title="分立信息",
            fields=(
                Field(
                    name="split_kind",
                    label="分立方式",
                    type=FieldType.CHOICE,
                    choices=(
                        Option(code="derived", label="派生分立（本单位存续，另设新单位）"),
                        Option(code="new", label="新设分立（本单位解散，设立两个以上新单位）"),
                    ),
                    required=True,
                    width=6,
                ),
                Field(
                    name="split_on",
                    label="分立日期",
                    type=FieldType.DATE,
                    required=True,
                    hint="登记机关核准之日",
                ),
            ),
        ),
        Section(
            name="successors",
            title="承继单位",
            fields=(
                Field(
                    name="successors",
                    label="承继单位",
                    type=FieldType.TABLE,
                    rows=SUCCESSOR,
                    required=True,
                    least=1,
                    most=10,
                    unique=(("credit_code",),),
                ),
                SEVERANCE,
            ),
        ),
        Section(
            name="people",
            title="劳动者去向",
            fields=(
                Field(
                    name="moved",
                    label="逐人列明的劳动者",
                    type=FieldType.TABLE,
                    rows=MOVED,
                    unique=(("document_type", "document_number"),),
                    hint="只需列明人数较少的一方；派生分立留在本单位的，填本单位的信用代码",
                ),
                Field(
                    name="rest_code",
                    label="其余劳动者转入单位的统一社会信用代码",
                    type=FieldType.CREDIT_CODE,
                    required=When("split_kind", one_of=("new",)),
                    width=8,
                    hint="上表没有列出的劳动者全部转入该单位；派生分立不填的，留在本单位",
                ),
            ),
        ),
    ),
)
