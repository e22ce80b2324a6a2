"""What a user unit filed of dispatched workers goes on with the unit into which it merges."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.contracts.dispatching import HOME, Dispatch
from tests.contracts.making import Hall, approve, revoke
from tests.contracts.posting_change.test_posting_change import changed
from tests.employers.merging import merger
from yonggong.cases.actions import Refused
from yonggong.cases.models import Case
from yonggong.contracts import matching
from yonggong.contracts.models import Posting
from yonggong.registry.models import Employer

pytestmark = pytest.mark.django_db


@pytest.fixture
def into(dispatch: Dispatch, make_employer: Any) -> Employer:
    successor: Employer = make_employer(
        name="呼和浩特试验承继有限公司", region_code=HOME, agency=dispatch.office
    )
    return successor


@pytest.fixture
def filed(dispatch: Dispatch) -> Case:
    return approve(dispatch.posted(), by=dispatch.reviewer, now=dispatch.now)


def merged(dispatch: Dispatch, into: Employer) -> Case:
    unit = Hall(
        employer=dispatch.unit,
        operator=dispatch.of_unit,
        reviewer=dispatch.reviewer,
        now=dispatch.now,
    )
    return unit.approve(merger(unit, into))


def take_back(dispatch: Dispatch, case: Case) -> None:
    case.refresh_from_db()
    revoke(case, by=dispatch.reviewer, second=dispatch.second, now=dispatch.now)


def test_it_is_the_successor_s_and_withdrawn_the_unit_s_again(
    dispatch: Dispatch, into: Employer, filed: Case
) -> None:
    before = Posting.objects.values().get()
    case = merged(dispatch, into)
    held = matching.postings().select_related("case").get()
    assert (held.user_unit, held.case.applicant_id, held.agency) == (into, into.pk, dispatch.office)
    take_back(dispatch, case)
    filed.refresh_from_db()
    assert Posting.objects.values().get() == before
    assert filed.applicant_id == dispatch.unit.pk


def test_the_successor_changes_it_and_that_is_withdrawn_first(
    dispatch: Dispatch, into: Employer, filed: Case, make_user: Any
) -> None:
    case = merged(dispatch, into)
    dispatch.unit, dispatch.of_unit = into, make_user("employer_operator", employer=into)
    dispatch.now += timedelta(hours=1)
    approve(changed(dispatch, filed, job="保洁员"), by=dispatch.reviewer, now=dispatch.now)
    with pytest.raises(Refused, match="以本办件为依据"):
        take_back(dispatch, case)
