"""Every page by every role: whoever should not see it gets a 404; a new page can't be forgotten."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import get_resolver, is_valid_path, resolve, reverse

from tests.contracts.correcting import corrected, ended_by_office
from tests.contracts.making import Hall
from tests.counters.sampling import sampled_by
from tests.employers.claiming import with_licence
from tests.registry.authorising import authorised
from tests.supervision.making import clue_about, planned, refused_order
from yonggong.cases import revoking
from yonggong.cases.models import ItemProposal, ItemVersion, Move
from yonggong.portals import rights
from yonggong.secrecy.models import UnusualLooking

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
    "bureau:insured-template": {INSPECTOR},
    "bureau:annual": {SUPERVISOR},
    "bureau:annual-return": {SUPERVISOR},
    "bureau:annual-pay": {SUPERVISOR},
    "bureau:rosters": BUREAU,
    "bureau:document": BUREAU,
    "bureau:document-pdf": {REVIEWER},
    "bureau:sharing": {SUPERVISOR},
    "bureau:leave": {REVIEWER, SUPERVISOR},
    "bureau:moves": BUREAU,
    "bureau:moves-one": BUREAU,
    "bureau:dispatches": BUREAU,
    "bureau:dispatches-sent": BUREAU,
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
    "admin:items-show": {BUSINESS},
    "admin:items-content": {BUSINESS},
    "admin:items-propose": {BUSINESS},
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
    "bureau:orders-act": {INSPECTOR},
    "bureau:look-up-begin": {INSPECTOR},
    "bureau:look-up-whole": {INSPECTOR},
    "bureau:inspections-record": {INSPECTOR},
    "bureau:defaulters-remove": {INSPECTOR},
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
    "bureau:person-whole": {REVIEWER},
    "admin:items-decide": {BUSINESS},
    "admin:users-act": {SYSTEM},
    "admin:users-holder": {SYSTEM},
    "admin:watching-act": {OFFICER},
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
    "bureau:case-complete",
    "bureau:case-record",
    "bureau:case-pause",
    "bureau:case-resume",
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


def test_what_the_page_of_rights_says_is_what_holds() -> None:
    """Compared with what the tests below try with real things."""
    said = {name: set(ADDRESSES[name] or ()) for name in (PAGES | ACTS)}
    assert said == {
        name: allowed | NARROWER.get(name, set()) for name, allowed in (PAGES | ACTS).items()
    }


# Addresses that tell anybody something and ask for no sign-in; all others send there.
OPEN = {
    "home", "icon", "sign-in", "sign-out", "session", "forms:search", "forms:children",
    "forms:lookup", "messages:count", "register", "calculators", "calculator", "kinds",
    "kind-schema", "blank-forms", "blank-form", "forgotten", "forgotten-code", "forgotten-password", "shown-messages",
    "second-step", "passkey-sign-in", "passkey-sign-in-options", "sign-in-certificate",
    "sign-in-certificate-tls", "sign-in-certificate-address", "sign-in-provider",
    "sign-in-provider-back",
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


@pytest.fixture
def things(
    hall: Hall, make_user: Callable[..., Any], make_employer: Callable[..., Any]
) -> dict[str, list[Any]]:
    """What each page that shows one thing is opened with."""
    from yonggong.accounts.models import AskedAct
    from yonggong.batch import actions
    from yonggong.contracts.new.papers import ROSTER
    from yonggong.contracts.rosters import make_roster

    case = hall.approved()
    version = ItemVersion.objects.get(key="contract.new")
    proposal = ItemProposal.objects.create(
        key=version.key,
        region_code="220000",
        holds_from=hall.today,
        title=version.title,
        content=version.content,
        reason="试",
        proposed_at=hall.now,
    )
    person, line = corrected(hall, case.filing.worker)
    ended = ended_by_office(hall)
    paper = make_roster(
        employer=hall.employer,
        paper=ROSTER,
        filing_ids=[case.pk],
        key=uuid4(),
        by=hall.operator,
        now=hall.now,
        address=None,
    )
    batch = actions.upload(
        kind="contract.new",
        employer=hall.employer,
        file_name="名单.xlsx",
        content=b"",
        key=uuid4(),
        by=hall.operator,
        today=hall.today,
        address=None,
    )
    asked = AskedAct.objects.create(
        account=make_user("auditor", region_code="220000"),
        act="freeze",
        reason="离岗",
        asked_by=make_user("system_administrator", region_code="220000"),
    )
    given = authorised(hall.employer.party, ended.contract.worker, by=hall.operator)
    filed = hall.approved()
    asked_back = revoking.ask(
        case=hall.approved(), reason="不实", by=hall.reviewer, now=hall.now, address=None
    )
    moved = Move.objects.create(
        case=filed,
        applicant=hall.employer.party,
        from_agency=hall.employer.agency,
        to_agency=hall.employer.agency,
        from_region="220103",
        to_region="220104",
        by=hall.reviewer,
        at=hall.now,
    )
    clue = clue_about(hall.employer)
    sample = sampled_by(make_user(SUPERVISOR, region_code="220100"), hall)
    looking = UnusualLooking.objects.create(
        user=hall.reviewer, day=hall.today, rule="night", count=5, most=5, found_at=hall.now
    )
    drawn = planned([make_user("inspector", region_code="220104") for _ in range(2)], hall.now)
    order, reply, listed = refused_order(hall, make_user("inspector", region_code="220104"))
    claimed = with_licence(hall.employer, make_user("employer_operator", employer=make_employer()))
    return {
        "bureau:authority-evidence": [given.pk],
        "bureau:batch": [batch.pk],
        "bureau:batch-approve": [batch.pk],
        "bureau:bulk-confirm": [1],
        "bureau:bulk-stop": [1],
        "bureau:case": [case.pk],
        "bureau:case-before": [case.pk],
        "bureau:case-note": [case.pk],
        "bureau:case-whole": [case.pk],
        "bureau:case-version": [case.pk, 1],
        "bureau:case-version-print": [case.pk, 1],
        "bureau:case-decide": [case.pk],
        "bureau:case-transfer": [case.pk],
        "bureau:case-revoke": [filed.pk],
        "bureau:revocations-one": [asked_back.pk],
        "bureau:revocations-decide": [asked_back.pk],
        "bureau:moves-one": [moved.pk],
        "bureau:leave-end": [1],
        "bureau:applications-begin": [hall.employer.agency_id, "account.request"],
        "bureau:applications-withdraw": [1],
        "admin:orders-create": [1],
        "admin:orders-grant": [1],
        "bureau:decision-undo": [1],
        "bureau:decision-dismiss": [1],
        "bureau:claims-show": [hall.employer.pk],
        "bureau:claims-licence": [claimed.pk],
        "bureau:claims-decide": [claimed.pk],
        "bureau:clues-show": [clue.pk],
        "bureau:clues-decide": [clue.pk],
        "bureau:orders-add": [hall.employer.pk],
        "bureau:orders-show": [order.pk],
        "bureau:look-up-whole": [1],
        "bureau:plans-show": [drawn.pk],
        "bureau:plans-paper": [drawn.pk],
        "bureau:inspections-show": [drawn.inspections.get().pk],
        "bureau:inspections-record": [drawn.inspections.get().pk],
        "bureau:orders-paper": [order.pk],
        "bureau:orders-proof": [order.pk, reply.pk],
        "bureau:orders-act": [order.pk],
        "bureau:defaulters-show": [listed.pk],
        "bureau:defaulters-remove": [listed.pk],
        "bureau:codes-decide": [1],
        "bureau:employer": [hall.employer.pk],
        "bureau:employer-routing": [hall.employer.pk],
        "bureau:person": [person.pk],
        "bureau:person-whole": [person.pk],
        "bureau:person-correct": [person.pk],
        "bureau:person-join": [person.pk],
        "bureau:person-end": [person.pk, case.filing.contract_id],
        "bureau:person-evidence": [person.pk, line.pk],
        "bureau:person-end-evidence": [ended.contract.worker_id, ended.contract_id],
        "bureau:counter-begin": [hall.employer.pk],
        "bureau:counter-person-begin": [person.pk],
        "bureau:counter-template": ["workers"],
        "bureau:document": [paper.pk],
        "bureau:document-pdf": [paper.pk],
        "admin:items-show": [version.pk],
        "admin:items-content": [version.pk],
        "admin:items-propose": [version.pk],
        "admin:items-proposal": [proposal.pk],
        "admin:items-decide": [proposal.pk],
        "admin:users-show": [hall.reviewer.pk],
        "admin:users-holder": [hall.reviewer.pk],
        "admin:users-act": [hall.reviewer.pk],
        "bureau:counter-work-sample": [sample.pk],
        "bureau:counter-work-check": [sample.pk, sample.cases.get().pk],
        "admin:unusual-one": [looking.pk],
        "admin:unusual-conclude": [looking.pk],
        "admin:watching-act": [hall.reviewer.pk],
        "admin:users-person": [hall.reviewer.pk],
        "admin:users-person-undo": [hall.reviewer.pk],
        "admin:users-proofs": [hall.reviewer.pk],
        "admin:users-proofs-end": [hall.reviewer.pk, 1],
        "admin:asked-decide": [asked.pk],
        "admin:operators-show": [hall.employer.pk],
        "admin:operators-appoint": [hall.employer.pk],
        "admin:operators-remove": [hall.employer.pk, hall.operator.grants.get().pk],
        "admin:users-hand-over": [hall.reviewer.pk],
        "admin:users-give": [hall.reviewer.pk],
        "admin:users-take-back": [hall.reviewer.pk, hall.reviewer.grants.get().pk],
    }


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_pages_open_to_their_roles_and_do_not_exist_for_others(
    role: str, person: Callable[[str], Client], things: dict[str, list[Any]]
) -> None:
    client = person(role)
    answers = {
        name: client.get(reverse(name, args=things.get(name, []))).status_code for name in PAGES
    }
    assert answers == {name: 200 if role in allowed else 404 for name, allowed in PAGES.items()}


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_acts_do_not_exist_for_those_who_may_not(
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


@pytest.mark.parametrize("name", sorted(PAGES))
def test_strangers_are_sent_to_sign_in(name: str, things: dict[str, list[Any]]) -> None:
    answer = Client().get(reverse(name, args=things.get(name, [])))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(
    "name",
    [
        "bureau:case",
        "bureau:batch",
        "bureau:employer",
        "bureau:document",
        "bureau:document-pdf",
        "bureau:person",
        "bureau:claims-show",
        "bureau:claims-licence",
        "bureau:clues-show",
        "bureau:orders-show",
        "bureau:orders-paper",
        "bureau:plans-show",
        "bureau:plans-paper",
        "bureau:inspections-show",
        "bureau:defaulters-show",
    ],
)
def test_what_lies_in_another_region_does_not_exist(
    name: str,
    things: dict[str, list[Any]],
    make_user: Callable[..., Any],
    at_screen: Callable[[Any], Client],
) -> None:
    role = "reviewer" if "claims" in name else "bureau_supervisor"
    stranger = at_screen(make_user(role, region_code="150000"))
    assert stranger.get(reverse(name, args=things[name])).status_code == 404


# What no page sends, in every parameter that any act of a bureau or an administrator reads.
_PARAMETERS = (
    "ids", "ask", "next", "opinion", "reason", "agency", "role", "seen", "confirmed", "credit_code",
    "username", "name", "mobile", "email", "kind", "employer", "idempotency_key", "export", "size",
    "columns", "page", "sort", "file", "verdict", "keep_others",
)  # fmt: skip


@pytest.mark.parametrize("role", sorted(EVERYBODY))
@pytest.mark.parametrize(
    "text",
    ["\x00", "a\x00b", "9" * 30, "-1", "٣", "2026-11-21", "\u202e<b>", "中" * 3000, ""],
)
def test_whatever_is_sent_is_answered(
    role: str, text: str, person: Callable[[str], Client], things: dict[str, list[Any]]
) -> None:
    """Django's client raises what a page would answer with 500."""
    client = person(role)
    asks = ("approve", "return", "assign", "export", "save", "all", text)
    answers = {
        client.post(
            reverse(name, args=things.get(name, [])),
            {parameter: text for parameter in _PARAMETERS} | {"ask": ask},
        ).status_code
        for name, allowed in ACTS.items()
        for ask in asks
        if role in allowed
    }
    assert not {status for status in answers if status >= 500}
    if client.session.session_key:
        pages = {
            client.get(
                reverse(name, args=things.get(name, [])), dict.fromkeys(_PARAMETERS, text)
            ).status_code
            for name, allowed in PAGES.items()
            if role in allowed
        }
        assert pages <= {200, 302, 400, 404}
