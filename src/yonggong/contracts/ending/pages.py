"""The page of endings (manual 1.6)."""

from __future__ import annotations

from datetime import date

from yonggong.cases.pages import KeyFact, OwnList, Pages
from yonggong.contracts import own_lists, panels
from yonggong.contracts.ending import advising
from yonggong.contracts.models import Filing
from yonggong.contracts.queries import is_open_to_filing
from yonggong.policy import Policy


def needs_roster(rules: Policy) -> bool:
    """Whether only what is on a roster can be ended."""
    return rules.ending_needs_roster


def offered(row: Filing, on: date) -> bool:
    """Whether the contract behind a row can be ended now (JL-5)."""
    return is_open_to_filing(row, on, needs_roster)


PAGES = Pages(
    word="ending",
    list=OwnList(
        title="劳动合同解除/终止备案",
        icon="file-x",
        act="解除/终止",
        note=own_lists.note(needs_roster, act="解除/终止", kind="解除（终止）"),
        preset=own_lists.preset(needs_roster),
        offered=offered,
    ),
    notice="notice_contract",
    advice=advising.advice,
    panels=(*panels.PANELS, panels.PERSON),
    key_facts=(
        KeyFact(label="解除（终止）日期", fields=("ended_on",)),
        KeyFact(label="解除（终止）原因", fields=("end_reason",)),
        KeyFact(label="书面通知日期", fields=("notice_on",)),
        KeyFact(label="前十二个月平均工资", fields=("average_pay",)),
        KeyFact(label="经济补偿金", fields=("severance_paid",)),
    ),
)
