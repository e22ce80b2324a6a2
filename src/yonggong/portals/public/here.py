"""Where a visitor of the guide is, and on which day they look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.utils import timezone

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import items
from yonggong.cases.kinds import CaseKind, taken_online
from yonggong.catalogue.items import Item
from yonggong.codes import regions
from yonggong.codes.identifiers import CodeError
from yonggong.forms.reading import read_date
from yonggong.registry.parties import Party
from yonggong.services import places
from yonggong.services.places import Province
from yonggong.services.shelf import Shelf, shelf

# What addresses carry on.
_PLACED = ("region", "on")


@dataclass(frozen=True, slots=True)
class Here:
    """The place (a province or prefecture), the places to choose from, the day; `keeper`: whether an
    administrator of items asks, who may look at another day; `shelf`: what can be looked up then."""

    region: str
    places: Sequence[Province]
    on: date
    today: date
    keeper: bool
    shelf: Shelf

    @property
    def name(self) -> str:
        """The place in words."""
        return regions.full_name(self.region) if self.region else ""

    @property
    def query(self) -> str:
        """What addresses carry on."""
        asked = {"region": self.region} | ({"on": f"{self.on}"} if self.on != self.today else {})
        return urlencode(asked)

    def item(self, key: str) -> Item:
        """The item as it holds here. Raises 404."""
        item = self.shelf.find(key)
        if item is None:
            raise Http404
        return item

    def kind(self, key: str) -> CaseKind:
        """Its kind of case. Raises 404."""
        self.item(key)
        return items.holding(items.kind_called(key), region=self.region, on=self.on)

    def takes(self, item: Item) -> bool:
        """Whether applications are taken here online."""
        head = items.head_of(item.key, region=self.region, on=self.on)
        rules = policy.of(self.region, self.on)
        return bool(taken_online(item) and head and items.is_taken(head, rules))

    def takes_for(self, kind: CaseKind, party: Party) -> bool:
        """Whether it may be begun for a party, where that is."""
        head = items.head_of(kind.name, region=party.region_code, on=self.today)
        return head is not None and items.is_taken(head, policy.of(party.region_code, self.today))


def placed(request: HttpRequest) -> dict[str, str]:
    """What an address says of the place and the day, for those that it leads to."""
    return {name: request.GET[name] for name in _PLACED if name in request.GET}


def here(request: HttpRequest) -> Here:
    """Where, by the address, else by whoever is signed in, else where most can be looked up."""
    user = request.user if isinstance(request.user, User) else None
    today = timezone.localdate()
    keeper = user is not None and user.may(Power.MANAGE_ITEMS)
    served = places.provinces()
    region = places.chosen(request.GET.get("region", ""), _own(user), today, served)
    on = _day(request, today) if keeper else today
    return Here(region, served, on, today, keeper, shelf(region, on))


def _own(user: User | None) -> str:
    own = user.scope.own if user else ()
    party = Party.objects.filter(pk__in=own).order_by("pk").first() if own else None
    return party.region_code if party else ""


def _day(request: HttpRequest, today: date) -> date:
    try:
        day: date = read_date(request.GET.get("on", ""), serials=False)
    except CodeError:
        return today
    return day
