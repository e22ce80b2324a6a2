"""办事指南: every service item, found and read by anybody; who applies signs in at the end."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from yonggong.accounts.roles import Power
from yonggong.cases import item_queries
from yonggong.cases.item_forms import printed_forms
from yonggong.cases.kinds import CaseKind, taken_online
from yonggong.catalogue.doubts import Sort, doubts_of, is_for_applicants, notes_of
from yonggong.catalogue.items import PERSON, UNIT, Item, ItemRule
from yonggong.documents.samples import fits
from yonggong.portals.access import signed_in, user_of
from yonggong.portals.pages.site import EMPLOYER
from yonggong.portals.pages.site import PERSON as PERSONS
from yonggong.portals.public.here import Here, here
from yonggong.portals.public.shell import shell_of
from yonggong.registry.parties import Party
from yonggong.services import flow, places
from yonggong.services.choosing import COUNTER, ONLINE, Chosen, instead, offered, way_of
from yonggong.services.reckoning import computable

_FOUND = "portals/public/services_found.html"
# What rules are about, in the order in which they are read.
_RULES = {
    "amount": "待遇和金额",
    "period": "期限和年限",
    "deadline": "时限要求",
    "threshold": "界限",
    "condition": "办理规定",
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The items that answer to what was typed and chosen; all by category where nothing was. A script
    that asks as one types gets the list alone."""
    at = here(request)
    chosen = Chosen.read(request.GET.dict())
    typed = request.GET.get("q", "").strip()
    found = chosen.narrow(at.shelf.index.search(typed))
    context: dict[str, Any] = {
        "at": at,
        "typed": typed,
        "chosen": chosen,
        "found": [(item, way_of(item)) for item in found],
        "groups": _by_category(found) if not typed else (),
        "online": ONLINE,
        "offered": offered(at.shelf.items),
        "shell": shell_of(request),
    }
    partly = request.headers.get("HX-Target") == "ys-found"
    answer = render(request, _FOUND if partly else "portals/public/services.html", context)
    patch_vary_headers(answer, ["HX-Request", "HX-Target"])
    return answer


def _by_category(found: list[Item]) -> list[tuple[str, list[tuple[Item, str]]]]:
    groups: dict[str, list[tuple[Item, str]]] = {}
    for item in found:
        groups.setdefault(item.category, []).append((item, way_of(item)))
    return list(groups.items())


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    """One item: who may apply, with what, where, within how long, how it goes on."""
    at = here(request)
    item = at.item(key)
    kind = at.kind(key)
    steps = item.procedure
    context: dict[str, Any] = {
        "at": at,
        "item": item,
        "kind": kind,
        "shell": shell_of(request),
        "takes": at.takes(item),
        "online": ONLINE,
        "way": way_of(item),
        "instead": instead(item),
        "open": "标准未写明" if item.page else "未规定",
        "drawing": flow.drawing(steps),
        "steps": [(stage, flow.told(stage), flow.BY[stage.by]) for stage in steps],
        "rules": _rules(item),
        "facts": notes_of(item, Sort.FACT),
        "left_open": notes_of(item, Sort.OPEN),
        "agencies": places.handled_by(item, at.region),
        "has_sample": fits(kind.form),
        "forms": printed_forms(item).items(),
    }
    if at.keeper:
        context |= {
            "doubts": doubts_of(item),
            "versions": item_queries.versions_of(user_of(request), item.key),
        }
    return render(request, "portals/public/service.html", context)


def _rules(item: Item) -> list[tuple[str, list[tuple[ItemRule, int | None]]]]:
    """The rules by what they are about, each with the place of its calculator where it has one."""
    calculators = {id(one.rule): one.mapped.rule for one in computable(item)}
    held = [rule for rule in item.rules if is_for_applicants(rule)]
    found = [
        (title, [(rule, calculators.get(id(rule))) for rule in held if rule.kind == kind])
        for kind, title in _RULES.items()
    ]
    return [(title, rules) for title, rules in found if rules]


@signed_in
@require_safe
def apply(request: HttpRequest, key: str) -> HttpResponse:
    """For whom a signed-in person may begin it: one button each."""
    at = here(request)
    item, kind = at.item(key), at.kind(key)
    context = {
        "at": at,
        "item": item,
        "way": way_of(item),
        "counter": COUNTER,
        "instead": instead(item),
        "begins": _begins(request, at, kind) if taken_online(item) else [],
        "shell": "portals/base.html",
        "wanted": [word for word in (UNIT, PERSON) if word in item.audience],
    }
    return render(request, "portals/public/service_apply.html", context)


def _begins(request: HttpRequest, at: Here, kind: CaseKind) -> list[tuple[Party, str, bool]]:
    """The parties acted for that may apply where they are, with the address that begins it, and whether
    that is a page on which it begins: of a kind with pages of its own."""
    scope = user_of(request).scope
    acted_for = Party.objects.filter(pk__in=scope.parties(Power.FILE)).order_by("pk")
    return [
        (party, _address(kind, party), kind.pages.own)
        for party in acted_for[:20]
        if kind.serves(party) and at.takes_for(kind, party)
    ]


def _address(kind: CaseKind, party: Party) -> str:
    if party.kind == Party.Kind.PERSON:
        return PERSONS.url("begin", party.pk, kind.name)
    if kind.pages.own:
        return EMPLOYER.url(kind.pages.word)
    return EMPLOYER.url("item-begin", kind.name)
