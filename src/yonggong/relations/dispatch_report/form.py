"""The report of a year: how many are dispatched, how they are paid and insured, to whom they are sent. What is
asked follows what the decree has a report say; its text was not seen whole (待核)."""

from __future__ import annotations

from yonggong.forms import Field, FieldType, Form, Section


def _count(name: str, label: str) -> Field:
    return Field(
        name=name, label=label, type=FieldType.INTEGER, required=True, min_value=0, unit="人"
    )


FORM = Form(
    name="dispatch-report",
    title="劳务派遣年度经营情况报告",
    sections=(
        Section(
            name="year",
            title="年度和经营情况",
            fields=(
                Field(name="year", label="年度", type=FieldType.YEAR, required=True),
                Field(
                    name="operations",
                    label="经营情况和财务审计情况",
                    type=FieldType.LONG_TEXT,
                    required=True,
                    max_length=2000,
                    width=12,
                ),
            ),
        ),
        Section(
            name="persons",
            title="被派遣劳动者",
            fields=(
                _count("dispatched", "被派遣劳动者人数"),
                _count("with_contract", "订立劳动合同人数"),
                _count("insured", "参加社会保险人数"),
                _count("in_union", "参加工会人数"),
                Field(
                    name="pay",
                    label="支付劳动报酬情况",
                    type=FieldType.LONG_TEXT,
                    required=True,
                    max_length=1000,
                    width=12,
                ),
            ),
        ),
        Section(
            name="units",
            title="用工单位",
            fields=(
                Field(
                    name="unit_count",
                    label="用工单位数",
                    type=FieldType.INTEGER,
                    required=True,
                    min_value=0,
                    unit="户",
                ),
                Field(
                    name="agreements",
                    label="派遣数量、期限、岗位和派遣协议情况",
                    type=FieldType.LONG_TEXT,
                    required=True,
                    max_length=2000,
                    width=12,
                ),
                Field(
                    name="branches",
                    label="设立子公司、分公司情况",
                    type=FieldType.LONG_TEXT,
                    max_length=500,
                    width=12,
                ),
            ),
        ),
    ),
)
