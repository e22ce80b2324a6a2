"""A signboard as a kind of case."""

from __future__ import annotations

from yonggong.cases.kinds import CaseKind
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

KIND = CaseKind(
    name="orchard.signboard",
    title="果园标牌",
    form=FORM,
    subject_name=lambda attempt: str(attempt.values["orchard"]),
)
