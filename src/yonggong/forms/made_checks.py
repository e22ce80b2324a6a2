"""The checks that any form as data may ask for, told which of its fields they hold between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from yonggong.forms.checks import Check, Fields, Maker, Parameter, register_maker
from yonggong.forms.problems import Problem

_NUMBERS = frozenset({"integer", "decimal", "money"})
_DAYS = frozenset({"date"})


def _in_order(fields: Fields, told: Mapping[str, Any]) -> Check:
    """A day that does not come before another one."""
    first, then = fields[told["first"]], fields[told["then"]]

    def check(values: Mapping[str, object]) -> Iterator[Problem]:
        begun, ended = values.get(first.name), values.get(then.name)
        if begun is not None and ended is not None and ended < begun:  # type: ignore[operator]
            yield Problem(
                field=then.name,
                label=then.label,
                code="not_in_order",
                message=f"早于“{first.label}”",
                remedy=f"请填写不早于“{first.label}”的日期",
            )

    return check


def _sum(fields: Fields, told: Mapping[str, Any]) -> Check:
    """A figure that is the sum of others; an empty part counts as nothing."""
    total, parts = fields[told["total"]], [fields[name] for name in told["parts"]]
    words = "、".join(f"“{part.label}”" for part in parts)

    def check(values: Mapping[str, object]) -> Iterator[Problem]:
        given = values.get(total.name)
        there = [values[part.name] for part in parts if values.get(part.name) is not None]
        if given is None or not there:
            return
        reckoned = sum((Decimal(str(one)) for one in there), Decimal(0))
        if Decimal(str(given)) != reckoned:
            yield Problem(
                field=total.name,
                label=total.label,
                code="not_the_sum",
                message=f"不等于{words}之和 {reckoned:f}",
                remedy="请核对各项数字",
            )

    return check


def _any_filled(fields: Fields, told: Mapping[str, Any]) -> Check:
    """At least one of several fields is answered."""
    asked = [fields[name] for name in told["fields"]]
    words = "、".join(f"“{one.label}”" for one in asked)

    def check(values: Mapping[str, object]) -> Iterator[Problem]:
        if all(values.get(one.name) in (None, []) for one in asked):
            yield Problem(
                field=asked[0].name,
                label=asked[0].label,
                code="none_filled",
                message=f"{words}至少填写一项",
                remedy="请填写其中一项",
            )

    return check


def _within(fields: Fields, told: Mapping[str, Any]) -> Check:
    """A figure within bounds, both inclusive."""
    asked, least, most = fields[told["field"]], told.get("least"), told.get("most")

    def check(values: Mapping[str, object]) -> Iterator[Problem]:
        given = values.get(asked.name)
        if given is None:
            return
        low = least is not None and Decimal(str(given)) < Decimal(str(least))
        high = most is not None and Decimal(str(given)) > Decimal(str(most))
        if low or high:
            bound = f"不能小于 {least}" if low else f"不能大于 {most}"
            yield Problem(
                field=asked.name,
                label=asked.label,
                code="out_of_bounds",
                message=bound,
                remedy="请核对后填写",
            )

    return check


register_maker(
    "in_order",
    Maker({"first": Parameter("field", _DAYS), "then": Parameter("field", _DAYS)}, _in_order),
)
register_maker(
    "sum",
    Maker({"total": Parameter("field", _NUMBERS), "parts": Parameter("fields", _NUMBERS)}, _sum),
)
register_maker("any_filled", Maker({"fields": Parameter("fields")}, _any_filled))
register_maker(
    "within",
    Maker(
        {
            "field": Parameter("field", _NUMBERS),
            "least": Parameter("figure", needed=False),
            "most": Parameter("figure", needed=False),
        },
        _within,
    ),
)
