"""What is said beside Table 3 filed alone."""

from __future__ import annotations

from yonggong.forms import Field, FieldType, Form, Section

FORM = Form(
    name="annual-endings-alone",
    title="用人单位终止或解除劳动合同备案表（表三单独填报）",
    sections=(
        Section(
            name="whole",
            title="填报说明",
            fields=(
                Field(
                    name="year",
                    label="解除（终止）所在年度",
                    type=FieldType.YEAR,
                    required=True,
                    min_value=1990,
                    max_value=2100,
                ),
                Field(
                    name="remark",
                    label="备注",
                    type=FieldType.LONG_TEXT,
                    max_length=200,
                    width=12,
                ),
            ),
        ),
    ),
)
