"""What is refused of an orchard, and what is found."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.cases.orchard.form import FORM
from yonggong.cases.attempts import Attempt
from yonggong.forms import Problem
from yonggong.law.findings import Article, Finding, Seen

_LARGE = Decimal(300)
_RULE = Article("果园登记办法（虚构）", 5, checked=Seen("果园登记办法（虚构）", date(2026, 1, 1)))


def refusals(attempt: Attempt) -> list[Problem]:
    """An orchard of plums alone is not registered."""
    if {row["fruit"] for row in attempt.values["plots"]} == {"3"}:
        return [FORM.problem("plots", "plums", "只种李子的果园不予登记", "请登记其他树种的地块")]
    return []


def findings(attempt: Attempt) -> list[Finding]:
    """A large one should say when it opened."""
    area = sum(row["area"] for row in attempt.values["plots"])
    if area <= _LARGE or attempt.values["opened_on"]:
        return []
    return [
        Finding(
            rule="probation-pay",  # findings are weighed by the rules that provinces know
            message=f"面积 {area} 亩，超过 {_LARGE} 亩的果园应填写开园日期",
            articles=(_RULE,),
            field="opened_on",
            remedy="请填写开园日期",
        )
    ]
