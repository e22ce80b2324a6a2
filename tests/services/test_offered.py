"""Every item of the standard that is handled online is begun by those it is for, where the province takes the
standard; the others are taken in at counters alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from yonggong.cases import actions as case_actions
from yonggong.cases import items as case_items
from yonggong.cases.errors import Refused
from yonggong.catalogue import book, standard_keys
from yonggong.portals.pages import items
from yonggong.registry.models import Agency
from yonggong.registry.parties import Party
from yonggong.services.registering import register_person

pytestmark = pytest.mark.django_db
PLACE = "150102"
# What the standard leaves open and the platform takes online.
_OPEN_AND_TAKEN = {"labour-dispute-arbitration-application", "labour-dispute-mediation-application"}
_FOR = {Party.Kind.EMPLOYER: {"用人单位", "机构"}, Party.Kind.PERSON: {"个人"}}


@pytest.fixture
def bureau(db: None) -> Agency:
    return Agency.objects.create(name="新城区人社局", level="county", region_code=PLACE)


@pytest.fixture
def somebody(bureau: Agency, make_user: Any) -> tuple[Any, Party]:
    """A person of the place, signed in."""
    clerk = make_user("counter_clerk", agency=bureau, region_code=PLACE)
    given = {"name": "试一", "number": "220104199003072134", "mobile": "13812345678"}
    person, _ = register_person(**given, agency=bureau, by=clerk, address=None)
    return person.user_set.get(), person


@pytest.fixture
def unit(bureau: Agency, make_employer: Any, make_user: Any) -> tuple[Any, Party]:
    """An employer of the place, and its operator."""
    employer = make_employer(region_code=PLACE, agency=bureau)
    return make_user("employer_operator", employer=employer), employer.party


def expected(applicant: Party, *, online: bool) -> set[str]:
    return {
        item.key
        for item in book()
        if item.page
        and (bool(item.online) or item.key in _OPEN_AND_TAKEN) == online
        and _FOR[Party.Kind(applicant.kind)] & set(item.audience)
    }


@pytest.mark.parametrize("who", ["somebody", "unit"])
def test_what_is_online_is_offered_to_whom_it_is_for_and_the_rest_is_for_counters(
    who: str, request: pytest.FixtureRequest, now: datetime
) -> None:
    user, applicant = request.getfixturevalue(who)
    offered = {kind.name for kind in items.offered(user, applicant, now.date())}
    # Those with a place of their own on the portal's pages are begun there.
    own = {kind.name for kind in case_items.kinds_for(PLACE, now.date()) if kind.pages.own}
    assert offered & standard_keys() == expected(applicant, online=True) - own
    elsewhere = {kind.name for kind in items.at_counters(user, applicant, now.date())}
    assert elsewhere == expected(applicant, online=False) - own


def test_what_is_not_online_is_refused_but_at_a_counter(
    somebody: tuple[Any, Party], bureau: Agency, make_user: Any, now: datetime
) -> None:
    user, person = somebody
    kinds = {kind.name: kind for kind in case_items.kinds_for(PLACE, now.date())}
    key = min(expected(person, online=False))
    given = {"applicant": person, "case": None, "key": None, "now": now, "address": None}
    with pytest.raises(Refused) as refused:
        case_actions.submit(kind=kinds[key], raw={}, by=user, **given)
    assert refused.value.problems[0].code == "at_counters_only"
    clerk = make_user("counter_clerk", agency=bureau, region_code=PLACE)
    clerk.__dict__["scope"] = clerk.scope.at_counter_for_person(
        person=person.pk, agency=bureau.pk, department="人社"
    )
    try:
        case_actions.submit(kind=kinds[key], raw={}, by=clerk, **given)
    except Refused as wrong:
        assert "at_counters_only" not in {problem.code for problem in wrong.problems}
