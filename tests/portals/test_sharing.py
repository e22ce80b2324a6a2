"""Pages on which a leave is recorded and cases are shared out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.contracts.making import Hall
from yonggong.cases import actions as case_actions
from yonggong.cases.models import Case, Sharing, SharingRule, StandIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor(make_user: Callable[..., Any], at_screen: Callable[[Any], Client]) -> Client:
    return at_screen(make_user("bureau_supervisor", region_code="220100"))


def test_a_supervisor_shares_out_takes_back_and_has_it_done(
    hall: Hall, second: Any, agency: Any, supervisor: Client
) -> None:
    hall.filed()
    page = supervisor.get("/bureau/sharing/")
    assert page.context["plan"].count == 1 and page.context["agency"] == agency
    sent = {"agency": agency.pk}
    supervisor.post("/bureau/sharing/act/", sent | {"ask": "share"})
    assert Case.objects.get().assigned_to is not None
    supervisor.post(
        "/bureau/sharing/act/", sent | {"ask": "back", "sharing": Sharing.objects.get().pk}
    )
    assert Case.objects.get().assigned_to is None
    supervisor.post("/bureau/sharing/act/", sent | {"ask": "on"})
    assert SharingRule.objects.get().agency == agency


def test_another_countys_supervisor_finds_no_such_agency(
    hall: Hall, agency: Any, make_user: Callable[..., Any], at_screen: Callable[[Any], Client]
) -> None:
    client = at_screen(make_user("bureau_supervisor", region_code="220103"))
    answer = client.post("/bureau/sharing/act/", {"agency": agency.pk, "ask": "share"})
    assert answer.status_code == 404
    assert client.get(f"/bureau/sharing/?agency={agency.pk}").status_code == 404


def test_a_reviewer_records_a_leave_and_the_stand_in_is_told(
    hall: Hall, second: Any, agency: Any, at_screen: Callable[[Any], Client]
) -> None:
    client = at_screen(hall.reviewer)
    raw = {
        "agency": agency.pk,
        "stand_in": second.pk,
        "from_on": hall.today.isoformat(),
        "until_on": (hall.today + timedelta(days=3)).isoformat(),
        "reason": "培训",
    }
    assert client.post("/bureau/leave/", raw | {"stand_in": ""}).status_code == 422
    assert client.post("/bureau/leave/", raw).status_code == 302
    leave = StandIn.objects.get()
    assert f"{hall.reviewer.name}请假至" in at_screen(second).get("/bureau/").content.decode()
    client.post(f"/bureau/leave/{leave.pk}/end/")
    leave.refresh_from_db()
    assert leave.ended_by == hall.reviewer


def test_a_leave_of_another_agency_does_not_exist(
    hall: Hall, second: Any, agency: Any, make_user: Callable[..., Any], at_screen: Any
) -> None:
    leave = StandIn.objects.create(
        agency=agency,
        reviewer=hall.reviewer,
        stand_in=second,
        from_on=hall.today,
        until_on=hall.today,
        reason="病假",
        by=hall.reviewer,
        at=hall.now,
    )
    stranger = at_screen(make_user("bureau_supervisor", region_code="220103"))
    assert stranger.post(f"/bureau/leave/{leave.pk}/end/").status_code == 404


def test_the_stand_in_finds_the_absents_cases_in_the_queue(
    hall: Hall, second: Any, agency: Any, at_screen: Callable[[Any], Client]
) -> None:
    hall.filed()
    case = case_actions.assign(case=hall.filed(), by=hall.reviewer, now=hall.now, address=None)
    client = at_screen(second)
    asked = f"/bureau/queue/?taken=for-{second.pk}"
    assert not client.get(asked).context["page"].rows
    StandIn.objects.create(
        agency=agency,
        reviewer=hall.reviewer,
        stand_in=second,
        from_on=hall.today,
        until_on=hall.today,
        reason="病假",
        by=hall.reviewer,
        at=hall.now,
    )
    assert [row.key for row in client.get(asked).context["page"].rows] == [str(case.pk)]
    assert "请假，由您代班办理" in client.get(f"/bureau/case/{case.pk}/").content.decode()
