"""What the office writes down of its review, and the opinion that is made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from yonggong.forms import Field, FieldType, Form, Problem, Section
from yonggong.forms.checks import register_check

# What is reviewed (集体合同规定第四十四条), in the words of the standard's letter.
JUDGED = {
    "parties_lawful": "协商双方主体资格合法",
    "procedure_lawful": "协商程序合法",
    "content_lawful": "合同内容合法",
}

_OBJECTION = Form(
    name="objection",
    title="异议",
    sections=(
        Section(
            name="objection",
            title="异议",
            fields=(
                Field(name="clause", label="条款", required=True, max_length=40),
                Field(
                    name="says",
                    label="异议内容",
                    type=FieldType.LONG_TEXT,
                    required=True,
                    max_length=500,
                ),
                Field(name="basis", label="依据", required=True, max_length=200),
            ),
        ),
    ),
)


def _agrees(values: Mapping[str, Any]) -> Iterable[Problem]:
    """Whoever finds something unlawful says which clause; whoever objects finds something unlawful."""
    answers = [values.get(name) for name in JUDGED]
    if None in answers:
        return
    objections = values.get("objections") or []
    if False in answers and not objections:
        yield RECORD.problem(
            "objections",
            "no_objection",
            "审查认为有不合法之处，没有列明异议",
            "请逐条填写有异议的条款、内容和依据",
        )
    if False not in answers and objections:
        yield RECORD.problem(
            "objections", "lawful", "三项审查均为合法，却列有异议", "请更正审查结论，或者删去异议"
        )


register_check("collective_record_agrees", _agrees)

RECORD = Form(
    name="collective.record",
    title="审查记录",
    sections=(
        Section(
            name="record",
            title="审查",
            fields=(
                *(
                    Field(name=name, label=label, type=FieldType.BOOLEAN, required=True)
                    for name, label in JUDGED.items()
                ),
                Field(
                    name="party_b",
                    label="意见书乙方",
                    required=True,
                    max_length=80,
                    hint="企业工会或者职工方，如“某某公司工会委员会”；甲方为报送企业",
                    width=8,
                ),
                Field(
                    name="objections",
                    label="有异议的条款",
                    type=FieldType.TABLE,
                    rows=_OBJECTION,
                    most=30,
                ),
                Field(
                    name="remarks",
                    label="其他审查意见",
                    type=FieldType.LONG_TEXT,
                    max_length=1000,
                    width=12,
                ),
            ),
        ),
    ),
    checks=(_agrees,),
)


def objects(values: Mapping[str, Any]) -> bool:
    """Whether the office objects to the contract."""
    return any(values.get(name) is False for name in JUDGED)
