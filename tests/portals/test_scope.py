"""What one bureau or administrator works with does not exist for those of the same role elsewhere: every
page and act about one thing, for the neighbouring county and another province. (Their lists: `test_list_exports`.)"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.messages.storage.base import BaseStorage
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import get_resolver, resolve, reverse

from tests.contracts.making import Hall
from tests.portals.one_of_each import Place, Things
from yonggong.accounts.models import User
from yonggong.accounts.roles import ROLES
from yonggong.cases.errors import Forbidden
from yonggong.cases.life import NotAllowed
from yonggong.cases.models import Case
from yonggong.disputes import papers
from yonggong.disputes.models import Dispute
from yonggong.portals import rights
from yonggong.registry.models import Agency

pytestmark = pytest.mark.django_db

ADDRESSES = rights.addresses()
NEIGHBOUR, ELSEWHERE = "220102", "150302"
# There for somebody as other tests show: of a province that takes them (tests/annual/test_pages.py,
# tests/annual/test_looked_up.py, tests/staff/test_application_pages.py), at a step that pays (test_service_pages.py).
ASKED_ELSEWHERE = {
    "bureau:annual-differences", "bureau:annual-rows", "bureau:annual-print", "bureau:applications-begin",
    "bureau:look-up-rows", "bureau:look-up-table", "bureau:payments-enter",
}  # fmt: skip
# What holds beyond the county, and is shown as far as it holds.
FOR_EVERYBODY = {"bureau:counter-template", "bureau:days-off-document", "admin:days-off-document"}
FOR_THE_PROVINCE = {"bureau:policy-document", "admin:policy-document"}
SHARED = {NEIGHBOUR: FOR_EVERYBODY | FOR_THE_PROVINCE, ELSEWHERE: FOR_EVERYBODY}
# What an act must be sent to get as far as its thing.
SENT = {
    "bureau:case-complete": {"outcome": "next"},
    "bureau:case-decide": {"ask": "approve"},
    "bureau:codes-decide": {"verdict": "confirm", "opinion": "已查验执照"},
    "bureau:dispute-act": {"do": "hearing"},
    "bureau:orders-act": {"ask": "close", "said": "已改正"},
    "bureau:revocations-decide": {"verdict": "revoke", "opinion": "属实"},
    "admin:asked-decide": {"verdict": "agree"},
    "admin:items-decide": {"ask": "approve"},
    "admin:users-hand-over": {"work": "cases", "reason": "离岗"},
    "admin:users-act": {"ask": "freeze", "reason": "离岗"},
    "admin:watching-act": {"ask": "end", "reason": "登录异常"},
}
# One's own for ten seconds: whoever is late, or nobody, is told the same in words.
_ONE_S_OWN = {"bureau:decision-undo", "bureau:decision-dismiss"}


def _keyed() -> set[str]:
    """The addresses of both portals that are about one thing: those with a key in them."""
    found = set()
    for name in ADDRESSES:
        space, _, inner = name.partition(":")
        if space in ("bureau", "admin"):
            _, resolver = get_resolver().namespace_dict[space]
            pattern = resolver.reverse_dict.getlist(inner)[0][0][0][0]
            if re.search(r"%[(]", pattern):
                found.add(name)
    return found


KEYED = _keyed()
KEYLESS = {name for name in ADDRESSES if name.startswith(("bureau:", "admin:"))} - KEYED


def _open(name: str) -> list[str]:
    return sorted(ADDRESSES[name] or ())


_ROLES = {role for name in KEYED for role in _open(name)}


def test_there_is_a_thing_for_every_address_that_is_about_one(place: Place, things: Things) -> None:
    """A new address needs an example in `one_of_each`, which is there for somebody where it lies: so that
    the test below tries it, and proves something."""
    assert not KEYED - set(things)
    gone = {
        name
        for name in KEYED - ASKED_ELSEWHERE
        if not any(
            answer not in ("404", "405")
            for role in _open(name)
            for answer in _answers(place.people[role], name, things[name])
        )
    }
    assert not gone


class _Unread(BaseStorage):
    """Messages to nobody."""

    def _get(self, *args: object, **kwargs: object) -> tuple[list[Any], bool]:
        return [], True

    def _store(self, messages: Any, *args: object, **kwargs: object) -> list[Any]:
        return []


def _asked(user: User, name: str, args: list[Any], method: str) -> Any:
    """The answer of the view behind an address; of the view itself, since what is tried is its scope."""
    path = reverse(name, args=args)
    request = getattr(RequestFactory(), method)(path, SENT.get(name, {}))
    request.user, request.session = user, {}
    request._messages = _Unread(request)
    request.resolver_match = found = resolve(path)
    return found.func(request, *found.args, **found.kwargs)


def _answers(user: User, name: str, args: list[Any]) -> Iterator[str]:
    """What an address answers to looking and to sending; nothing that it did stays."""
    for method in ("get", "post"):
        with transaction.atomic():
            try:
                answer = str(_asked(user, name, args, method).status_code)
            except (Http404, ObjectDoesNotExist):
                answer = "404"
            except (NotAllowed, Forbidden):
                answer = "409"
            transaction.set_rollback(True)
        yield answer


def _stranger(make_user: Callable[..., Any], role: str, region: str) -> User:
    agency = None
    if ROLES[role].at_agency:
        agency, _ = Agency.objects.get_or_create(
            name="另一县劳动关系科", level=Agency.Level.COUNTY, region_code=region
        )
    user: User = make_user(role, agency=agency, region_code=region)
    return user


def test_elsewhere_nothing_of_it_is_there_for_any_role(
    things: Things, make_user: Callable[..., Any]
) -> None:
    there = {}
    for region in (NEIGHBOUR, ELSEWHERE):
        strangers = {role: _stranger(make_user, role, region) for role in sorted(_ROLES)}
        for name in KEYED - SHARED[region] - _ONE_S_OWN:
            for role in _open(name):
                answers = set(_answers(strangers[role], name, things[name])) - {"405"}
                if answers != {"404"}:
                    there[name, role, region] = answers
    assert there == {}


def test_no_other_page_tells_of_it_elsewhere(
    hall: Hall, things: Things, place: Place, make_user: Callable[..., Any]
) -> None:
    """Home pages, lists, counts, what is searched: none names the employer, its code or who works there."""
    told = [hall.employer.name, hall.employer.credit_code, hall.reviewer.username]

    def telling(user: User) -> set[str]:
        found = set()
        for name in KEYLESS:
            if user.grants.get().role not in _open(name):
                continue
            try:
                answer = _asked(user, name, [], "get")
            except Http404:  # a page that needs to be told what about
                continue
            text = b"" if answer.streaming else answer.content
            if any(words.encode() in text for words in told):
                found.add(name)
        return found

    there = {role: telling(user) for role, user in place.people.items()}
    assert all(there.values()), "each role is told of it somewhere where it lies"
    elsewhere = {
        (role, region): telling(_stranger(make_user, role, region))
        for role in place.people
        for region in (NEIGHBOUR, ELSEWHERE)
    }
    assert {cell: names for cell, names in elsewhere.items() if names} == {}


# Of what a page of the employers' is, by how its name begins: where `one_of_each` has one of the employer's
# that is not their case.
_OF_THE_EMPLOYER = {
    "batch": "bureau:batch",
    "rosters": "bureau:document",
    "orders": "bureau:orders-show",
    "dispute": "bureau:dispute",
    "authorities": "bureau:authority-evidence",
    "operators-act": "admin:operators-remove",
    "operators-accept": "bureau:claims-decide",
}
# For which `one_of_each` has none that is just so: an annual filing, an item, one that may lose a material, a
# dispute that was applied for with evidence (tests/disputes/test_exhibits.py).
_OF_ANOTHER_SORT = {
    "annual-blank", "annual-differences", "annual-fill", "annual-filled", "annual-print", "annual-row",
    "annual-rows", "annual-tally", "annual-workbook", "batch-again", "dispatches-change", "dispute-material",
    "item-workbook", "item-workbook-blank", "item-workbook-filled", "material-choose", "material-sign",
    "material-remove", "operators-act", "operators-take-back",
}  # fmt: skip
_BY_KEY = ("pk", "grant", "authority")


def _keyed_of_employers(
    things: Things, pending: Case, returned: Case, paper: int
) -> Iterator[tuple[str, list[Any]]]:
    """The addresses of the employers' portal that are about one thing, each with what it is opened with."""
    _, resolver = get_resolver().namespace_dict["employer"]
    for name in ADDRESSES:
        space, _, inner = name.partition(":")
        holes = resolver.reverse_dict.getlist(inner)[0][0][0][1] if space == "employer" else []
        if not holes or holes[0] not in _BY_KEY:
            continue
        thing = next(
            (one for start, one in _OF_THE_EMPLOYER.items() if inner.startswith(start)), ""
        )
        own = pending if inner.startswith("case") else returned
        key = things[thing][-1] if thing else own.pk
        more = {
            "number": 1,
            "name": "contract_text",
            "table": "persons",
            "exhibit": things["bureau:dispute-exhibit"][-1],
            "paper": paper,
        }
        yield name, [key, *(more[hole] for hole in holes[1:])]


def test_of_another_employer_nothing_is_there(
    hall: Hall, things: Things, make_user: Callable[..., Any], make_employer: Callable[..., Any]
) -> None:
    [dispute] = Dispute.objects.filter(pk=things["bureau:dispute"][0])
    paper = papers.issue(
        dispute, papers.RESPOND, statement="现将副本送达。", by=hall.reviewer, now=hall.now
    )
    returned = hall.return_(hall.filed())
    addresses = list(_keyed_of_employers(things, hall.filed(), returned, paper.pk))

    def reaches(user: User, name: str, args: list[Any]) -> bool:
        return any(answer not in ("404", "405") for answer in _answers(user, name, args))

    gone = {name for name, args in addresses if not reaches(hall.operator, name, args)}
    assert gone == {f"employer:{name}" for name in _OF_ANOTHER_SORT}
    stranger = make_user("employer_operator", employer=make_employer())
    assert {name for name, args in addresses if reaches(stranger, name, args)} == set()


def test_a_decision_of_another_is_answered_as_one_that_is_not_there(
    things: Things, make_user: Callable[..., Any], at_screen: Callable[[Any], Client]
) -> None:
    desk = at_screen(_stranger(make_user, "reviewer", NEIGHBOUR))
    for name in sorted(_ONE_S_OWN):
        [held] = things[name]
        theirs, nobodys = (
            desk.post(reverse(name, args=[key]), follow=True) for key in (held, held + 99)
        )
        assert theirs.redirect_chain == nobodys.redirect_chain
        said = [[str(one) for one in page.context["messages"]] for page in (theirs, nobodys)]
        assert said[0] == said[1]
