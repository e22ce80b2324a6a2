"""办理环节 on the bureau's pages: what each step lets one do, on an invented item of several steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cases import festival, regatta
from yonggong.cases import actions as case_actions
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.registry.models import Agency

pytestmark = pytest.mark.django_db

RECORD = {"inspected_on": "2026-11-24", "found": "船体完好"}


@pytest.fixture
def case(operator: Any, employer: Any) -> Case:
    Agency.objects.create(name="市船检处", level="prefecture", region_code="220100")
    return case_actions.submit(
        kind=regatta.ENTRY,
        raw={"boat": "白鹭", "phone": "16012345678"},
        applicant=employer.party,
        key=None,
        by=operator,
        now=timezone.now(),
        address=None,
    )


@pytest.fixture
def desk(at_screen: Callable[[Any], Client], reviewer: Any) -> Client:
    return at_screen(reviewer)


def url(name: str, case: Case) -> str:
    return reverse(f"bureau:case-{name}", args=[case.pk])


def page(desk: Client, case: Case) -> Any:
    answer = desk.get(reverse("bureau:case", args=[case.pk]))
    assert answer.status_code == 200
    return answer


def send(desk: Client, name: str, case: Case, **given: Any) -> str:
    panel = page(desk, case).context["panel"]
    sent = {"step": panel.step.pk if panel else 0, "seen": case.filed_at.isoformat()} | given
    answer = desk.post(url(name, case), sent, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def record_address(desk: Client, case: Case) -> str:
    return str(desk.get(url("record", case)).context["page"].action_url)


def state(case: Case) -> str:
    return Case.objects.get(pk=case.pk).state_title


def test_the_acceptance_offers_its_three_ends(desk: Client, case: Case) -> None:
    panel = page(desk, case).context["panel"]
    assert [word for _, word in panel.outcomes] == ["受理", "退回补正", "不予受理"]
    assert "审核通过" not in page(desk, case).content.decode()


def test_accepted_it_waits_for_its_record(desk: Client, case: Case) -> None:
    assert "已办理" in send(desk, "complete", case, outcome="next")
    shown = page(desk, case)
    assert state(case) == "已受理" and shown.context["panel"].outcomes == []
    assert "填写验船记录" in shown.content.decode()


def test_a_return_without_reasons_is_refused_in_words(desk: Client, case: Case) -> None:
    assert "请填写退回意见" in send(desk, "complete", case, outcome="return")
    assert state(case) == "待受理"


def test_a_return_reaches_the_employer(desk: Client, case: Case, screen: Client) -> None:
    send(desk, "complete", case, outcome="return", opinion="缺船检证书。")
    assert state(case) == "待补正"


def test_a_record_is_checked_and_stands_in_the_line_of_time(desk: Client, case: Case) -> None:
    send(desk, "complete", case, outcome="next")
    address = record_address(desk, case)
    wrong = desk.post(address, {"found": "船体完好"})
    assert wrong.status_code == 422 and "验船日期" in wrong.content.decode()
    assert desk.post(address, RECORD).status_code == 302
    assert "船体完好" in page(desk, case).content.decode()
    assert state(case) == "办理中"


def test_a_record_sent_twice_is_told(desk: Client, case: Case) -> None:
    send(desk, "complete", case, outcome="next")
    address = record_address(desk, case)
    desk.post(address, RECORD)
    assert desk.post(address, RECORD).status_code == 404
    assert case.steps.filter(key="survey").count() == 1


def test_pausing_and_resuming(desk: Client, case: Case) -> None:
    send(desk, "complete", case, outcome="next")
    send(desk, "pause", case, reason="风浪过大")
    shown = page(desk, case).content.decode()
    assert state(case) == "暂停计时" and "恢复计时" in shown and "风浪过大" in shown
    send(desk, "resume", case)
    assert state(case) == "办理中"


def test_a_page_left_open_does_not_pass_the_next_step(desk: Client, case: Case) -> None:
    first = page(desk, case).context["panel"].step.pk
    send(desk, "complete", case, outcome="next")
    assert "本次操作没有生效" in send(desk, "complete", case, step=first, outcome="next")
    assert state(case) == "已受理"


@pytest.mark.parametrize("seen", ["", "昨天", "2026-11-20T10:00:00"])
def test_without_the_version_seen_nothing_is_done(desk: Client, case: Case, seen: str) -> None:
    assert "没有生效" in send(desk, "complete", case, outcome="next", seen=seen)
    assert state(case) == "待受理"


@pytest.mark.parametrize("step", ["", "²", "9" * 30, "-1"])
def test_what_is_no_step_is_told(desk: Client, case: Case, step: str) -> None:
    assert "没有生效" in send(desk, "complete", case, outcome="next", step=step)
    assert state(case) == "待受理"


def test_an_end_that_the_step_does_not_have_is_forbidden(desk: Client, case: Case) -> None:
    send(desk, "complete", case, outcome="next")
    panel = page(desk, case).context["panel"]
    sent = {
        "step": panel.step.pk,
        "seen": case.filed_at.isoformat(),
        "outcome": "refuse",
        "opinion": "不行",
    }
    assert desk.post(url("complete", case), sent).status_code == 403
    assert desk.post(url("complete", case), sent | {"outcome": "anything"}).status_code == 404


@pytest.mark.parametrize("name", ["complete", "record", "pause", "resume"])
def test_a_filing_of_one_step_has_no_such_pages(desk: Client, hall: Any, name: str) -> None:
    assert desk.post(url(name, hall.filed())).status_code == 404


@pytest.mark.parametrize("name", ["complete", "record", "pause", "resume"])
def test_whom_it_does_not_exist_for(
    at_screen: Callable[[Any], Client], make_user: Any, case: Case, operator: Any, name: str
) -> None:
    elsewhere = Agency.objects.create(name="他县科", level="county", region_code="220203")
    stranger = make_user("reviewer", agency=elsewhere, region_code="220203")
    for other in (stranger, operator, make_user("counter_clerk", region_code="220203")):
        assert at_screen(other).post(url(name, case)).status_code == 404


def test_a_supervisor_reads_and_does_nothing(
    at_screen: Callable[[Any], Client], make_user: Any, case: Case
) -> None:
    desk = at_screen(make_user("bureau_supervisor", region_code="220100"))
    assert page(desk, case).context["panel"] is None
    assert desk.post(url("complete", case), {"outcome": "next"}).status_code == 404


def test_a_joint_case_names_its_items(desk: Client, operator: Any, employer: Any) -> None:
    joint = case_actions.submit(
        kind=festival.FESTIVAL,
        raw={"who": "试一", "since": "2026-11-10", "vessel": "白鹭"},
        applicant=employer.party,
        key=None,
        by=operator,
        now=timezone.now(),
        address=None,
    )
    answer = page(desk, joint)
    assert answer.context["panel"] is None
    shown = answer.content.decode()
    assert "联办事项" in shown and all(
        reverse("bureau:case", args=[item.pk]) in shown for item in joint.children.all()
    )
    assert joint.state == State.PENDING
