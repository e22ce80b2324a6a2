"""Who may act for whom: given by the principal with evidence, ended by either, seen by both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from yonggong.accounts.actions import identify
from yonggong.registry import actions, people
from yonggong.registry.authority import (
    AuthorityProblem,
    authorities_visible_to,
    end_authority,
    give_authority,
    may_act_for,
)
from yonggong.registry.models import Employer, Worker
from yonggong.registry.parties import Authority, Party
from yonggong.registry.people import keep_evidence

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def agent(make_employer: Callable[..., Any]) -> Party:
    return Party.objects.get(pk=make_employer().pk)


@pytest.fixture
def principal(employer: Any) -> Party:
    return Party.objects.get(pk=employer.pk)


@pytest.fixture
def give(agent: Party, principal: Party, operator: Any, now: datetime) -> Callable[..., Authority]:
    """Let the agent act: `give(until=…, by=…)`."""
    evidence = keep_evidence(
        file_name="委托书.pdf", content_type="application/pdf", content=b"%PDF"
    )

    def act(**changed: Any) -> Authority:
        given = {
            "agent": agent,
            "principal": principal,
            "until": None,
            "evidence": evidence,
            "by": operator,
            "now": now,
        } | changed
        return give_authority(**given)

    return act


@pytest.mark.parametrize(
    ("until", "on", "holds"),
    [
        (None, TODAY + timedelta(days=4000), True),
        (TODAY, TODAY, True),
        (TODAY, TODAY + timedelta(days=1), False),
    ],
)
def test_it_holds_until_its_last_day(
    give: Callable[..., Authority], until: date | None, on: date, holds: bool
) -> None:
    given = give(until=until)
    assert may_act_for(agent=given.agent_id, principal=given.principal_id, on=on) is holds
    assert not may_act_for(agent=given.principal_id, principal=given.agent_id, on=on)


def test_only_the_principals_own_people_give_it(
    give: Callable[..., Authority], make_user: Callable[..., Any], agent: Party, reviewer: Any
) -> None:
    for stranger in (make_user("employer_operator", employer=_unit(agent)), reviewer):
        with pytest.raises(AuthorityProblem, match="委托人"):
            give(by=stranger)


def _unit(party: Party) -> Any:
    return Employer.objects.get(pk=party.pk)


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"until": TODAY - timedelta(days=1)}, "不能早于今天"), ({"agent": None}, "不能委托自己")],
)
def test_what_cannot_be_given_is_refused(
    give: Callable[..., Authority], principal: Party, changed: dict[str, Any], said: str
) -> None:
    if "agent" in changed:
        changed = {"agent": principal}
    with pytest.raises(AuthorityProblem, match=said):
        give(**changed)


def test_one_that_holds_is_not_given_twice_and_one_run_out_is_given_anew(
    give: Callable[..., Authority], now: datetime
) -> None:
    give(until=TODAY)
    with pytest.raises(AuthorityProblem, match="已经委托"):
        give()
    assert give(now=now + timedelta(days=2)).ended_at is None
    assert Authority.objects.count() == 2


def test_either_side_ends_it_once_and_nobody_else(
    give: Callable[..., Authority],
    make_user: Callable[..., Any],
    agent: Party,
    operator: Any,
    reviewer: Any,
    now: datetime,
) -> None:
    given = give()
    with pytest.raises(AuthorityProblem, match="委托人或者代理人"):
        end_authority(authority=given, by=reviewer, now=now)
    end_authority(
        authority=given, by=make_user("employer_operator", employer=_unit(agent)), now=now
    )
    with pytest.raises(AuthorityProblem, match="已经终止"):
        end_authority(authority=given, by=operator, now=now)
    assert not may_act_for(agent=given.agent_id, principal=given.principal_id, on=TODAY)


def test_both_sides_and_the_principals_region_see_it(
    give: Callable[..., Authority],
    make_user: Callable[..., Any],
    make_employer: Callable[..., Any],
    agent: Party,
    operator: Any,
    reviewer: Any,
) -> None:
    given = give()
    agents = make_user("employer_operator", employer=_unit(agent))
    for user in (operator, agents, reviewer):
        assert list(authorities_visible_to(user)) == [given]
    strangers = (
        make_user("employer_operator", employer=make_employer()),
        make_user("reviewer", region_code="150302"),
    )
    for user in strangers:
        assert not authorities_visible_to(user).exists()


def test_what_a_joined_registration_was_given_is_the_kept_ones(
    give: Callable[..., Authority], make_user: Callable[..., Any], reviewer: Any, now: datetime
) -> None:
    kept, other = (
        Worker.objects.create(
            document_type="01", document_digest=name.encode(), document_sealed="", name=name
        )
        for name in ("试一", "试二")
    )
    user = make_user("auditor")
    given = give(agent=actions.enter_person(worker=other, region_code="220104"))
    identify(user=user, person=other.pk, by=None)
    act = people.Act(
        reason="同一人",
        evidence=given.evidence,
        by=reviewer,
        at=now,
        address=None,
    )
    people.join(kept=kept, other=other, act=act)
    user.refresh_from_db()
    given.refresh_from_db()
    assert user.person_id == given.agent_id == kept.pk
    assert may_act_for(agent=kept.pk, principal=given.principal_id, on=TODAY)
