"""What a user unit filed of a dispatch is changed, or ends early, without filing again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from tests.contracts.dispatching import Dispatch
from tests.contracts.making import approve, revoke
from tests.screen import Screen
from yonggong.cases import actions as case_actions
from yonggong.cases.actions import Refused
from yonggong.cases.kinds import get_kind
from yonggong.cases.models import Case
from yonggong.contracts import matching
from yonggong.contracts.models import Posting

pytestmark = pytest.mark.django_db
KIND = "contract.posting_change"


def changed(dispatch: Dispatch, filed: Case, case: Case | None = None, **said: Any) -> Case:
    agreed = {name: filed.version.data[name] for name in matching.AGREED}
    raw = {
        "posting": filed.number,
        "change_kind": "amended",
        "changed_on": dispatch.today.isoformat(),
        "change_reason": "岗位填写有误",
    } | agreed | said  # fmt: skip
    return case_actions.submit(
        kind=get_kind(KIND),
        raw=raw,
        applicant=dispatch.unit.party,
        case=case,
        key=None,
        by=dispatch.of_unit,
        now=dispatch.now,
        address=None,
    )


@pytest.fixture
def filed(dispatch: Dispatch) -> Case:
    """What the unit filed, approved, with another job than the dispatcher says."""
    dispatch.sent()
    return approve(dispatch.posted(job="搬运工"), by=dispatch.reviewer, now=dispatch.now)


def test_a_change_holds_in_its_place_and_is_compared(dispatch: Dispatch, filed: Case) -> None:
    assert dispatch.standings() == ([matching.DIFFERS], [matching.DIFFERS])
    case = approve(
        changed(dispatch, filed, job="质量检验员"), by=dispatch.reviewer, now=dispatch.now
    )
    assert matching.postings().get().case == case and case.subject_name == filed.subject_name
    assert dispatch.standings() == ([matching.AGREES], [matching.AGREES])


def test_even_where_the_dispatch_was_moved_to_days_that_do_not_meet(
    dispatch: Dispatch, filed: Case
) -> None:
    later = {
        "dispatch_start_on": (dispatch.today + timedelta(days=400)).isoformat(),
        "dispatch_end_on": (dispatch.today + timedelta(days=500)).isoformat(),
    }
    approve(changed(dispatch, filed, **later), by=dispatch.reviewer, now=dispatch.now)
    assert dispatch.standings() == ([matching.ALONE], [matching.ALONE])


def test_it_ends_early_and_no_later_than_it_would_have(dispatch: Dispatch, filed: Case) -> None:
    end = filed.version.data["dispatch_end_on"]
    with pytest.raises(Refused, match="不早于原备案"):
        changed(dispatch, filed, change_kind="ended", dispatch_end_on=end)
    ended = {"change_kind": "ended", "dispatch_end_on": dispatch.today.isoformat()}
    approve(changed(dispatch, filed, **ended), by=dispatch.reviewer, now=dispatch.now)
    assert matching.postings().get().end_on == dispatch.today


def test_it_is_not_lengthened_into_what_was_filed_of_a_later_time(
    dispatch: Dispatch, filed: Case
) -> None:
    end = dispatch.today + timedelta(days=300)
    days = {
        "dispatch_start_on": (end + timedelta(days=1)).isoformat(),
        "dispatch_end_on": (end + timedelta(days=90)).isoformat(),
    }
    later = approve(dispatch.posted(**days), by=dispatch.reviewer, now=dispatch.now)
    with pytest.raises(Refused, match=f"{later.number}.*重叠") as refused:
        changed(dispatch, filed, dispatch_end_on=days["dispatch_start_on"])
    assert [problem.field for problem in refused.value.problems] == ["dispatch_end_on"]
    with pytest.raises(Refused) as refused:
        changed(dispatch, later, dispatch_start_on=end.isoformat())
    assert [problem.field for problem in refused.value.problems] == ["dispatch_start_on"]
    changed(dispatch, filed, dispatch_end_on=end.isoformat())
    assert matching.postings().count() == 2


def test_only_what_the_unit_filed_and_still_holds_is_changed(
    dispatch: Dispatch, filed: Case
) -> None:
    for said in ({"posting": f"{filed.number[:8]}{filed.pk + 1:08d}"}, {"posting": "沙"}):
        with pytest.raises(Refused, match="没有本单位审核通过"):
            changed(dispatch, filed, **said)
    Posting.objects.update(user_unit=dispatch.dispatcher)
    with pytest.raises(Refused, match="没有本单位审核通过"):
        changed(dispatch, filed)
    Posting.objects.update(user_unit=dispatch.unit)
    waiting = changed(dispatch, filed)
    with pytest.raises(Refused, match="另有派遣用工备案等待审核"):
        changed(dispatch, filed)
    approve(waiting, by=dispatch.reviewer, now=dispatch.now)
    with pytest.raises(Refused, match="现行有效"):
        changed(dispatch, filed)
    assert changed(dispatch, waiting, job="质量检验员").state == "pending"


def test_one_returned_is_mended_and_counts_again(dispatch: Dispatch, filed: Case) -> None:
    case = changed(dispatch, filed, job="保洁员")
    returned = case_actions.return_case(
        case=case, opinion="请核对岗位", seen=case.filed_at, by=dispatch.reviewer,
        now=dispatch.now, address=None,
    )  # fmt: skip
    assert matching.postings().get().case == filed
    again = changed(dispatch, filed, returned, job="质量检验员")
    assert matching.postings().get().case == again == Posting.objects.get(job="质量检验员").case


def test_withdrawn_what_was_filed_before_holds_again_and_not_the_other_way(
    dispatch: Dispatch, filed: Case
) -> None:
    case = approve(
        changed(dispatch, filed, job="质量检验员"), by=dispatch.reviewer, now=dispatch.now
    )
    acting: dict[str, Any] = {
        "by": dispatch.reviewer, "second": dispatch.second, "now": dispatch.now,
    }  # fmt: skip
    with pytest.raises(Refused, match="以本办件为依据"):
        revoke(filed, **acting)
    revoke(case, **acting)
    assert matching.postings().get().case == filed
    assert dispatch.standings() == ([matching.DIFFERS], [matching.DIFFERS])


def test_it_begins_on_the_page_of_what_was_filed_with_what_holds(
    dispatch: Dispatch, filed: Case, at_screen: Callable[[Any], Screen]
) -> None:
    screen = at_screen(dispatch.of_unit)
    address = reverse("employer:dispatches-change", args=[filed.pk])
    page = screen.get(reverse("employer:case", args=[filed.pk])).content.decode()
    assert address in page
    begun = screen.post(address)
    assert screen.post(address)["Location"] == begun["Location"]
    shown = screen.get(begun["Location"]).content.decode()
    for said in (filed.number, "搬运工", filed.subject_name, dispatch.dispatcher.name):
        assert said in shown
    draft = Case.objects.get(kind=KIND)
    assert draft.draft.data["base_pay"] == filed.version.data["base_pay"]
    other = at_screen(dispatch.of_dispatcher)
    assert other.post(address).status_code == 404
