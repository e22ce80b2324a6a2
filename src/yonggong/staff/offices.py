"""Which agencies give their opinions on an application, each at its own level (SX-5)."""

from __future__ import annotations

from yonggong.cases.models import Case
from yonggong.codes import regions
from yonggong.registry.handling import NoAgency
from yonggong.registry.models import Agency

# The agencies that keep the systems are named for this item (`AgencyItem`); they review nothing else.
INFORMATION = "account.systems"
_LEVELS = ("prefecture", "province")


def business(region_code: str) -> Agency:
    """The business division that opines for agencies of a region: the city's, for a city's own and
    below; the province's for its own. Raises `NoAgency`."""
    held = Agency.objects.filter(
        region_code=_city_of(region_code), level__in=_LEVELS, department="人社", reviews=True
    )
    found = held.order_by("pk").first()
    if found is None:
        raise NoAgency("本市尚未设置业务主管机构，请联系系统管理员。")
    return found


def information(region_code: str) -> Agency:
    """The division that keeps the systems for a region: its city's, else its province's. Raises
    `NoAgency`."""
    return _keeper(regions.upwards(_city_of(region_code)))


def centre(region_code: str) -> Agency:
    """The information centre of the whole province. Raises `NoAgency`."""
    return _keeper((f"{region_code[:2]}0000",))


def business_of(case: Case) -> Agency:
    """`business` of a case's region."""
    return business(case.region_code)


def information_of(case: Case) -> Agency:
    """`information` of a case's region."""
    return information(case.region_code)


def provincial(region_code: str) -> Agency:
    """The business division of the whole province. Raises `NoAgency`."""
    return business(f"{region_code[:2]}0000")


def provincial_of(case: Case) -> Agency:
    """`provincial` of a case's region."""
    return provincial(case.region_code)


def centre_of(case: Case) -> Agency:
    """`centre` of a case's region."""
    return centre(case.region_code)


def _city_of(region_code: str) -> str:
    return f"{region_code[:4]}00"


def _keeper(places: tuple[str, ...]) -> Agency:
    held = {
        agency.region_code: agency
        for agency in Agency.objects.filter(items__item=INFORMATION, region_code__in=places)
    }
    found = next((held[place] for place in places if place in held), None)
    if found is None:
        raise NoAgency("本地区尚未登记信息化综合管理机构，请联系系统管理员。")
    return found
