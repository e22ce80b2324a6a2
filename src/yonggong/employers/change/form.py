"""The form of a change: all that is said of an employer, and what has changed."""

from __future__ import annotations

from yonggong.employers.forms import EMPLOYER_FORM
from yonggong.forms import Field, FieldType, Form, Section, When

# 名称、法定代表人、经济类型或者代码变更, and what the law sets no time for.
PARTICULARS_CHANGE, OTHER_CHANGE = "3", "9"
_TIMED = When("change_kind", one_of=("1", "2", "3"))

CHANGE_FORM = Form(
    name="employer-change",
    title="单位信息变更",
    sections=(
        Section(
            name="change",
            title="变更信息",
            fields=(
                Field(
                    name="change_kind",
                    label="变更事项",
                    type=FieldType.CHOICE,
                    table="employer_change",
                    required=True,
                    width=6,
                ),
                Field(
                    name="changed_on",
                    label="变更日期",
                    type=FieldType.DATE,
                    required=_TIMED,
                    show_when=_TIMED,
                    hint="登记机关核准或者批准变更之日",
                ),
            ),
        ),
        *EMPLOYER_FORM.sections,
    ),
    checks=EMPLOYER_FORM.checks,
)
