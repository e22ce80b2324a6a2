"""Pay of a year, pure: what the sums are, what the contracts lead one to expect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from yonggong.annual.arithmetic import Wrong

# The groups are those of Table 2's 工种, by their codes; ours, since no form was published.
GROUPS = {"1": "单位负责人", "2": "专业技术人员", "3": "管理人员", "4": "其他人员"}
_WHOLE = Decimal(1)


def average(total: int, persons: int) -> int:
    """The average in whole yuan, half a yuan upward; 0 of nobody."""
    if not persons:
        return 0
    return int((Decimal(total) / persons).quantize(_WHOLE, ROUND_HALF_UP))


def wrong(values: Mapping[str, Any]) -> Iterator[Wrong]:
    """What does not hold between the figures; what is not given is not spoken of."""
    for whole, part, word in (("persons", "persons", "人数"), ("total", "total", "工资总额")):
        given = [values.get(f"{part}_{code}") for code in GROUPS]
        parts = sum(one for one in given if one is not None)
        said = values.get(whole)
        if said is not None and None not in given and said != parts:
            yield Wrong(whole, "not_the_sum", f"不等于各类人员{word}之和 {parts}")
    persons, total, said = values.get("persons"), values.get("total"), values.get("average")
    if None not in (persons, total, said) and said != (found := average(total or 0, persons or 0)):
        yield Wrong("average", "not_the_average", f"应为 {found}（工资总额除以人数，取整数）")
    for code, group in GROUPS.items():
        if values.get(f"persons_{code}") == 0 and (values.get(f"total_{code}") or 0) > 0:
            yield Wrong(f"total_{code}", "pay_of_nobody", f"{group}人数为 0，工资总额应为 0")


def expected(staff: Mapping[str, Sequence[Any]], on: date) -> dict[str, int]:
    """What the contracts agree on, as of a day: the pay of each month that somebody worked in its year.
    Who has no group filed is among the others; whose pay is not agreed by the month adds nothing."""
    persons = dict.fromkeys(GROUPS, 0)
    paid = dict.fromkeys(GROUPS, 0)
    rows = zip(
        staff["post_kind"], staff["pay"], staff["service_years"], staff["start_on"], strict=True
    )
    for kind, pay, years, start_on in rows:
        group = kind if kind in GROUPS else "4"
        persons[group] += 1
        paid[group] += (pay or 0) * _months(years, start_on, on)
    total, everybody = sum(paid.values()), sum(persons.values())
    return {
        "persons": everybody,
        "total": total,
        "average": average(total, everybody),
        **{f"persons_{code}": number for code, number in persons.items()},
        **{f"total_{code}": number for code, number in paid.items()},
    }


def _months(years: int, start_on: str, on: date) -> int:
    """Months of the year in which somebody worked: all, unless the first contract began in it."""
    begun = date.fromisoformat(start_on)
    return on.month - begun.month + 1 if years == 1 and begun.year == on.year else on.month
