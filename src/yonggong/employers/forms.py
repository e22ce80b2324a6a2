"""All that is said of an employer: the form of Jilin's manual, section 1.2 (JL-1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from yonggong.codes.identifiers import parse_credit_code
from yonggong.forms import Field, FieldType, Form, Problem, Section
from yonggong.forms.checks import register_check

AGENCY_OPTIONS = "reviewing-agencies"


def _organisation_code_agrees(values: Mapping[str, Any]) -> Iterable[Problem]:
    """The organisation code is part of the credit code (GB 32100, places 9 to 17)."""
    credit, typed = values.get("credit_code"), values.get("organisation_code")
    if not credit or not typed:
        return
    inside = parse_credit_code(credit, check=False).organisation_code
    if typed.replace("-", "").upper() != inside.replace("-", ""):
        yield Problem(
            field="organisation_code",
            code="organisation_code_differs",
            message=f"组织机构代码与统一社会信用代码不一致：信用代码中的组织机构代码为 {inside}",
            remedy="请核对营业执照后修改，或留空由系统填写",
            value=typed,
        )


register_check("organisation_code_agrees", _organisation_code_agrees)


BASIC = Section(
    name="basic",
    title="单位基本信息",
    fields=(
        Field(name="name", label="单位名称", type=FieldType.EMPLOYER_NAME, required=True, width=8),
        Field(
            name="credit_code",
            label="统一社会信用代码",
            type=FieldType.CREDIT_CODE,
            required=True,
            hint="18 位，与营业执照一致",
        ),
        Field(
            name="nature",
            label="单位性质",
            type=FieldType.CHOICE,
            table="employer_nature",
            required=True,
        ),
        Field(
            name="affiliation",
            label="隶属关系",
            type=FieldType.CHOICE,
            table="affiliation",
            required=True,
        ),
        Field(
            name="economic_type",
            label="单位经济类型",
            type=FieldType.CHOICE,
            table="economic_type",
            required=True,
        ),
        Field(
            name="organisation_code",
            label="组织机构代码",
            max_length=10,
            hint="可不填，系统按信用代码第 9 至 17 位取得",
        ),
        Field(
            name="legal_representative",
            label="法定代表人",
            type=FieldType.PERSON_NAME,
            required=True,
            max_length=50,
        ),
        Field(
            name="licence_on",
            label="领取营业执照日期",
            type=FieldType.DATE,
            required=True,
            hint="批准成立的单位填批准日期",
        ),
        Field(
            name="is_dispatcher",
            label="是否劳务派遣单位",
            type=FieldType.BOOLEAN,
            default=False,
            hint="取得劳务派遣经营许可证的选“是”",
        ),
        Field(
            name="industry",
            label="所属行业",
            type=FieldType.INDUSTRY,
            table="industry",
            required=True,
            depth=2,
            width=12,
        ),
        Field(
            name="region_code",
            label="行政区划",
            type=FieldType.REGION,
            table="region",
            required=True,
            depth=3,
            width=12,
        ),
    ),
)

CONTACT = Section(
    name="contact",
    title="联系人信息",
    fields=(
        Field(
            name="address",
            label="通讯地址",
            type=FieldType.ADDRESS,
            required=True,
            max_length=200,
            width=8,
        ),
        Field(name="postcode", label="邮政编码", type=FieldType.POSTCODE),
        Field(
            name="contact",
            label="单位联系人",
            type=FieldType.PERSON_NAME,
            required=True,
            max_length=50,
        ),
        Field(
            name="contact_mobile",
            label="单位联系人手机号",
            type=FieldType.MOBILE,
            required=True,
            personal=True,
        ),
        Field(
            name="telephone", label="单位固定电话", type=FieldType.PHONE, example="0431-88888888"
        ),
    ),
)

OPERATOR = Section(
    name="operator",
    title="经办人信息",
    fields=(
        Field(
            name="agency",
            label="送审机构",
            type=FieldType.INDUSTRY,
            options=AGENCY_OPTIONS,
            depth=1,
            hint="逐级选择负责审核本单位备案的人社机构",
            width=12,
        ),
        Field(
            name="operator",
            label="单位经办人",
            type=FieldType.PERSON_NAME,
            required=True,
            max_length=50,
        ),
        Field(
            name="operator_mobile",
            label="单位经办人手机号",
            type=FieldType.MOBILE,
            required=True,
            personal=True,
        ),
        Field(
            name="operator_document",
            label="单位经办人身份证号",
            type=FieldType.ID_NUMBER,
            required=True,
            personal=True,
        ),
    ),
)

EMPLOYER_FORM = Form(
    name="employer",
    title="单位基本信息",
    sections=(BASIC, CONTACT, OPERATOR),
    checks=(_organisation_code_agrees,),
)

# What changed; for other changes than these the law sets no time (NMG-6).
