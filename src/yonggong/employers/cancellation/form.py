"""The form of a cancellation (NMG-6)."""

from __future__ import annotations

from yonggong.contracts.closing import GROUNDS
from yonggong.forms import Field, FieldType, Form, Section

# 劳动合同法第四十四条第五项; what was filed before the ground was asked for is of this one.
DISSOLVED = "4409"

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
                    hint="关闭、破产、撤销、吊销营业执照之日；仍在履行的劳动合同于当日终止",
                ),
                Field(
                    name="ground",
                    label="注销情形",
                    type=FieldType.CHOICE,
                    table="end_reason",
                    codes=GROUNDS,
                    default=DISSOLVED,
                    width=8,
                    hint="劳动合同终止的依据；合并、分立的，合同由承继单位继续履行（劳动合同法第三十四条），请先咨询送审机构",
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
