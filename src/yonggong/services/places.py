"""Where a visitor applies: the places to choose from, and the agencies that handle an item there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from yonggong.catalogue.items import HUMAN_RESOURCES, Item
from yonggong.codes import regions
from yonggong.codes.tables import table
from yonggong.registry.handling import Matter, able
from yonggong.registry.models import Agency
from yonggong.services.shelf import shelf

_LEVELS = {
    "自治区级": Agency.Level.PROVINCE,
    "盟市级": Agency.Level.PREFECTURE,
    "旗县级": Agency.Level.COUNTY,
    "苏木乡镇街道级": Agency.Level.COMMUNITY,
    "嘎查社区级": Agency.Level.COMMUNITY,
}


@dataclass(frozen=True, slots=True)
class Province:
    """A province with agencies here, and its prefectures that have some."""

    code: str
    name: str
    prefectures: Sequence[tuple[str, str]]


def provinces() -> list[Province]:
    """The places to choose from, in the order of their codes."""
    held = Agency.objects.filter(reviews=True).exclude(level=Agency.Level.COMMUNITY)
    codes = sorted({f"{code[:4]}00" for code in held.values_list("region_code", flat=True)})
    found: dict[str, list[tuple[str, str]]] = {}
    for code in codes:
        below = found.setdefault(f"{code[:2]}0000", [])
        line = table("region").find(code)
        if line is not None and not code.endswith("0000") and not line.extras["grouping"]:
            below.append((code, line.name))
    return [Province(code, regions.full_name(code), below) for code, below in found.items()]


def chosen(asked: str, own: str, on: date, places: Sequence[Province]) -> str:
    """The place that holds for a visitor: the one asked for, else where they are themselves, else the
    province in which most items can be looked up."""
    known = {code for one in places for code in (one.code, *(code for code, _ in one.prefectures))}
    for code in (asked, f"{own[:4]}00" if own else ""):
        if code in known:
            return code
    return max((one.code for one in places), key=lambda one: len(shelf(one, on).items), default="")


def handled_by(item: Item, region: str) -> list[Agency]:
    """The agencies that handle the item for a place, the nearest last: its province's, its own, those
    of its counties; of the levels that the item names, of every level where it names none."""
    if not region:
        return []
    matter = Matter(item.key, (item.departments or (HUMAN_RESOURCES,))[0], item.line)
    low, high = regions.span(region)
    there = Q(region_code__in=regions.upwards(region))
    if not region.endswith("0000"):
        there |= Q(region_code__gte=low, region_code__lt=high)
    levels = {_LEVELS[level] for level in item.levels if level in _LEVELS}
    found = Agency.objects.filter(able(matter), there)
    if levels:
        found = found.filter(level__in=levels)
    return list(found.order_by("region_code", "name").only("name", "level", "telephone"))
