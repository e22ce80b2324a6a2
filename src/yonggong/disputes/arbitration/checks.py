"""What refuses an application for arbitration, and what the law says of its time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from yonggong import law
from yonggong.cases.attempts import Attempt
from yonggong.disputes import counter_claims
from yonggong.disputes.arbitration.form import FORM
from yonggong.disputes.claims import CLAIMS, PAY_OWED, SORTS
from yonggong.forms import Problem
from yonggong.law.findings import Finding

_PAST = ("known_on", "broken_on")


def refused(attempt: Attempt) -> Sequence[Problem]:
    """What is said to have been is not to come; a counter-application comes from the side that answers, in
    time."""
    return [*counter_claims.problems(attempt), *_ahead(attempt)]


def _ahead(attempt: Attempt) -> Iterator[Problem]:
    for name in _PAST:
        on = attempt.values.get(name)
        if on is not None and on > attempt.today:
            yield FORM.problem(name, "in_future", "日期晚于今天", "请填写实际的日期")


def found(attempt: Attempt) -> Sequence[Finding]:
    """Claims brought too late."""
    return law.check_dispute(facts_of(attempt.values), attempt.today)


def facts_of(values: Mapping[str, Any]) -> law.DisputeFacts:
    """The claims as the law looks at them."""
    sorts = dict.fromkeys(row["sort"] for row in values.get(CLAIMS) or () if row.get("sort"))
    return law.DisputeFacts(
        known_on=values.get("known_on"),
        broken_on=values.get("broken_on"),
        suspended_days=values.get("suspended_days") or 0,
        ended_on=values.get("ended_on"),
        claims_of_pay=tuple(SORTS[one][0] for one in sorts if one in PAY_OWED),
        other_claims=tuple(SORTS[one][0] for one in sorts if one not in PAY_OWED),
    )
