"""The page of renewals (manual 1.5)."""

from __future__ import annotations

from datetime import date

from yonggong.cases.pages import OwnList, Pages
from yonggong.contracts import own_lists, panels
from yonggong.contracts.models import Filing
from yonggong.contracts.queries import is_open_to_filing
from yonggong.contracts.renewal.going_on import continued
from yonggong.policy import Policy


def needs_roster(rules: Policy) -> bool:
    """Whether only what is on a roster can be renewed."""
    return rules.renewal_needs_roster


def offered(row: Filing, on: date) -> bool:
    """Whether the contract behind a row can be renewed now (JL-4): one that has an end."""
    return row.contract.end_on is not None and is_open_to_filing(row, on, needs_roster)


PAGES = Pages(
    word="renewal",
    list=OwnList(
        title="劳动合同续订备案",
        icon="refresh",
        act="续订",
        note=own_lists.note(needs_roster, act="续订", kind="续订"),
        preset=own_lists.preset(needs_roster),
        offered=offered,
        # The term that follows; how long it lasts is what the parties agreed.
        begins=lambda row: continued(row.contract),
    ),
    notice="notice_contract",
    panels=(*panels.PANELS, panels.PERSON),
    key_facts=panels.TERM,
)
