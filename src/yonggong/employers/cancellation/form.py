"""The form of a cancellation (NMG-6)."""

from __future__ import annotations

from yonggong.forms import Field, FieldType, Form, Section

CANCELLATION_FORM = Form(
    name="employer-cancellation",
    title="单位注销备案",
    sections=(
        Section(
            name="cancellation",
            title="注销信息",
            fields=(
                Field(
                    name="closed_on",
                    label="注销日期",
                    type=FieldType.DATE,
                    required=True,
                    hint="关闭、破产、撤销、吊销营业执照之日",
                ),
                Field(
                    name="reason",
                    label="注销原因",
                    type=FieldType.LONG_TEXT,
                    required=True,
                    max_length=200,
                    width=12,
                ),
            ),
        ),
    ),
)
