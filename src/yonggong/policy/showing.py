"""How each value is said to people, in one line of Chinese."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from yonggong.catalogue import standards
from yonggong.codes import regions, tables
from yonggong.law.findings import Severity
from yonggong.policy.register import registered_rules
from yonggong.policy.schema import schema
from yonggong.policy.values import (
    LEVEL_LABELS,
    REGISTRATION_WAYS,
    AnnualDuty,
    Material,
    RoutingRule,
    TimeLimit,
    WageRate,
)


def show_name(names: str, name: str) -> str:
    """Say what a name under a wildcard stands for; one that is not known stands for itself."""
    if names == "rules":
        rule = registered_rules().get(name)
        return rule.title if rule else name
    if names == "tables":
        header = tables.headers().get(name)
        return header.title if header else name
    return schema().items.get(name, name)


def show_value(shape: str, name: str, value: Any) -> str:
    """Say a value of a shape; ``name`` is the last part of its path (a table, a case kind…)."""
    return SHOWN[shape](name, value)


def _labels(table_name: str, named: Iterable[str]) -> str:
    known = table_name in tables.headers()
    return "、".join(tables.table(table_name).label(code) if known else code for code in named)


def _materials(_: str, materials: tuple[Material, ...]) -> str:
    return "；".join(map(_material, materials)) or "无"


def _material(material: Material) -> str:
    need = "必需" if material.required else "可选"
    types = "／".join(material.types)
    return f"{material.label}（{need}，{types}，{material.max_megabytes} MB 以内）"


def _routing_rules(_: str, rules: tuple[RoutingRule, ...]) -> str:
    return "；".join(f"{rule.reason}（{LEVEL_LABELS[rule.level]}）" for rule in rules)


def show_condition(rule: RoutingRule) -> str:
    """Say whom a routing rule is about."""
    said = [
        f"{title}：{_labels(table, codes)}"
        for title, table, codes in (
            ("单位性质", "employer_nature", rule.nature),
            ("经济类型", "economic_type", rule.economic_type),
            ("隶属关系", "affiliation", rule.affiliation),
        )
        if codes
    ]
    if rule.dispatcher is not None:
        said.append("劳务派遣单位" if rule.dispatcher else "非劳务派遣单位")
    return "；".join(said) or "以上各条以外的单位"


def _severity(_: str, by_kind: Mapping[str, Severity]) -> str:
    return "；".join(
        one.label if kind == "default" else f"{show_name('items', kind)}{one.label}"
        for kind, one in by_kind.items()
    )


def _wage_rates(_: str, rates: Mapping[str, WageRate]) -> str:
    return "；".join(
        f"{area} {rate.monthly} 元／月、{rate.hourly} 元／小时" for area, rate in rates.items()
    )


def _wage_areas(_: str, areas: Mapping[str, tuple[str, ...]]) -> str:
    return "；".join(f"{area} {'、'.join(map(_region, listed))}" for area, listed in areas.items())


def _region(code: str) -> str:
    line = regions.find(code)
    if line is None:
        return code
    return line.name if line.level > 1 else f"{line.name}其余地区"


def _annual_duty(_: str, duty: AnnualDuty) -> str:
    said = f"{duty.title}：每年 {duty.due}前办理，统计时点为上年 {duty.as_of}"
    if duty.exempt_natures:
        said += f"，{_labels('employer_nature', duty.exempt_natures)}免办"
    return said


def _time_limit(_: str, limit: TimeLimit) -> str:
    steps = (("法定", limit.statutory), ("承诺", limit.promised), ("联办", limit.joint))
    return "；".join(f"{label} {'无' if period is None else period}" for label, period in steps)


SHOWN: Mapping[str, Callable[[str, Any], str]] = MappingProxyType(
    {
        "period": lambda _, period: str(period),
        "materials": _materials,
        "routing_rules": _routing_rules,
        "flag": lambda _, flag: "是" if flag else "否",
        "severity": _severity,
        "wage_rates": _wage_rates,
        "wage_areas": _wage_areas,
        "annual_duty": _annual_duty,
        "codes": _labels,
        "text": lambda _, text: text,
        "days": lambda _, days: f"{days} 日",
        "count": lambda _, count: str(count),
        "figure": lambda _, figure: f"{figure:,}",
        "phrases": lambda _, phrases: "、".join(phrases),
        "day_list": lambda _, days: f"{'、'.join(map(str, days))} 日",
        "case_kinds": lambda _, kinds: "、".join(show_name("items", one) for one in kinds),
        "standards": lambda _, names: "、".join(standards()[one].title for one in names),
        "registration_ways": lambda _, ways: "；".join(REGISTRATION_WAYS[one] for one in ways),
        "time_limit": _time_limit,
    }
)
