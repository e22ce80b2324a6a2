"""Who takes part in a case sees it and decides nothing in it; nobody decides their own business."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.cases import match
from yonggong.accounts.actions import identify
from yonggong.accounts.models import Grant, User
from yonggong.cases import actions as case_actions
from yonggong.cases import participants
from yonggong.cases import queries as case_queries
from yonggong.cases.actions import Forbidden, Refused
from yonggong.cases.models import Case, Participant
from yonggong.registry import actions as registry
from yonggong.registry.authority import end_authority, give_authority
from yonggong.registry.models import Worker
from yonggong.registry.parties import Party
from yonggong.registry.people import keep_evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def challenge(operator: Any, employer: Any, now: datetime) -> Callable[..., Case]:
    """Challenge somebody to a match: `challenge(against=…, coach=…, case=…)`."""

    def send(*, case: Case | None = None, **parties: Any) -> Case:
        given = {name: str(party.pk) for name, party in parties.items()}
        return case_actions.submit(
            kind=match.CHALLENGE,
            raw={"title": "春季赛", **given},
            applicant=employer.party,
            case=case,
            key=None,
            by=operator,
            now=now,
            address=None,
        )

    return send


@pytest.fixture
def other(make_employer: Callable[..., Any]) -> Any:
    return make_employer()


@pytest.fixture
def others_operator(make_user: Callable[..., Any], other: Any) -> Any:
    return make_user("employer_operator", employer=other)


def _fresh(user: User) -> User:
    """The user as another request has them."""
    return User.objects.get(pk=user.pk)


# --- sees it ---------------------------------------------------------------------------------


def test_who_takes_part_sees_the_case_and_no_other(
    challenge: Callable[..., Case], other: Any, others_operator: Any
) -> None:
    challenge()
    case = challenge(against=other)
    assert list(case_queries.visible_to(others_operator)) == [case]
    assert case.participants.get().role == "other_side"


def test_a_person_who_takes_part_sees_the_case(
    challenge: Callable[..., Case], person: Party, make_user: Callable[..., Any]
) -> None:
    case = challenge(against=person)
    user = make_user("auditor")
    assert not case_queries.visible_to(user).exists()
    identify(user=user, person=person.pk, by=None)
    assert list(case_queries.visible_to(_fresh(user))) == [case]


def test_who_takes_part_may_neither_mend_nor_see_personal_data(
    challenge: Callable[..., Case], other: Any, others_operator: Any
) -> None:
    case = challenge(against=other)
    assert not case_queries.may_file(others_operator, case)
    assert not case_queries.may_see_personal(others_operator, case)


def test_mending_says_anew_who_takes_part(
    challenge: Callable[..., Case],
    decide: Callable[..., Case],
    other: Any,
    person: Party,
    others_operator: Any,
) -> None:
    case = decide(challenge(against=other), "return", opinion="换对手")
    challenge(case=case, against=person)
    assert [row.party for row in case.participants.all()] == [person]
    assert not case_queries.visible_to(others_operator).exists()


def test_the_applicant_is_not_the_other_side_as_well(
    challenge: Callable[..., Case], employer: Any
) -> None:
    with pytest.raises(Refused, match="申请人不能同时作为其他当事人"):
        challenge(against=employer)


def test_an_agent_takes_part_by_the_applicants_authority_while_it_holds(
    challenge: Callable[..., Case], other: Any, employer: Any, operator: Any, now: datetime
) -> None:
    with pytest.raises(Refused, match="没有有效的委托"):
        challenge(coach=other)
    authority = give_authority(
        agent=Party.objects.get(pk=other.pk),
        principal=Party.objects.get(pk=employer.pk),
        until=None,
        evidence=keep_evidence(file_name="委托书.pdf", content_type="application/pdf", content=b""),
        by=operator,
        now=now,
    )
    assert challenge(coach=other).participants.get().role == "agent"
    end_authority(authority=authority, by=operator, now=now)
    with pytest.raises(Refused, match="没有有效的委托"):
        challenge(coach=other)


def test_of_two_registrations_joined_the_one_kept_takes_part_once(
    challenge: Callable[..., Case], person: Party, db: None
) -> None:
    worker = Worker.objects.create(
        document_type="01", document_digest=b"x", document_sealed="", name="试二"
    )
    second = registry.enter_person(worker=worker, region_code="220104")
    both, one = challenge(against=person), challenge(against=second)
    Participant.objects.create(case=both, party=second, role="third")
    participants.join(kept=person.pk, other=second.pk)
    assert [row.party for row in both.participants.all()] == [person]
    assert [row.party for row in one.participants.all()] == [person]


# --- decides nothing -------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["applicant", "other"])
def test_who_acts_for_a_party_does_not_decide(
    challenge: Callable[..., Case],
    decide: Callable[..., Case],
    reviewer: Any,
    employer: Any,
    other: Any,
    side: str,
) -> None:
    case = challenge(against=other)
    Grant.objects.create(
        user=reviewer,
        role="employer_operator",
        party=(employer if side == "applicant" else other).party,
    )
    whoever = _fresh(reviewer)
    assert not case_queries.may_decide(whoever, case)
    with pytest.raises(Forbidden, match="当事人"):
        decide(case, "approve", by=whoever)


def test_a_person_does_not_decide_what_they_take_part_in(
    challenge: Callable[..., Case], decide: Callable[..., Case], reviewer: Any, person: Party
) -> None:
    case = challenge(against=person)
    identify(user=reviewer, person=person.pk, by=None)
    with pytest.raises(Forbidden, match="当事人"):
        decide(case, "approve", by=_fresh(reviewer))


def test_a_decision_keeps_who_the_decider_is_themselves(
    challenge: Callable[..., Case], decide: Callable[..., Case], reviewer: Any, person: Party
) -> None:
    identify(user=reviewer, person=person.pk, by=None)
    assert decide(challenge(), "approve", by=_fresh(reviewer)).decided_as == person.pk


def test_the_database_refuses_who_decides_what_they_applied_for(
    challenge: Callable[..., Case], employer: Any
) -> None:
    case = challenge()
    with pytest.raises(IntegrityError, match="case_decided_by_no_party"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(decided_as=employer.pk)
