"""Every page by every role: whoever should not see it gets a 404; a new page can't be forgotten."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.http import Http404, QueryDict
from django.test import Client, RequestFactory
from django.urls import get_resolver, is_valid_path, resolve, reverse

from tests.contracts.making import Hall
from yonggong.accounts.actions import create_user, identify
from yonggong.portals import rights
from yonggong.registry.parties import Party

pytestmark = pytest.mark.django_db

EMPLOYER, REVIEWER, SUPERVISOR, CLERK, INSPECTOR = (
    "employer_operator",
    "reviewer",
    "bureau_supervisor",
    "counter_clerk",
    "inspector",
)
SYSTEM, BUSINESS, AUDITOR = "system_administrator", "business_administrator", "auditor"
OFFICER = "security_officer"
BUREAU = {REVIEWER, SUPERVISOR, CLERK}
ADMIN = {SYSTEM, BUSINESS, AUDITOR, OFFICER}
EVERYBODY = {EMPLOYER, INSPECTOR} | BUREAU | ADMIN

# Pages of the bureau and the administrators that answer GET: who may open them.
PAGES: dict[str, set[str]] = {
    "bureau:home": BUREAU | {INSPECTOR},
    "bureau:queue": {REVIEWER},
    "bureau:clean": {REVIEWER},
    "bureau:opinions": {REVIEWER},
    "bureau:cases": BUREAU,
    "bureau:applications": BUREAU,
    "bureau:batches": BUREAU,
    "bureau:batch": BUREAU,
    "bureau:counter": {CLERK},
    "bureau:counter-work": {SUPERVISOR},
    "bureau:counter-work-sampled": {SUPERVISOR},
    "bureau:counter-work-sample": {SUPERVISOR},
    "bureau:counter-register": {CLERK},
    "bureau:counter-import": {CLERK},
    "bureau:counter-template": {CLERK},
    "bureau:case": BUREAU,
    "bureau:case-before": BUREAU,
    "bureau:case-version": BUREAU,
    "bureau:case-version-print": BUREAU,
    "bureau:claims": {REVIEWER},
    "bureau:claims-show": {REVIEWER},
    "bureau:claims-licence": {REVIEWER},
    "bureau:codes": BUREAU,
    "bureau:employers": BUREAU,
    "bureau:employer": BUREAU,
    "bureau:employer-routing": BUREAU,
    "bureau:authority-evidence": {REVIEWER},
    "bureau:counter-person": {CLERK},
    "bureau:counter-person-register": {CLERK},
    "bureau:counter-claims": {CLERK},
    "bureau:contracts": BUREAU,
    "bureau:revocations": {REVIEWER, SUPERVISOR},
    "bureau:revocations-one": {REVIEWER, SUPERVISOR},
    "bureau:case-revoke": {REVIEWER, SUPERVISOR},
    "bureau:registrations": BUREAU,
    "bureau:feed": {SUPERVISOR},
    "bureau:feed-template": {SUPERVISOR},
    "bureau:late": {SUPERVISOR},
    "bureau:clues": {INSPECTOR, SUPERVISOR},
    "bureau:clues-show": {INSPECTOR, SUPERVISOR},
    "bureau:insured": {INSPECTOR},
    "bureau:orders": {INSPECTOR, SUPERVISOR},
    "bureau:orders-add": {INSPECTOR},
    "bureau:orders-show": {INSPECTOR, SUPERVISOR},
    "bureau:orders-paper": {INSPECTOR, SUPERVISOR},
    "bureau:orders-proof": {INSPECTOR},
    "bureau:look-up": {INSPECTOR},
    "bureau:relations": {INSPECTOR, REVIEWER},
    "bureau:plans": {INSPECTOR, SUPERVISOR},
    "bureau:plans-add": {INSPECTOR},
    "bureau:plans-show": {INSPECTOR, SUPERVISOR},
    "bureau:plans-paper": {INSPECTOR, SUPERVISOR},
    "bureau:inspections": {INSPECTOR, SUPERVISOR},
    "bureau:inspections-show": {INSPECTOR, SUPERVISOR},
    "bureau:defaulters": BUREAU | {INSPECTOR},
    "bureau:defaulters-show": BUREAU | {INSPECTOR},
    "bureau:recusals": {INSPECTOR, SUPERVISOR},
    "bureau:recusals-show": {SUPERVISOR},
    "bureau:penalties": {INSPECTOR, SUPERVISOR},
    "bureau:licences": BUREAU,
    "bureau:licences-show": BUREAU,
    "bureau:minors": BUREAU,
    "bureau:layoffs": BUREAU,
    "bureau:disputes": BUREAU,
    "bureau:dispute": BUREAU,
    "bureau:dispute-exhibit": {REVIEWER},
    "bureau:insured-template": {INSPECTOR},
    "bureau:extensions": {SUPERVISOR},
    "bureau:evaluations": {REVIEWER, SUPERVISOR},
    "bureau:payments": {REVIEWER},
    "bureau:annual": {SUPERVISOR},
    "bureau:annual-return": {SUPERVISOR},
    "bureau:annual-pay": {SUPERVISOR},
    "bureau:survey": {SUPERVISOR},
    "bureau:survey-ask": {SUPERVISOR},
    "bureau:survey-posts": {SUPERVISOR},
    "bureau:rosters": BUREAU,
    "bureau:document": BUREAU,
    "bureau:document-pdf": {REVIEWER},
    "bureau:sharing": {SUPERVISOR},
    "bureau:leave": {REVIEWER, SUPERVISOR},
    "bureau:moves": BUREAU,
    "bureau:moves-one": BUREAU,
    "bureau:dispatches": BUREAU,
    "bureau:agreements": BUREAU,
    "bureau:permits": BUREAU,
    "bureau:recognitions": BUREAU,
    "bureau:dispatches-sent": BUREAU,
    "bureau:records": BUREAU,
    "bureau:people": BUREAU,
    "bureau:person": BUREAU,
    "bureau:person-correct": {REVIEWER},
    "bureau:person-join": {REVIEWER},
    "bureau:person-end": {REVIEWER},
    "bureau:person-evidence": {REVIEWER},
    "bureau:person-end-evidence": {REVIEWER},
    "bureau:policy": {SUPERVISOR},
    "bureau:days-off": {SUPERVISOR},
    "admin:home": ADMIN,
    "admin:users": {SYSTEM, BUSINESS},
    "admin:users-add": {SYSTEM},
    "admin:users-show": {SYSTEM, BUSINESS},
    "admin:operators": {BUSINESS},
    "admin:operators-show": {BUSINESS},
    "admin:asked": {SYSTEM, BUSINESS, AUDITOR},
    "admin:watching": {OFFICER},
    "admin:orders": {SYSTEM, BUSINESS},
    "admin:items": {BUSINESS},
    "admin:items-add": {BUSINESS},
    "admin:items-doubts": {BUSINESS},
    "admin:items-show": {BUSINESS},
    "admin:items-content": {BUSINESS},
    "admin:items-propose": {BUSINESS},
    "admin:items-edit": {BUSINESS},
    "admin:items-preview": {BUSINESS},
    "admin:items-proposal-preview": {BUSINESS},
    "admin:items-proposal": {BUSINESS},
    "admin:feed": {BUSINESS},
    "admin:feed-template": {BUSINESS},
    "admin:roles": ADMIN,
    "admin:policy": ADMIN,
    "admin:days-off": ADMIN,
    "admin:users-person": {SYSTEM},
    "admin:log": {AUDITOR},
    "admin:unusual": {AUDITOR, OFFICER},
    "admin:unusual-one": {AUDITOR, OFFICER},
    "admin:operations": {AUDITOR},
}
# Pages that only answer POST: who may send to them; the others get 404.
ACTS: dict[str, set[str]] = {
    "bureau:approve-many": {REVIEWER},
    "bureau:batch-approve": {REVIEWER},
    "bureau:return-many": {REVIEWER},
    "bureau:opinions-act": {REVIEWER},
    "bureau:bulk-confirm": {REVIEWER},
    "bureau:bulk-stop": {REVIEWER},
    "bureau:claims-decide": {REVIEWER},
    "bureau:clues-decide": {INSPECTOR},
    "bureau:licences-end": {REVIEWER},
    "bureau:dispute-act": {REVIEWER, SUPERVISOR},
    "bureau:orders-act": {INSPECTOR},
    "bureau:look-up-begin": {INSPECTOR},
    "bureau:look-up-whole": {INSPECTOR},
    "bureau:inspections-record": {INSPECTOR},
    "bureau:defaulters-remove": {INSPECTOR},
    "bureau:recusals-declare": {INSPECTOR},
    "bureau:recusals-end": {INSPECTOR},
    "bureau:codes-decide": {REVIEWER},
    "bureau:counter-begin": {CLERK},
    "bureau:counter-work-draw": {SUPERVISOR},
    "bureau:counter-work-check": {SUPERVISOR},
    "bureau:counter-person-begin": {CLERK},
    "bureau:counter-end": {CLERK},
    "bureau:case-whole": {REVIEWER},
    "bureau:case-decide": {REVIEWER},
    "bureau:hand-out": {REVIEWER},
    "bureau:sharing-act": {SUPERVISOR},
    "bureau:leave-end": {REVIEWER, SUPERVISOR},
    "bureau:revocations-decide": {REVIEWER, SUPERVISOR},
    "bureau:decision-undo": {REVIEWER, SUPERVISOR},
    "bureau:decision-dismiss": {REVIEWER, SUPERVISOR},
    "bureau:applications-begin": {REVIEWER, CLERK},
    "bureau:applications-withdraw": {REVIEWER, CLERK},
    "bureau:case-note": {REVIEWER, SUPERVISOR},
    "bureau:case-transfer": {REVIEWER, SUPERVISOR},
    "bureau:payments-hand-over": {REVIEWER},
    "bureau:payments-go-on": {REVIEWER},
    "bureau:person-whole": {REVIEWER},
    "admin:items-decide": {BUSINESS},
    "admin:users-act": {SYSTEM},
    "admin:users-holder": {SYSTEM},
    "admin:watching-act": {OFFICER},
    "admin:watching-named": {OFFICER},
    "admin:orders-create": {SYSTEM},
    "admin:orders-grant": {BUSINESS},
    "admin:unusual-conclude": {AUDITOR, OFFICER},
    "admin:users-person-undo": {SYSTEM},
    "admin:users-proofs": {SYSTEM},
    "admin:users-proofs-end": {SYSTEM},
    "admin:asked-decide": {BUSINESS, AUDITOR},
    "admin:operators-appoint": {BUSINESS},
    "admin:operators-remove": {BUSINESS},
    "admin:users-give": {BUSINESS},
    "admin:users-hand-over": {SYSTEM, BUSINESS},
    "admin:users-take-back": {BUSINESS},
}
# Tried where they belong.
ELSEWHERE = {
    "bureau:annual-differences",
    "bureau:annual-rows",
    "bureau:annual-print",
    "bureau:applications-form",
    "bureau:applications-draft",
    "bureau:applications-check",
    "bureau:applications-discard",
    "bureau:applications-workbook",
    "bureau:applications-workbook-blank",
    "bureau:applications-workbook-filled",
    "bureau:look-up-show",
    "bureau:look-up-case",
    "bureau:look-up-material",
    "bureau:look-up-rows",
    "bureau:look-up-table",
    "bureau:case-complete",
    "bureau:case-record",
    "bureau:case-pause",
    "bureau:case-resume",
    "bureau:records-show",
    "bureau:case-extend",
    "bureau:case-photos",
    "bureau:case-photo",
    "bureau:case-objection",
    "bureau:extensions-decide",
    "bureau:evaluations-show",
    "bureau:evaluations-reply",
    "bureau:payments-enter",
    "bureau:payments-list",
    "bureau:payments-workbook",
    "bureau:payments-progress",
    "bureau:case-material",
    "bureau:revocations-proof",
    "bureau:bulk",
    "bureau:bulk-progress",
    "bureau:policy-confirm",
    "bureau:policy-document",
    "bureau:days-off-document",
    "admin:policy-confirm",
    "admin:policy-document",
    "admin:days-off-document",
}
_REGIONS = {SUPERVISOR: "220100", **dict.fromkeys(ADMIN, "220000")}
# Open by their guards to more than may do them: what they show or do is asked of each case or paper.
NARROWER = {
    "bureau:case-whole": {CLERK, SUPERVISOR},  # a clerk sees whole what they typed themselves
    "bureau:document-pdf": {CLERK, SUPERVISOR},  # the same of papers
    "bureau:case-version-print": set[str](),
    "bureau:dispute-exhibit": {CLERK, SUPERVISOR},
    "bureau:recusals-show": {INSPECTOR},  # each their own
}
ADDRESSES = rights.addresses()


def test_every_page_of_these_portals_is_in_the_table() -> None:
    there = {name for name in ADDRESSES if name.startswith(("bureau:", "admin:"))}
    assert there == set(PAGES) | set(ACTS) | ELSEWHERE


def test_every_address_of_the_platform_is_worded_once() -> None:
    worded = Counter(
        name
        for _, pages in rights.wording()
        for pattern in pages
        for name in rights.matching(pattern, ADDRESSES) or [f"nothing is called {pattern}"]
    )
    assert worded == Counter(list(ADDRESSES))
    shown = Counter(
        name for part in rights.table() for right in part.rights for name in right.names
    )
    assert shown == worded


def test_nothing_is_worded_over_by_a_later_line() -> None:
    """YAML keeps the last of lines with one key."""
    written = Path(rights.__file__).with_suffix(".yaml").read_text("utf-8")
    keys = Counter(re.findall(r'^    "?([^"\s]+?)"?: ', written, re.MULTILINE))
    assert [key for key, times in keys.items() if times > 1] == []


def test_what_the_page_of_rights_says_is_what_holds() -> None:
    """Compared with what the tests below try with real things."""
    said = {name: set(ADDRESSES[name] or ()) for name in (PAGES | ACTS)}
    assert said == {
        name: allowed | NARROWER.get(name, set()) for name, allowed in (PAGES | ACTS).items()
    }


# Addresses that tell anybody something and ask for no sign-in; all others send there.
OPEN = {
    "benefits", "benefit", "benefit-function",
    "home", "icon", "sign-in", "sign-out", "session", "forms:search", "forms:children",
    "forms:lookup", "messages:count", "register", "calculators", "calculator", "kinds",
    "kind-schema", "declare", "declare-schema", "publicity", "publicity-one",
    "blank-forms", "blank-form", "dispatch-licences",
    "forgotten", "forgotten-code", "forgotten-password", "shown-messages",
    "second-step", "passkey-sign-in", "passkey-sign-in-options", "sign-in-certificate",
    "sign-in-certificate-tls", "sign-in-certificate-address", "sign-in-provider",
    "sign-in-provider-back", "sign-in-person", "sign-in-person-code", "sign-in-person-unproven", "progress",
    "services", "services-one", "services-guide", "services-blank", "services-sample",
    "services-workbook",
}  # fmt: skip


def test_what_is_open_to_anybody_is_named_here() -> None:
    assert {name for name, roles in ADDRESSES.items() if roles is None} == OPEN


_HOLE = re.compile(r"%[(]\w+[)]s")


def _path_of(name: str) -> str:
    """The address with invented things in it."""
    prefix, resolver, space = "", get_resolver(), name.split(":")
    for inner in space[:-1]:
        before, resolver = resolver.namespace_dict[inner]
        prefix += before
    pattern = resolver.reverse_dict.getlist(space[-1])[0][0][0][0]
    for invented in ("1", str(uuid4())):
        path = f"/{prefix}" + _HOLE.sub(invented, pattern)
        if is_valid_path(path):
            return path
    raise AssertionError(name)


def _answer(name: str, method: str, user: Any) -> str:
    """What the view behind an address answers to somebody: the status, or that it is not there.
    Asked of the view itself, since what is tried is its guard."""
    path = _path_of(name)
    request = getattr(RequestFactory(), method)(path)
    request.user, request.session = user, {}
    request.resolver_match = found = resolve(path)
    try:
        answer = found.func(request, *found.args, **found.kwargs)
    except (Http404, ObjectDoesNotExist):
        return "404"
    return (
        "sign in" if answer.get("Location", "").startswith("/sign-in/") else str(answer.status_code)
    )


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_no_page_of_any_portal_exists_for_a_role_that_it_is_not_open_to(
    role: str, make_user: Callable[..., Any], employer: Any, agency: Any
) -> None:
    at_agency = role in (REVIEWER, CLERK)
    user = make_user(
        role,
        employer=employer if role == EMPLOYER else None,
        agency=agency if at_agency else None,
        region_code="" if role == EMPLOYER else _REGIONS.get(role, "220104"),
    )
    answers = {
        (name, method): _answer(name, method, user)
        for name, roles in ADDRESSES.items()
        if roles is not None and role not in roles
        for method in ("get", "post")
    }
    # 409: a form sent for a person, from a desk at which there is none.
    others = {cell: answer for cell, answer in answers.items() if answer != "404"}
    assert {(name.split(":")[0], method, answer) for (name, method), answer in others.items()} <= {
        ("person", "post", "409")
    }


def test_no_page_of_the_other_portals_exists_for_a_person(db: None) -> None:
    """The last column of the table: whoever is known as a person, and has no role."""
    party = Party.objects.create(kind="person", name="试一", region_code="220104")
    account = create_user(
        username="geren", name="试一", password="Yonggong-2026", must_change_password=False, by=None
    )
    user = identify(user=account, person=party.pk, by=None)
    closed = {
        name
        for name, roles in ADDRESSES.items()
        if roles is not None and rights.PERSON not in roles
    }
    assert {name.partition(":")[0] for name in closed} == {"employer", "bureau", "admin"}
    answers = {
        (name, method): _answer(name, method, user) for name in closed for method in ("get", "post")
    }
    assert {cell: answer for cell, answer in answers.items() if answer != "404"} == {}


@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_is_not_signed_in_gets_nothing_of_any_portal(method: str, db: None) -> None:
    answers = {
        name: _answer(name, method, AnonymousUser())
        for name, roles in ADDRESSES.items()
        if roles is not None
    }
    assert {name: answer for name, answer in answers.items() if answer != "sign in"} == {}


@pytest.fixture
def person(
    make_user: Callable[..., Any], hall: Hall, at_screen: Callable[[Any], Client]
) -> Callable[[str], Client]:
    """Somebody of a role, where the hall is."""

    def sign_in(role: str) -> Client:
        if role == EMPLOYER:
            return at_screen(hall.operator)
        at_agency = role in (REVIEWER, CLERK)
        user = make_user(
            role,
            agency=hall.employer.agency if at_agency else None,
            region_code=_REGIONS.get(role, "220104"),
        )
        return at_screen(user)

    return sign_in


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_pages_and_acts_open_to_their_roles_do_not_exist_for_others(
    role: str, person: Callable[[str], Client], things: dict[str, list[Any]]
) -> None:
    client = person(role)
    refused = {
        name
        for name, allowed in ACTS.items()
        if role not in allowed
        and client.post(reverse(name, args=things.get(name, []))).status_code == 404
    }
    assert refused == {name for name, allowed in ACTS.items() if role not in allowed}
    answers = {
        name: client.get(reverse(name, args=things.get(name, []))).status_code for name in PAGES
    }
    assert answers == {name: 200 if role in allowed else 404 for name, allowed in PAGES.items()}


def test_strangers_are_sent_to_sign_in(things: dict[str, list[Any]]) -> None:
    answers = {
        name: Client().get(reverse(name, args=things.get(name, []))) for name in sorted(PAGES)
    }
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(
        answers, 302
    )
    assert all(answer["Location"].startswith("/sign-in/") for answer in answers.values())


# What no page sends, in every parameter that any act of a bureau or an administrator reads.
_PARAMETERS = (
    "ids", "ask", "next", "opinion", "reason", "agency", "role", "seen", "confirmed", "credit_code",
    "username", "name", "mobile", "email", "kind", "employer", "idempotency_key", "export", "size",
    "columns", "page", "sort", "file", "verdict", "keep_others",
)  # fmt: skip


_TEXTS = ("\x00", "a\x00b", "9" * 30, "-1", "٣", "2026-11-21", "\u202e<b>", "中" * 3000, "")


_ASKS = ("approve", "return", "assign", "export", "save", "all")


@pytest.fixture
def looked_for(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Which of what is sent with a form the pages look for, until it is cleared."""
    found: set[str] = set()
    for name in ("__getitem__", "__contains__", "getlist"):
        reads = getattr(QueryDict, name)

        def noted(self: QueryDict, key: str, *args: Any, reads: Any = reads, **kwargs: Any) -> Any:
            if not self._mutable:  # what has been taken in whole
                found.add(key)
            return reads(self, key, *args, **kwargs)

        monkeypatch.setattr(QueryDict, name, noted)
    return found


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_whatever_is_sent_is_answered(
    role: str,
    person: Callable[[str], Client],
    things: dict[str, list[Any]],
    looked_for: set[str],
) -> None:
    """Django's client raises what a page would answer with 500. Each text finds the things as they
    were: what became of them is taken back after it."""
    for text in _TEXTS:
        with transaction.atomic():
            _send_everywhere(text, role, person(role), things, looked_for)
            transaction.set_rollback(True)


def _send_everywhere(
    text: str, role: str, client: Client, things: dict[str, list[Any]], looked_for: set[str]
) -> None:
    def send(name: str, ask: str) -> int:
        looked_for.clear()
        sent = {parameter: text for parameter in _PARAMETERS} | {"ask": ask}
        return client.post(reverse(name, args=things.get(name, [])), sent).status_code

    answers = set()
    for name, allowed in ACTS.items():
        if role in allowed:
            answers.add(send(name, text))
            # Who does not look what is asked does the same whatever is asked.
            if "ask" in looked_for:
                answers |= {send(name, ask) for ask in _ASKS}
    assert not {status for status in answers if status >= 500}, text
    if client.session.session_key:
        pages = {
            client.get(
                reverse(name, args=things.get(name, [])), dict.fromkeys(_PARAMETERS, text)
            ).status_code
            for name, allowed in PAGES.items()
            if role in allowed
        }
        assert pages <= {200, 302, 400, 404}, text
