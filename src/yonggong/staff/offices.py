"""Which agencies give their opinions on an application, each at its own level (SX-5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from yonggong.accounts.roles import Power
from yonggong.cases.procedure import Outcome, Procedure, StepPlan
from yonggong.codes import regions
from yonggong.forms import Problem
from yonggong.registry.handling import NoAgency
from yonggong.registry.models import Agency

# The agencies that keep the systems are named for this item (`AgencyItem`); they review nothing else.
INFORMATION = "account.systems"
_LEVELS = ("prefecture", "province")
_ALL = frozenset({Outcome.NEXT, Outcome.RETURN, Outcome.REFUSE})

# The agency for a region. Raises `NoAgency`.
Office = Callable[[str], Agency]


def three_opinions(
    *, head: str, business: tuple[str, Office], information: tuple[str, Office]
) -> Procedure:
    """The head of whoever applies, then a business division, then who keeps the systems: the titles of
    their opinions, and where the latter two are given."""
    return Procedure(
        steps=(
            StepPlan(key="head", title=head, kind="review", power=Power.SUPERVISE, outcomes=_ALL),
            _at(business, key="business", kind="second_review"),
            _at(information, key="information", kind="decide"),
        )
    )


def _at(place: tuple[str, Office], *, key: str, kind: str) -> StepPlan:
    title, office = place
    return StepPlan(
        key=key, title=title, kind=kind, at=lambda case: office(case.region_code), outcomes=_ALL
    )


def without(region_code: str, *needed: Office) -> Iterator[Problem]:
    """A problem for each of these that a region does not have."""
    for office in needed:
        try:
            office(region_code)
        except NoAgency as error:
            yield Problem(field="", code="no_office", message=str(error).rstrip("。"), remedy="")


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


def provincial(region_code: str) -> Agency:
    """The business division of the whole province. Raises `NoAgency`."""
    return business(f"{region_code[:2]}0000")


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
