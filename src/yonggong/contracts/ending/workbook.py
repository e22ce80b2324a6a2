"""The workbook of endings, filled in from what holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from yonggong.cases.pages import FilledRows, Prefilled
from yonggong.catalogue import own_titles
from yonggong.contracts import bulk
from yonggong.contracts.ending.pages import offered
from yonggong.contracts.models import Contract
from yonggong.contracts.prefilling import ending_soon, person_cells
from yonggong.policy import Policy
from yonggong.registry.models import Employer

_NOTES = (
    "本表已填入即将到期合同的姓名和证件号码，日期为合同结束日期：不办理的人请整行删除，"
    "“终止或解除原因”请逐人选择。",
)


def _cells(contract: Contract, today: date) -> dict[str, str]:
    """The person, and the day the contract runs out."""
    ended_on = contract.end_on.isoformat() if contract.end_on else ""
    return person_cells(contract) | {"ended_on": ended_on}


def _rows(employer: Employer, rules: Policy, on: date) -> FilledRows:
    return ending_soon(
        employer,
        rules,
        on,
        offered=offered,
        cells=_cells,
        title=own_titles()["contract.ending"],
        notes=_NOTES,
    )


WORKBOOK = replace(
    bulk.ENDING_BULK,
    page="ending",
    hints=True,
    prefilled=Prefilled(
        rows=_rows, of="即将到期的合同", title="到期合同预填表格", short="解除/终止"
    ),
)
