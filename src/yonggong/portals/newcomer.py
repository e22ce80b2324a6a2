"""What an employer is first known by, whether it registers itself or a clerk enters it."""

from __future__ import annotations

from yonggong.forms import Field, FieldType, Section

EMPLOYER = Section(
    name="employer",
    title="用人单位",
    fields=(
        Field(
            name="credit_code",
            label="统一社会信用代码",
            type=FieldType.CREDIT_CODE,
            required=True,
            hint="18 位，与营业执照或者登记证书一致",
            width=5,
        ),
        Field(name="name", label="单位名称", type=FieldType.EMPLOYER_NAME, required=True, width=7),
        Field(
            name="region_code",
            label="行政区划",
            type=FieldType.REGION,
            table="region",
            required=True,
            depth=3,
            hint="登记注册所在的县（市、区、旗）",
            width=12,
        ),
    ),
)
