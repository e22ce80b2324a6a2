"""An invented kind for persons: somebody asks for lessons for themselves."""

from __future__ import annotations

from yonggong.cases.kinds import CaseKind, register
from yonggong.forms import Field, Form, Section

LESSON = register(
    CaseKind(
        name="lesson.place",
        title="课程申请",
        form=Form(
            name="lesson",
            title="课程申请",
            sections=(
                Section(
                    name="lesson",
                    title="课程",
                    fields=(Field(name="course", label="课程", required=True, max_length=20),),
                ),
            ),
        ),
        audience=("个人",),
        subject_name=lambda attempt: str(attempt.values["course"]),
    )
)
