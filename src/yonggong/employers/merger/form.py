"""The form of a merger (NMG-6)."""

from __future__ import annotations

from yonggong.employers.successors import NAMED, SEVERANCE
from yonggong.forms import Field, FieldType, Form, Option, Section

MERGER_FORM = Form(
    name="employer-merger",
    title="单位合并备案",
    sections=(
        Section(
            name="merger",
            title="合并信息",
            fields=(
                Field(
                    name="merger_kind",
                    label="合并方式",
                    type=FieldType.CHOICE,
                    choices=(
                        Option(code="absorbed", label="吸收合并（本单位并入承继单位）"),
                        Option(code="new", label="新设合并（合并各方解散，设立新单位）"),
                    ),
                    required=True,
                    width=6,
                ),
                Field(
                    name="merged_on",
                    label="合并日期",
                    type=FieldType.DATE,
                    required=True,
                    hint="登记机关核准之日",
                ),
            ),
        ),
        Section(name="successor", title="承继单位", fields=(*NAMED, SEVERANCE)),
    ),
)
