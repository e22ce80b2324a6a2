"""Which agency handles what: by department, business line and level, with exceptions by item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from yonggong.codes import regions
from yonggong.registry.models import Agency, AgencyItem


@dataclass(frozen=True, slots=True)
class Matter:
    """What is to be handled: the item's key, the department it is of, the business line within it
    ("" where none is named: any of the department's agencies)."""

    item: str
    department: str
    line: str = ""


class NoAgency(Exception):
    """No agency can take the case; the message is for the person who files."""


def handles(agency: Agency, matter: Matter) -> bool:
    """Whether the agency handles the matter: by its department and line, or by exception."""
    return (
        _fits(agency, matter) or AgencyItem.objects.filter(agency=agency, item=matter.item).exists()
    )


def able(matter: Matter) -> Q:
    """The agencies that handle the matter wherever they are."""
    fits = Q(department=matter.department)
    if matter.line:
        fits &= Q(line__in=("", matter.line))
    return Q(reviews=True) & (fits | Q(pk__in=_excepted(matter.item).values("agency")))


def agencies_for(region_code: str, matter: Matter) -> QuerySet[Agency]:
    """The agencies that a case of the region may be sent to: those of its county, its prefecture
    and its province (the tree that Jilin's page 选择送审机构 shows) that handle the matter."""
    codes = regions.upwards(region_code)
    return Agency.objects.filter(able(matter), region_code__in=codes).order_by(
        "region_code", "name"
    )


def get_agency_of(region_code: str, level: str, matter: Matter) -> Agency:
    """The one agency of a level that handles the matter for a region: one named for the item before
    one of its line, that before one of all lines of the department. Raises `NoAgency` where there
    is none, or where several stand alike."""
    keep = {"province": 2, "prefecture": 4, "county": 6}[level]
    code = region_code[:keep].ljust(6, "0")
    held = Agency.objects.filter(region_code=code, level=level, reviews=True)
    named = Exists(_excepted(matter.item).filter(agency=OuterRef("pk")))
    there = list(held.annotate(named=named).order_by("pk"))
    found = _foremost(there, matter, named={agency.pk for agency in there if agency.named})
    if len(found) == 1:
        return found[0]
    whom = f"请联系当地{matter.department}部门。"
    if not found:
        raise NoAgency(f"本行政区划尚未设置受理机构，{whom}")
    names = "、".join(agency.name for agency in found)
    raise NoAgency(f"本行政区划有多个机构受理同一业务（{names}），不能确定由哪个办理，{whom}")


def unclear(matters: Iterable[Matter]) -> Iterator[str]:
    """Where it is not decided which agency handles a matter, in words: nobody of a department that
    has agencies there, or several alike. Communities receive and pass on; nothing is sent there."""
    asked = sorted(set(matters), key=lambda matter: (matter.department, matter.line, matter.item))
    exceptions: defaultdict[str, set[int]] = defaultdict(set)
    for item, key in AgencyItem.objects.values_list("item", "agency"):
        exceptions[item].add(key)
    places: defaultdict[tuple[str, str], list[Agency]] = defaultdict(list)
    sent_to = Agency.objects.filter(reviews=True).exclude(level=Agency.Level.COMMUNITY)
    for agency in sent_to.order_by("region_code", "pk"):
        places[agency.region_code, agency.level].append(agency)
    for (region, level), there in places.items():
        said = set()
        for matter in asked:
            if matter.department not in {agency.department for agency in there}:
                continue
            found = _foremost(there, matter, named=exceptions[matter.item])
            if len(found) != 1:
                what = f"{regions.full_name(region)}{Agency.Level(level).label}"
                how = "、".join(agency.name for agency in found) or "没有受理机构"
                said.add(f"{what}{matter.department}{matter.line}：{how}")
        yield from sorted(said)


def _foremost(
    agencies: Iterable[Agency], matter: Matter, *, named: Collection[int]
) -> list[Agency]:
    """Of the agencies of a place those that come first for the matter; one, where it is decided."""
    ranks: defaultdict[int, list[Agency]] = defaultdict(list)
    for agency in agencies:
        if agency.pk in named:
            ranks[0].append(agency)
        elif _fits(agency, matter):
            ranks[1 if agency.line else 2].append(agency)
    return ranks[min(ranks)] if ranks else []


def _fits(agency: Agency, matter: Matter) -> bool:
    return agency.department == matter.department and (
        not matter.line or agency.line in ("", matter.line)
    )


def _excepted(item: str) -> QuerySet[AgencyItem]:
    return AgencyItem.objects.filter(item=item)
