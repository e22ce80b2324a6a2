"""What is filled in of a signboard."""

from __future__ import annotations

from yonggong.forms import Field, FieldType, Form, Section

FORM = Form(
    name="orchard.signboard",
    title="果园标牌",
    sections=(
        Section(
            name="board",
            title="标牌",
            fields=(
                Field(name="orchard", label="果园名称", required=True, max_length=30),
                Field(name="wording", label="标牌文字", required=True, max_length=20),
                Field(name="phone", label="手机号", type=FieldType.MOBILE, personal=True),
            ),
        ),
    ),
)
