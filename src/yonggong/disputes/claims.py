"""What is claimed, row by row: what sort it is, how much of it, which sum, on which facts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from yonggong.forms import Field, FieldType, Form, Option, Section

CLAIMS = "claim_rows"
# Sorts of claims: words, and what their quantity counts ("" where none is asked).
SORTS: Mapping[str, tuple[str, str]] = {
    "wages": ("拖欠劳动报酬", "个月"),
    "overtime_workday": ("加班费（延长工作时间）", "小时"),
    "overtime_rest_day": ("加班费（休息日）", "小时"),
    "overtime_holiday": ("加班费（法定休假日）", "小时"),
    "double_pay": ("未订立书面劳动合同二倍工资", ""),
    "leave": ("未休年休假工资报酬", "天"),
    "severance": ("经济补偿", ""),
    "damages": ("违法解除或者终止赔偿金", ""),
    "injury": ("工伤医疗费、工伤保险待遇", ""),
    "relation": ("确认劳动关系", ""),
    "other": ("其他请求", ""),
}
# Pay for work that was done: its limitation does not run while the relation goes on.
PAY_OWED = ("wages", "overtime_workday", "overtime_rest_day", "overtime_holiday")

_ROW = Form(
    name="claim",
    title="仲裁（调解）请求",
    sections=(
        Section(
            name="claim",
            title="请求",
            fields=(
                Field(
                    name="sort",
                    label="请求事项",
                    type=FieldType.CHOICE,
                    choices=tuple(Option(code=key, label=said) for key, (said, _) in SORTS.items()),
                    required=True,
                ),
                Field(
                    name="quantity",
                    label="数量",
                    type=FieldType.DECIMAL,
                    places=1,
                    min_value=Decimal(0),
                    max_value=Decimal(99999),
                    hint="拖欠报酬填月数，加班填小时数，年休假填天数",
                ),
                Field(
                    name="amount",
                    label="请求金额",
                    type=FieldType.MONEY,
                    unit="元",
                    min_value=Decimal(0),
                    hint="可以计算的，注明金额",
                ),
                Field(name="facts", label="事实", required=True, max_length=300),
            ),
        ),
    ),
)
TABLE = Field(
    name=CLAIMS,
    label="请求明细",
    type=FieldType.TABLE,
    rows=_ROW,
    required=True,
    least=1,
    most=30,
    totals=("amount",),
)


def claimed_in(values: Mapping[str, Any]) -> Decimal:
    """The sum of all claims."""
    return sum((row["amount"] or Decimal(0) for row in values.get(CLAIMS) or ()), Decimal(0))
