"""Arbitration: accepted, served, heard, ended; who sees what of it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from tests.disputes.making import Court, dispute_of
from tests.documents.papers import page_texts
from tests.relations.stepping import complete
from yonggong.cases import handling
from yonggong.cases.errors import Forbidden, Refused
from yonggong.cases.life import Phase, State
from yonggong.cases.models import Case
from yonggong.cases.pages import Look
from yonggong.cases.papers import ACCEPTED
from yonggong.cases.procedure import Outcome
from yonggong.cases.queries import required_materials
from yonggong.disputes import hearings, papers, register
from yonggong.disputes.models import Dispute
from yonggong.documents.models import Document
from yonggong.documents.queries import visible_to
from yonggong.portals.pages.site import BUREAU, EMPLOYER, PERSON, Site
from yonggong.relations.blockers import blockers
from yonggong.reminders.models import Message

pytestmark = pytest.mark.django_db


def titles(user: Any) -> list[str]:
    """The papers of disputes that exist for somebody."""
    return [
        one.title for one in visible_to(user).filter(kind__startswith="dispute.").order_by("pk")
    ]


def test_from_the_application_to_the_award(court: Court) -> None:
    hall = court.hall
    case = court.asked()
    dispute = Dispute.objects.get()
    assert (dispute.employer, dispute.worker_id) == (hall.employer, court.person.pk)
    assert (dispute.claimed, dispute.state) == (Decimal(32000), "待受理")
    assert case.due_by_law_on == hall.today + timedelta(days=5)

    case = court.accepted(case)
    assert case.due_by_law_on == hall.today + timedelta(days=45)
    assert Document.objects.filter(kind=ACCEPTED.name).exists()
    serving = complete(case, by=hall.reviewer, now=hall.now)
    assert serving.steps.get(acted_at=None).due_by_law_on == hall.today + timedelta(days=5)
    given = {"served_how": "handed", "delivered_on": hall.today.isoformat()}
    case = complete(serving, by=hall.reviewer, now=hall.now, answers=given)
    dispute.refresh_from_db()
    assert dispute.answer_due_on == hall.today + timedelta(days=10)
    assert titles(hall.operator) == ["仲裁申请书副本", "应诉通知书"]

    hearings.answer(dispute=case.pk, text="工资已经支付。", by=hall.operator, now=hall.now)
    assert titles(court.account)[-1] == "答辩书"
    with pytest.raises(Forbidden):
        hearings.answer(dispute=case.pk, text="再次答辩", by=hall.operator, now=hall.now)

    case = court.ended(case)
    dispute = Dispute.objects.get()
    assert (case.state, dispute.result) == (State.APPROVED, Dispute.Result.AWARD)
    for user in (hall.operator, court.account):
        assert titles(user)[-1] == "仲裁裁决书"
        assert Message.objects.filter(user=user, title__startswith="结案").exists()


@pytest.mark.parametrize(
    ("said", "title", "state"),
    [
        ({"result": "settled", "agreed": "分两期支付 10000 元"}, "仲裁调解书", "仲裁调解"),
        ({"result": "deemed", "grounds": "无正当理由拒不到庭"}, "仲裁决定书", "按撤回申请处理"),
    ],
)
def test_each_way_it_ends_has_its_paper(
    court: Court, said: dict[str, str], title: str, state: str
) -> None:
    court.ended(court.served(court.asked()), **said)
    assert titles(court.hall.operator)[-1] == title
    assert Dispute.objects.get().state == state


def test_withdrawn_once_it_was_accepted_both_are_told_in_writing(court: Court) -> None:
    case = court.served(court.asked())
    handling.withdraw(
        case=case, reason="已经和解", by=court.account, now=court.hall.now, address=None
    )
    assert Dispute.objects.get().state == "申请人撤回"
    assert titles(court.hall.operator)[-1] == "仲裁决定书"


def test_not_accepted_it_is_told_so_and_never_open(court: Court) -> None:
    case = complete(court.asked(), by=court.hall.reviewer, now=court.hall.now)
    case = complete(
        case,
        by=court.hall.reviewer,
        now=court.hall.now,
        outcome=Outcome.REFUSE,
        opinion="不属于本委管辖",
    )
    assert case.phase == Phase.NOT_ACCEPTED
    assert Document.objects.get().title == "不予受理通知书"
    assert Dispute.objects.get().state == "不予受理"


def test_the_other_side_sees_what_was_served_and_nothing_before(court: Court) -> None:
    hall, own = court.hall, [court.hall.employer.pk]
    case = court.accepted(court.asked())
    assert not register.of_side(own).exists()
    assert [one.told for one in blockers(hall.employer, hall.today)] == [False]
    assert list(register.of_side([court.person.pk])) == [case.dispute]

    case = complete(case, by=hall.reviewer, now=hall.now)
    given = {"served_how": "handed", "delivered_on": hall.today.isoformat()}
    case = complete(case, by=hall.reviewer, now=hall.now, answers=given)
    assert list(register.of_side(own)) == [case.dispute]
    assert [one.told for one in blockers(hall.employer, hall.today)] == [True]
    assert not Case.objects.filter(pk=case.pk, participants__party=hall.employer.pk).exists()

    court.ended(case)
    assert not blockers(hall.employer, hall.today)


def test_a_dispute_stands_with_its_contract_once_the_side_knows_of_it(court: Court) -> None:
    hall = court.hall
    case = hall.approved()
    dispute = dispute_of(hall, case)
    contract = case.filing.contract

    def shown(user: Any, site: Site) -> list[str]:
        look = Look(case=case, user=user, site=site, on=hall.today)
        return [one.state for one in register.about(contract, look)]

    assert shown(hall.operator, EMPLOYER) == shown(hall.reviewer, BUREAU) == ["审理中"]
    assert shown(court.account, PERSON) == ["审理中"]
    Dispute.objects.filter(pk=dispute.pk).update(served_on=None)
    assert shown(hall.reviewer, BUREAU) == ["审理中"]
    assert shown(court.account, PERSON) == []


def test_a_person_is_the_other_side_of_what_an_employer_asks(court: Court) -> None:
    case = court.served(court.asked(by_employer=True))
    with pytest.raises(Refused):
        hearings.answer(dispute=case.pk, text="\x00", by=court.account, now=court.hall.now)
    hearings.answer(dispute=case.pk, text="不\x00同意", by=court.account, now=court.hall.now)
    assert titles(court.account) == ["仲裁申请书副本", "应诉通知书", "答辩书"]


def test_hearings_are_told_five_days_before_and_put_off_with_reason(court: Court) -> None:
    hall, case = court.hall, court.served(court.asked())
    where = {"place": "第一仲裁庭", "arbitrators": "试仲裁", "now": hall.now}

    def set_(days: int, by: Any = hall.reviewer) -> Any:
        at = hall.now + timedelta(days=days)
        return hearings.set_hearing(dispute=case.pk, at=at, by=by, **where)

    with pytest.raises(Refused, match="五日"):
        set_(4)
    with pytest.raises(Forbidden):
        set_(5, by=court.supervisor)
    first = set_(5)
    with pytest.raises(Refused, match="已安排"):
        set_(6)
    put = {"dispute": case.pk, "by": hall.reviewer, "now": hall.now}
    with pytest.raises(Refused, match="理由"):
        hearings.put_off(hearing=first.pk, reason=" ", **put)
    hearings.put_off(hearing=first.pk, reason="当事人患病", **put)
    second = set_(12)
    assert titles(court.account)[-3:] == ["开庭通知书", "延期开庭通知书", "开庭通知书"]
    assert second.notice.kind == papers.HEARING.name
    assert Message.objects.filter(user=hall.operator, title__startswith="开庭延期").exists()


def test_reasons_are_asked_for_where_a_step_can_turn_it_down(court: Court, at_screen: Any) -> None:
    hall, case = court.hall, court.asked()
    desk, at = at_screen(hall.reviewer), reverse("bureau:case-record", args=[case.pk])
    assert "退回补正的，写明理由；核验为不符合的项目自动列入。" in desk.get(at).text
    case = complete(court.accepted(case), by=hall.reviewer, now=hall.now)
    served = desk.get(at).text
    assert "向被申请人送达" in served and "写明理由" not in served


def test_nothing_is_awarded_before_a_hearing_that_was_set(court: Court) -> None:
    hall, case = court.hall, court.served(court.asked())
    at = hall.now.replace(hour=9, minute=30) + timedelta(days=7)
    where = {"place": "第一仲裁庭", "arbitrators": "试仲裁"}
    hearing = hearings.set_hearing(dispute=case.pk, at=at, by=hall.reviewer, now=hall.now, **where)
    written = f"{at.year}年{at.month}月{at.day}日9时30分"
    assert written in page_texts(hearing.notice.pdf)[0]
    with pytest.raises(Refused, match=f"定于{written}的开庭还没有进行"):
        court.ended(case)
    hall.now = at + timedelta(hours=2)
    court.ended(case)
    award = Document.objects.get(kind=papers.AWARD.name)
    told = "".join(page_texts(award.pdf)).replace("\n", "")
    assert "可以自收到仲裁裁决书之日起三十日内向仲裁委员会所在地的中级人民法院申请撤销裁决" in told


def test_before_a_hearing_the_sides_may_settle(court: Court) -> None:
    hall, case = court.hall, court.served(court.asked())
    where = {"at": hall.now + timedelta(days=7), "place": "第一仲裁庭", "arbitrators": "试仲裁"}
    hearings.set_hearing(dispute=case.pk, by=hall.reviewer, now=hall.now, **where)
    court.ended(case, result="settled", agreed="被申请人支付 10000 元。")
    assert Dispute.objects.get().result == Dispute.Result.SETTLED


def test_more_time_is_agreed_to_once_by_a_supervisor(court: Court) -> None:
    hall, case = court.hall, court.served(court.asked())
    asked = {"dispute": case.pk, "reason": "案情复杂", "now": hall.now}
    with pytest.raises(Forbidden):
        hearings.lengthen(days=10, by=hall.reviewer, **asked)
    with pytest.raises(Refused):
        hearings.lengthen(days=16, by=court.supervisor, **asked)
    hearings.lengthen(days=15, by=court.supervisor, **asked)
    case.refresh_from_db()
    assert case.due_by_law_on == hall.today + timedelta(days=60)
    assert case.dispute.award_due_on == case.due_by_law_on
    assert titles(hall.operator)[-1] == "延长审理期限通知书"
    with pytest.raises(Forbidden):
        hearings.lengthen(days=1, by=court.supervisor, **asked)


@pytest.mark.parametrize(
    ("said", "titled", "state"),
    [
        ({"result": "agreed", "agreed": "十日内支付工资"}, "调解协议书", "达成调解协议"),
        ({"result": "failed", "grounds": "双方分歧较大"}, "调解终止通知书", "调解终止"),
    ],
)
def test_mediation_ends_with_an_agreement_or_without(
    court: Court, said: dict[str, str], titled: str, state: str
) -> None:
    hall, case = court.hall, court.mediated()
    # The fifteenth day is a Saturday.
    assert case.due_by_law_on == hall.today + timedelta(days=17)
    case = complete(case, by=hall.reviewer, now=hall.now)
    case = complete(case, by=hall.reviewer, now=hall.now)
    assert Dispute.objects.get().state == "调解中"
    assert (case.due_on, case.due_by_law_on) == (None, hall.today + timedelta(days=17))
    given = {"served_how": "electronic", "delivered_on": hall.today.isoformat()}
    case = complete(case, by=hall.reviewer, now=hall.now, answers=given)
    case = complete(case, by=hall.reviewer, now=hall.now)
    case = complete(case, by=hall.reviewer, now=hall.now, answers=said | {"mediators": "试调解"})
    assert (case.state, Dispute.objects.get().state) == (State.APPROVED, state)
    assert titles(hall.operator) == [titled]
    assert not blockers(hall.employer, hall.today)


def test_a_number_of_any_length_that_is_sent_is_no_hearing_and_no_days(
    court: Court, at_screen: Any
) -> None:
    case = court.served(court.asked())
    desk, address = at_screen(court.hall.reviewer), reverse("bureau:dispute-act", args=[case.pk])
    long = "9" * 5000
    for sent in ({"do": "put-off", "hearing": long}, {"do": "lengthen", "days": long}):
        assert desk.post(address, sent | {"reason": "案情复杂"}).status_code == 302
    assert Dispute.objects.get().more_days == 0


@pytest.mark.parametrize("by_employer", [False, True])
def test_each_side_is_asked_for_its_own_materials(
    court: Court, by_employer: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = court.asked(by_employer=by_employer)
    monkeypatch.undo()  # materials are asked for again
    asked = {one.label: one.hint for one in required_materials(case)}
    assert ("身份证复印件" in asked) is not by_employer
    assert ("用人单位营业执照复印件" in asked) is by_employer
    assert asked["与案件相关的证据材料"] == "需要时提供"
    sealed = "加盖单位公章" if by_employer else "需捺印"
    assert asked["劳动人事争议仲裁申请书"].startswith(f"需要时提供：{sealed}；")
