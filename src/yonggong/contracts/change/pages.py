"""The page of changes (manual 1.5)."""

from __future__ import annotations

from datetime import date
from typing import Any

from yonggong.cases.pages import KeyFact, OwnList, Pages
from yonggong.contracts import own_lists, panels
from yonggong.contracts.models import Filing
from yonggong.contracts.queries import is_open_to_filing
from yonggong.contracts.threads import held_values


def offered(row: Filing, on: date) -> bool:
    """Whether the contract behind a row can be changed now."""
    return is_open_to_filing(row, on, own_lists.no_roster)


def _held(row: Filing) -> dict[str, Any]:
    """What now holds; without the probation of a term before this one."""
    held = held_values(row.contract)
    probation = held.get("probation_end_on")
    if probation is not None and probation < row.contract.start_on:
        held |= {"probation_end_on": None, "probation_pay": None}
    return held


PAGES = Pages(
    word="change",
    list=OwnList(
        title="劳动合同变更备案",
        icon="file-pencil",
        act="变更",
        note=lambda rules: "履行中的劳动合同内容发生变化的，勾选后点击“变更”。",
        preset=own_lists.preset(own_lists.no_roster),
        offered=offered,
        begins=_held,
    ),
    notice="notice_contract",
    panels=(*panels.PANELS, panels.PERSON),
    key_facts=(
        KeyFact(label="变更生效日期", fields=("changed_on",)),
        KeyFact(label="变更原因", fields=("change_reason",)),
        *panels.TERM,
    ),
)
