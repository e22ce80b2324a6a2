"""The form of a change."""

from __future__ import annotations

from yonggong.contracts.forms import ends_after_start, sections
from yonggong.forms import Field, FieldType, Form, Section

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
        *sections(probation=True),
    ),
    checks=(ends_after_start,),
)
