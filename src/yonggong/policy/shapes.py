"""The shapes that a value in a file may have, and how each is read.

A reader takes what YAML gave and returns the typed value, or raises ``Misshapen`` with what is
wrong in Chinese. ``showing`` says the same values to people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, get_args

from yonggong.catalogue import standards
from yonggong.law.findings import Severity
from yonggong.policy.values import (
    REGISTRATION_WAYS,
    AnnualDuty,
    Level,
    Material,
    MonthDay,
    Period,
    RoutingRule,
    TimeLimit,
    WageRate,
)

FILE_TYPES = frozenset({"pdf", "jpg", "png"})


class Misshapen(ValueError):
    """A value is not of its shape; the message says why, in Chinese."""


def _mapping(raw: Any, allowed: set[str], required: set[str]) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise Misshapen("应当是一组键和值")
    if unknown := sorted(str(key) for key in raw if key not in allowed):
        raise Misshapen(f"不认识的键：{'、'.join(unknown)}")
    if missing := sorted(required - raw.keys()):
        raise Misshapen(f"缺少：{'、'.join(missing)}")
    return raw


def _whole(raw: Any, least: int, most: int, what: str) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not least <= raw <= most:
        raise Misshapen(f"{what}应当是 {least} 至 {most} 的整数")
    return raw


def _words(raw: Any, what: str) -> tuple[str, ...]:
    """Read a list of codes or names; codes must be quoted, since YAML reads 010 as eight."""
    if not isinstance(raw, list) or not all(isinstance(word, str) and word for word in raw):
        raise Misshapen(f"{what}应当是加引号的文字的列表")
    if len(set(raw)) != len(raw):
        raise Misshapen(f"{what}中有重复")
    return tuple(raw)


def is_region_code(code: str) -> bool:
    """Say whether a text has the form of a region code: six digits."""
    return len(code) == 6 and code.isascii() and code.isdigit()


def read_period(raw: Any) -> Period:
    """Read ``{days: 30, kind: natural}``, and ``since: hired`` where it counts from hiring."""
    raw = _mapping(raw, {"days", "kind", "since"}, {"days", "kind"})
    if raw["kind"] not in ("natural", "working"):
        raise Misshapen("kind 应当是 natural（日）或 working（工作日）")
    since = raw.get("since", "event")
    if since not in ("event", "hired"):
        raise Misshapen("since 应当是 event（自备案事项发生之日起）或 hired（自用工之日起）")
    return Period(days=_whole(raw["days"], 0, 366, "days "), kind=raw["kind"], since=since)


def _read_material(raw: Any) -> Material:
    raw = _mapping(raw, {field.name for field in fields(Material)}, {"name", "label"})
    given = dict(raw)
    if "types" in given:
        given["types"] = _words(given["types"], "types ")
        if unknown := sorted(set(given["types"]) - FILE_TYPES):
            raise Misshapen(f"不支持的文件格式：{'、'.join(unknown)}")
    if "max_megabytes" in given:
        _whole(given["max_megabytes"], 1, 100, "max_megabytes ")
    if not isinstance(raw.get("required", True), bool):
        raise Misshapen("required 应当是 true 或 false")
    return Material(**given)


def read_materials(raw: Any) -> tuple[Material, ...]:
    """Read a list of uploads, each ``{name, label[, required, types, max_megabytes, hint]}``."""
    if not isinstance(raw, list):
        raise Misshapen("应当是材料的列表")
    materials = tuple(_read_material(one) for one in raw)
    names = [material.name for material in materials]
    if len(set(names)) != len(names):
        raise Misshapen("材料名称重复")
    return materials


def _read_routing_rule(raw: Any) -> RoutingRule:
    conditions = {"nature", "affiliation", "economic_type"}
    raw = _mapping(raw, {"level", "reason", "dispatcher"} | conditions, {"level", "reason"})
    if raw["level"] not in get_args(Level):
        raise Misshapen("level 应当是 province、prefecture 或 county")
    if not isinstance(raw.get("dispatcher"), bool | None):
        raise Misshapen("dispatcher 应当是 true 或 false")
    return RoutingRule(
        level=raw["level"],
        reason=read_text(raw["reason"]),
        dispatcher=raw.get("dispatcher"),
        **{name: _words(raw[name], f"{name} ") for name in conditions & raw.keys()},
    )


def read_routing_rules(raw: Any) -> tuple[RoutingRule, ...]:
    """Read rules in order; the last one, and only the last one, must match everybody."""
    if not isinstance(raw, list) or not raw:
        raise Misshapen("应当是规则的列表")
    rules = tuple(_read_routing_rule(one) for one in raw)
    if not rules[-1].matches_all:
        raise Misshapen("最后一条规则应当没有条件，否则有的单位无处送审")
    if any(rule.matches_all for rule in rules[:-1]):
        raise Misshapen("没有条件的规则之后还有规则，永远不会用到")
    return rules


def read_flag(raw: Any) -> bool:
    """Read ``true`` or ``false``."""
    if not isinstance(raw, bool):
        raise Misshapen("应当是 true 或 false")
    return raw


def _severity(raw: Any) -> Severity:
    try:
        return Severity(raw)
    except ValueError:
        raise Misshapen("应当是 block、warn 或 inform") from None


def read_severity(raw: Any) -> Mapping[str, Severity]:
    """Read one severity for every kind of case, or ``{default: warn, <kind of case>: block}``."""
    if isinstance(raw, str):
        return MappingProxyType({"default": _severity(raw)})
    if not isinstance(raw, dict) or not raw:
        raise Misshapen("应当是 block、warn、inform，或者按办件分列")
    return MappingProxyType({str(kind): _severity(one) for kind, one in raw.items()})


def _money(raw: Any, what: str) -> Decimal:
    """Read an amount written as text, so that no binary fraction ever comes in."""
    try:
        amount = Decimal(raw if isinstance(raw, str | int) else "NaN")
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount <= 0 or amount != amount.quantize(Decimal("0.01")):
        raise Misshapen(f"{what}应当是大于零、至多两位小数、加引号的金额")
    return amount.quantize(Decimal("0.01"))


def read_wage_rates(raw: Any) -> Mapping[str, WageRate]:
    """Read ``{一类地区: {monthly: "2270", hourly: "22.4"}, …}``, in yuan."""
    if not isinstance(raw, dict) or not raw:
        raise Misshapen("应当按地区类别列出标准")
    rates = {}
    for area, one in raw.items():
        one = _mapping(one, {"monthly", "hourly"}, {"monthly", "hourly"})
        rates[str(area)] = WageRate(
            monthly=_money(one["monthly"], f"{area}月标准"),
            hourly=_money(one["hourly"], f"{area}小时标准"),
        )
    return MappingProxyType(rates)


def read_wage_areas(raw: Any) -> Mapping[str, tuple[str, ...]]:
    """Read ``{一类地区: ["150102", …], …}``: the six-digit region codes of each class."""
    if not isinstance(raw, dict) or not raw:
        raise Misshapen("应当按地区类别列出行政区划代码")
    areas = {str(area): _words(codes, f"{area} ") for area, codes in raw.items()}
    every = [code for codes in areas.values() for code in codes]
    if wrong := [code for code in every if not is_region_code(code)]:
        raise Misshapen(f"不是六位行政区划代码：{'、'.join(wrong)}")
    if twice := sorted({code for code in every if every.count(code) > 1}):
        raise Misshapen(f"同时列入两类地区：{'、'.join(twice)}")
    return MappingProxyType(areas)


def _read_month_day(raw: Any) -> MonthDay:
    raw = _mapping(raw, {"month", "day"}, {"month", "day"})
    month, day = _whole(raw["month"], 1, 12, "month "), _whole(raw["day"], 1, 31, "day ")
    try:
        date(2001, month, day)  # a common year: a day that some years lack cannot be a last day
    except ValueError:
        raise Misshapen("不是每年都有的日期") from None
    return MonthDay(month, day)


def read_annual_duty(raw: Any) -> AnnualDuty:
    """Read ``{title, due: {month, day}, as_of: {month, day}[, exempt_natures]}``."""
    raw = _mapping(raw, {"title", "due", "as_of", "exempt_natures"}, {"title", "due", "as_of"})
    return AnnualDuty(
        name="",
        title=read_text(raw["title"]),
        due=_read_month_day(raw["due"]),
        as_of=_read_month_day(raw["as_of"]),
        exempt_natures=_words(raw.get("exempt_natures", []), "exempt_natures "),
        source="",
        checked=None,
    )


def read_codes(raw: Any) -> tuple[str, ...]:
    """Read a list of quoted codes."""
    codes = _words(raw, "代码")
    if not codes:
        raise Misshapen("一个代码也没有，页面将无可选择")
    return codes


def read_text(raw: Any) -> str:
    """Read a text that says something."""
    if not isinstance(raw, str) or not raw.strip():
        raise Misshapen("应当是文字")
    return raw.strip()


def read_days(raw: Any) -> int:
    """Read a number of days, 1–366."""
    return _whole(raw, 1, 366, "日数")


def read_count(raw: Any) -> int:
    """Read a number of persons, units or filings, 1–9999."""
    return _whole(raw, 1, 9999, "数目")


def read_figure(raw: Any) -> int:
    """Read a whole number, 0–100,000."""
    return _whole(raw, 0, 100_000, "数量")


def read_phrases(raw: Any) -> tuple[str, ...]:
    """Read a list of short texts, each at most twenty characters, none twice."""
    phrases = _words(raw, "文字")
    if len(set(phrases)) != len(phrases) or any(not 0 < len(one) <= 20 for one in phrases):
        raise Misshapen("每项应当不超过 20 个字，不重复")
    return phrases


def read_day_list(raw: Any) -> tuple[int, ...]:
    """Read numbers of days, furthest first."""
    if not isinstance(raw, list) or not raw:
        raise Misshapen("应当是日数的列表")
    days = tuple(read_days(one) for one in raw)
    if list(days) != sorted(set(days), reverse=True):
        raise Misshapen("日数应当由大到小、不重复")
    return days


def read_case_kinds(raw: Any) -> tuple[str, ...]:
    """Read a list of names of case kinds."""
    return _words(raw, "办件")


def read_standards(raw: Any) -> tuple[str, ...]:
    """Read a list of names of service standards."""
    names = _words(raw, "标准")
    if unknown := sorted(set(names) - standards().keys()):
        raise Misshapen(f"没有这项服务标准：{'、'.join(unknown)}")
    return names


def read_registration_ways(raw: Any) -> tuple[str, ...]:
    """Read which of the known ways prove who acts for an employer; at least one."""
    ways = _words(raw, "方式")
    if unknown := sorted(set(ways) - REGISTRATION_WAYS.keys()):
        raise Misshapen(f"没有这种方式：{'、'.join(unknown)}")
    if not ways:
        raise Misshapen("一种方式也没有，单位将无法注册")
    return ways


def read_time_limit(raw: Any) -> TimeLimit:
    """Read ``{statutory, promised, joint}``, each a period or null."""
    raw = _mapping(raw, {"statutory", "promised", "joint"}, set())
    return TimeLimit(**{name: read_period(one) for name, one in raw.items() if one is not None})


READERS: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {
        "period": read_period,
        "materials": read_materials,
        "routing_rules": read_routing_rules,
        "flag": read_flag,
        "severity": read_severity,
        "wage_rates": read_wage_rates,
        "wage_areas": read_wage_areas,
        "annual_duty": read_annual_duty,
        "codes": read_codes,
        "text": read_text,
        "days": read_days,
        "count": read_count,
        "figure": read_figure,
        "phrases": read_phrases,
        "day_list": read_day_list,
        "case_kinds": read_case_kinds,
        "standards": read_standards,
        "registration_ways": read_registration_ways,
        "time_limit": read_time_limit,
    }
)
