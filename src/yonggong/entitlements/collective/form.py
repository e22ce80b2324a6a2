"""The form of a collective contract or wage agreement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from yonggong.entitlements.models import SORTS
from yonggong.forms import Field, FieldType, Form, Option, Problem, Section
from yonggong.forms.checks import register_check


def _reviewed_in_full(values: Mapping[str, Any]) -> Iterable[Problem]:
    """Whoever reviewed it did so on a day."""
    if bool(values.get("reviewed_by")) != bool(values.get("reviewed_on")):
        yield Problem(
            field="reviewed_on",
            code="half_reviewed",
            message="审查机关和审查日期应当一并填写",
            remedy="尚未审查的，两项都不填",
        )


register_check("agreement_reviewed_in_full", _reviewed_in_full)

COLLECTIVE_FORM = Form(
    name="collective-agreement",
    title="集体合同备案",
    sections=(
        Section(
            name="agreement",
            title="集体合同",
            fields=(
                Field(
                    name="sort",
                    label="种类",
                    type=FieldType.CHOICE,
                    choices=tuple(Option(code=code, label=label) for code, label in SORTS.items()),
                    required=True,
                ),
                Field(name="title", label="名称", required=True, max_length=120, width=8),
                Field(name="signed_on", label="签订日期", type=FieldType.DATE, required=True),
                Field(name="start_on", label="生效日期", type=FieldType.DATE, required=True),
                Field(name="end_on", label="期满日期", type=FieldType.DATE, required=True),
                Field(
                    name="covered",
                    label="覆盖职工人数",
                    type=FieldType.INTEGER,
                    required=True,
                    min_value=1,
                    max_value=9999999,
                    unit="人",
                ),
            ),
        ),
        Section(
            name="review",
            title="审查备案情况",
            fields=(
                Field(
                    name="reviewed_by",
                    label="审查机关",
                    max_length=80,
                    width=8,
                    hint="收到文本十五日内未提出异议的集体合同即行生效（劳动合同法第五十四条）",
                ),
                Field(name="reviewed_on", label="审查日期", type=FieldType.DATE),
                Field(name="number", label="审查备案编号", max_length=60),
            ),
        ),
    ),
    checks=(_reviewed_in_full,),
)
