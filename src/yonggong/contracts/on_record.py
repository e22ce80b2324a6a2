"""What rooms above have on record that the rules on contracts ask about: a licence, a registration, a report.

Each look takes all rows at once, with what would hold of each, and gives facts by row, which stand over
what the form says. It asks the database for nothing where no row is of its matter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Literal, TypeVar

from django.db.models import QuerySet

from yonggong.cases.attempts import Attempts
from yonggong.law.facts import ContractFacts, EndingFacts
from yonggong.registry.models import Employer

Values = Mapping[str, Any]
Judged = Literal["contract", "ending"]
OnRecord = dict[int, dict[str, Any]]
Look = Callable[[Attempts, Mapping[int, Values]], OnRecord]
# Of an employer, the keys of contracts that a layoff ended, and a day.
LayoffLook = Callable[[Employer, QuerySet[Any], date], bool | None]

F = TypeVar("F", ContractFacts, EndingFacts)

_looks: dict[Judged, list[Look]] = {"contract": [], "ending": []}
_layoff_looks: list[LayoffLook] = []


def when_judged(judged: Judged, look: Look) -> None:
    """Have a room above say what it has on record of contracts, or of endings, that are judged."""
    if look not in _looks[judged]:
        _looks[judged].append(look)


def on_record(judged: Judged, tried: Attempts, terms: Mapping[int, Values]) -> OnRecord:
    """The facts on record of rows, by row; `terms` are the rows with what would hold of each."""
    found: OnRecord = {}
    for look in _looks[judged]:
        for row, facts in look(tried, terms).items():
            found.setdefault(row, {}).update(facts)
    return found


def when_laid_off(look: LayoffLook) -> None:
    """Have a room above say whether layoffs of an employer were reported."""
    if look not in _layoff_looks:
        _layoff_looks.append(look)


def layoff_on_record(employer: Employer, contracts: QuerySet[Any], on: date) -> bool | None:
    """Whether a report on record names any of the contracts; None where none are kept."""
    said = (look(employer, contracts, on) for look in _layoff_looks)
    return next((one for one in said if one is not None), None)


def day_asked(values: Values, today: date) -> date:
    """The day on which something has to be on record: that of a change, else the first of the term."""
    return values.get("changed_on") or values.get("start_on") or today


def with_record(facts: F, known: Mapping[str, Any] | None) -> F:
    """The facts, with those that are on record in the place of what was filled in."""
    return replace(facts, **known) if known else facts
