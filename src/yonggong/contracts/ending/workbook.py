"""Endings by the workbook: its columns, what its blank cells mean, and one filled in from what
holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from yonggong.cases.workbook import Prefilled, Workbook
from yonggong.catalogue import own_titles
from yonggong.contracts import bulk
from yonggong.contracts.ending.form import ENDING_FORM
from yonggong.contracts.ending.pages import offered
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.prefilling import ending_soon, person_cells
from yonggong.contracts.workbooks import OF_PERSON
from yonggong.forms import Form, Section
from yonggong.forms.reading import is_blank
from yonggong.registry.parties import Party

# Jilin's template for endings asks for four columns (manual 1.8, JL-7). They come first, and no
# other need be filled in; the rest of the page's form follows, so that a row can say whatever the
# page can, and answers to the same checks.
_ASKED = ("ended_on", "end_reason", "severance_paid")

ENDING_BATCH = Form(
    name="contract-ending-batch",
    title="解除（终止）劳动合同备案批量",
    sections=(
        Section(
            name="asked",
            title="解除（终止）",
            fields=(
                replace(OF_PERSON["name"], hint="与有效证件一致"),
                replace(
                    OF_PERSON["document_type"],
                    required=False,
                    default=None,
                    hint="身份证可不填，按号码识别",
                ),
                replace(
                    OF_PERSON["document_number"],
                    fills={},
                    hint="身份证为 18 位准确的号码",
                ),
                replace(
                    ENDING_FORM.fields_by_name["ended_on"],
                    label="终止或解除时间",
                    hint="格式：yyyy-mm-dd",
                    aliases=("解除（终止）日期", "解除终止日期"),
                ),
                replace(
                    ENDING_FORM.fields_by_name["end_reason"],
                    label="终止或解除原因",
                    hint="选择",
                    aliases=("解除（终止）原因", "解除终止原因"),
                ),
                replace(
                    ENDING_FORM.fields_by_name["severance_paid"],
                    required=False,
                    hint="未支付的填 0 或者不填",
                ),
            ),
        ),
        *(
            replace(section, fields=fields)
            for section in ENDING_FORM.sections
            if (fields := tuple(item for item in section.fields if item.name not in _ASKED))
        ),
    ),
    checks=ENDING_FORM.checks,
)

_NOTES = (
    "本表已填入即将到期合同的姓名和证件号码，日期为合同结束日期：不办理的人请整行删除，"
    "“终止或解除原因”请逐人选择。",
)


_NOTHING = "0"


def _nothing_paid(
    columns: Mapping[str, Sequence[Any]], rows: int, applicant: Party
) -> Mapping[str, Sequence[Any]]:
    """What was paid at the end and is not filled in was nothing."""
    paid = columns.get("severance_paid") or [None] * rows
    return {**columns, "severance_paid": [_NOTHING if is_blank(cell) else cell for cell in paid]}


def _cells(contract: Contract, today: date) -> dict[str, str]:
    """The person, and the day the contract runs out."""
    ended_on = contract.end_on.isoformat() if contract.end_on else ""
    return person_cells(contract) | {"ended_on": ended_on}


_ROWS = ending_soon(
    offered=offered, cells=_cells, title=own_titles()["contract.ending"], notes=_NOTES
)


WORKBOOK = Workbook(
    form=ENDING_BATCH,
    page="ending",
    hints=True,
    complete=_nothing_paid,
    told=bulk.TOLD,
    names=bulk.names,
    opened=bulk.open_later(Filing.Kind.ENDING, "ended_on", "end_reason"),
    voided=bulk.void_later,
    prefilled=Prefilled(
        rows=_ROWS, of="即将到期的合同", title="到期合同预填表格", short="解除/终止"
    ),
)
