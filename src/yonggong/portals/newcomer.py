"""What an employer is first known by, whether it registers itself or a clerk enters it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from yonggong.codes.organisations import parse_credit_code
from yonggong.forms import Cleaned, Field, FieldType, Form, Section
from yonggong.forms.reading import read_line

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

# Asked only of those whose code was refused for its check character.
_EVIDENCE = Field(
    name="code_evidence",
    label="证照上确为此代码的依据",
    max_length=200,
    hint="代码填错的请直接改正；证照上确为此代码的，写明证照名称、登记机关和核发日期，由人社部门核实",
    width=12,
)


def clean(form: Form, raw: Mapping[str, Any]) -> tuple[Form, Cleaned, str]:
    """Clean what a newcomer answered. Gives the form to show again, what was understood, and the
    evidence for a credit code whose check character does not hold ("" where it does).

    Such a code is asked about first; stated with evidence, it is taken.
    """
    cleaned = form.clean(raw)
    doubts = [problem for problem in cleaned.problems if problem.code == "credit_code.checksum"]
    if not doubts:
        return form, cleaned, ""
    first, *others = form.sections
    asked = replace(form, sections=(replace(first, fields=_with_evidence(first)), *others))
    evidence = read_line(raw.get(_EVIDENCE.name) or "")[: _EVIDENCE.max_length]
    if not evidence:
        return asked, cleaned, ""
    number = parse_credit_code(str(raw["credit_code"]), check=False).number
    problems = tuple(problem for problem in cleaned.problems if problem not in doubts)
    values = {**cleaned.values, "credit_code": number}
    return asked, replace(cleaned, values=values, problems=problems), evidence


def _with_evidence(section: Section) -> tuple[Field, ...]:
    code, *rest = section.fields
    return (code, _EVIDENCE, *rest)
