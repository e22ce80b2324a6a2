"""Two reviewers who ask for the next case at the same moment never get the same one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import pytest

from tests.racing import at_once
from yonggong.accounts.models import User
from yonggong.cases import actions as case_actions
from yonggong.cases.actions import Forbidden
from yonggong.cases.models import Case, Event
from yonggong.registry.models import Agency

_REVIEWERS = 6


@pytest.mark.django_db(transaction=True)
def test_the_queue_is_handed_out_once(
    submit: Callable[..., Case], make_user: Callable[..., Any], agency: Any, now: datetime
) -> None:
    cases = [submit() for _ in range(_REVIEWERS - 1)]
    people = [make_user("reviewer", agency=agency, region_code="220104") for _ in range(_REVIEWERS)]
    ask = partial(case_actions.assign_next, behind=None, now=now, address=None)
    got = at_once(*[partial(ask, by=person) for person in people])
    handed = [case.pk for case in got if case is not None]
    assert len(got) == _REVIEWERS
    assert len(handed) == len(set(handed))
    # Who came while a case was just being handed to another passes it over, and asks again.
    for person in people:
        ask(by=person)
    holders = [Case.objects.get(pk=case.pk).assigned_to_id for case in cases]
    assert None not in holders and len(set(holders)) == len(cases)
    assert Event.objects.filter(action="assign").count() == len(cases)


@pytest.mark.django_db
def test_a_case_is_handed_on_with_a_reason_to_an_agency_that_has_a_reviewer(
    submit: Callable[..., Case],
    make_user: Callable[..., Any],
    reviewer: Any,
    now: datetime,
) -> None:
    case = submit()
    city = Agency.objects.create(name="市局", level="prefecture", region_code="220100")

    def hand_on(reason: str) -> Case:
        return case_actions.transfer(
            case=case, agency=city, reason=reason, by=reviewer, now=now, address=None
        )

    with pytest.raises(Forbidden, match="没有审核员"):
        hand_on("属市级管辖")
    there = make_user("reviewer", agency=city, region_code="220100")
    with pytest.raises(Forbidden, match="原因"):
        hand_on("  ")
    assert hand_on("属市级管辖").agency == city
    User.objects.filter(pk=there.pk).update(state="frozen")
    back = Agency.objects.create(name="二局", level="prefecture", region_code="220100")
    assert not case_actions.queries.other_agencies(case).filter(pk=back.pk).exists()
