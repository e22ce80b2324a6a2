"""What the lists of later filings have in common (manual 1.5, 1.6): how they open, what they say."""

from __future__ import annotations

from collections.abc import Callable

from yonggong.contracts.listings import ENGAGED
from yonggong.policy import Policy

Needs = Callable[[Policy], bool]


def preset(needs_roster: Needs) -> Callable[[Policy], dict[str, str]]:
    """The contracts in force of which a filing can be made, as conditions."""

    def conditions(rules: Policy) -> dict[str, str]:
        asked = {"kind": ENGAGED, "state": "approved", "in_post": "1"}
        return asked | ({"rostered": "1"} if needs_roster(rules) else {})

    return conditions


def note(needs_roster: Needs, *, act: str, kind: str) -> Callable[[Policy], str]:
    """What to look for, tick and press, and how to find again what was submitted."""

    def text(rules: Policy) -> str:
        rostered = "且已生成名册" if needs_roster(rules) else ""
        return (
            f"须先查出审核通过{rostered}的合同，勾选后点击“{act}”。"
            f"提交后将合同状态改为“{kind}”、审核状态改为“未审核”即可查到。"
        )

    return text


def no_roster(rules: Policy) -> bool:
    """Of kinds for which no roster is ever needed before."""
    return False
