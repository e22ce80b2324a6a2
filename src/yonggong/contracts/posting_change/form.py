"""The form of a change: of which filing, why, and the dispatch as it is from then on."""

from __future__ import annotations

from yonggong.contracts.forms import ends_after_start
from yonggong.contracts.posting_parts import DISPATCHED
from yonggong.forms import Field, FieldType, Form, Option, Section

AMENDED, ENDED = "amended", "ended"

POSTING_CHANGE_FORM = Form(
    name="contract-posting-change",
    title="被派遣劳动者用工变更备案",
    sections=(
        Section(
            name="change",
            title="变更信息",
            fields=(
                Field(
                    name="posting",
                    label="原备案编号",
                    required=True,
                    max_length=26,
                    hint="审核通过的派遣用工备案的办件编号；在“派遣用工”点击姓名办理的自动填写",
                ),
                Field(
                    name="change_kind",
                    label="变更类型",
                    type=FieldType.CHOICE,
                    choices=(
                        Option(code=AMENDED, label="派遣内容变更、更正"),
                        Option(code=ENDED, label="提前结束派遣用工"),
                    ),
                    required=True,
                    hint="提前结束的，“派遣结束日期”填写实际结束之日",
                ),
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
        DISPATCHED,
    ),
    checks=(ends_after_start,),
)
