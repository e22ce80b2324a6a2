"""Pay of a year, pure: what the sums are, what the wages declared and the contracts lead one to expect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from yonggong.annual.arithmetic import Wrong
from yonggong.entitlements.paid import Paid

# The groups are those of Table 2's 工种, by their codes; ours, since no form was published.
GROUPS = {"1": "单位负责人", "2": "专业技术人员", "3": "管理人员", "4": "其他人员"}
_WHOLE = Decimal(1)


def average(total: int, persons: int) -> int:
    """The average in whole yuan, half a yuan upward; 0 of nobody."""
    if not persons:
        return 0
    return _round(Decimal(total) / persons)


def wrong(values: Mapping[str, Any]) -> Iterator[Wrong]:
    """What does not hold between the figures; what is not given is not spoken of."""
    for name, word in (("persons", "人数"), ("total", "工资总额")):
        given = [values.get(f"{name}_{code}") for code in GROUPS]
        parts = sum(one for one in given if one is not None)
        said = values.get(name)
        if said is not None and None not in given and said != parts:
            yield Wrong(name, "not_the_sum", f"不等于各类人员{word}之和 {parts}")
    persons, total, said = values.get("persons"), values.get("total"), values.get("average")
    if None not in (persons, total, said) and said != (found := average(total or 0, persons or 0)):
        yield Wrong("average", "not_the_average", f"应为 {found}（工资总额除以人数，取整数）")
    for code, group in GROUPS.items():
        if values.get(f"persons_{code}") == 0 and (values.get(f"total_{code}") or 0) > 0:
            yield Wrong(f"total_{code}", "pay_of_nobody", f"{group}人数为 0，工资总额应为 0")


def expected(
    staff: Mapping[str, Sequence[Any]], on: date, paid: Sequence[Paid | None] = ()
) -> dict[str, int]:
    """What was paid to those on the staff on a day, in its year: what was declared of each (`paid`, by row),
    and for the months of which nothing was, what the contract agrees on. Who has no group filed is among the
    others; whose pay is not agreed by the month adds nothing."""
    persons = dict.fromkeys(GROUPS, 0)
    totals = dict.fromkeys(GROUPS, 0)
    columns = (staff[name] for name in ("post_kind", "pay", "service_years", "start_on"))
    declared = paid or [None] * len(staff["pay"])
    for kind, pay, years, start_on, known in zip(*columns, declared, strict=True):
        group = kind if kind in GROUPS else "4"
        persons[group] += 1
        totals[group] += _paid(known, pay or 0, _months(years, start_on, on))
    total, everybody = sum(totals.values()), sum(persons.values())
    return {
        "persons": everybody,
        "total": total,
        "average": average(total, everybody),
        **{f"persons_{code}": number for code, number in persons.items()},
        **{f"total_{code}": number for code, number in totals.items()},
    }


def _paid(known: Paid | None, pay: int, worked: int) -> int:
    """In whole yuan: the year as declared, or its months, those left out at the agreed pay."""
    if known is None:
        return pay * worked
    if known.year is not None:
        return _round(known.year)
    return _round(known.months) + pay * max(0, worked - known.count)


def _round(yuan: Decimal) -> int:
    return int(yuan.quantize(_WHOLE, ROUND_HALF_UP))


def _months(years: int, start_on: str, on: date) -> int:
    """Months of the year in which somebody worked: all, unless the first contract began in it."""
    begun = date.fromisoformat(start_on)
    return on.month - begun.month + 1 if years == 1 and begun.year == on.year else on.month
