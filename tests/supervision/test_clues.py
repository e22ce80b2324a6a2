"""Clues: found by themselves, each with its reason and the rows behind it, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.contracts.making import Hall, contract_of, ending_answers, revoke
from yonggong import policy
from yonggong.cases.models import Case
from yonggong.registry.registrations import Registration
from yonggong.supervision import clues, finding
from yonggong.supervision.acting import Hand, Unfit, acts_on
from yonggong.supervision.clues import State
from yonggong.supervision.models import Act, Clue, InsuredFigure, Looked, Trait

pytestmark = pytest.mark.django_db
Kind = Clue.Kind


def _night(hall: Hall, *, days: int = 0) -> None:
    """The run of the night after, or of one some days later."""
    finding.run(now=hall.now + timedelta(hours=1, days=days))


def _found(kind: Clue.Kind) -> list[Clue]:
    return list(Clue.objects.filter(kind=kind).order_by("pk"))


def _share_a_phone(hall: Hall, people: int = 5) -> list[Case]:
    return [hall.approved(mobile="13812345678") for _ in range(people)]


def test_one_phone_for_many_workers_is_a_clue(hall: Hall) -> None:
    shared = _share_a_phone(hall)
    hall.approved()
    _night(hall)
    (clue,) = _found(Kind.SHARED_PHONE)
    assert (clue.employer, clue.figure) == (hall.employer, 5)
    assert set(clue.rows) == {case.pk for case in shared}
    assert "5 名在职劳动者的备案填报了同一个手机号" in clue.reason
    assert "待核" in clue.aside, "the threshold is the platform's own, and says so"
    assert clue.told == f"{clue.reason}；{clue.aside}"
    assert {row.case_id for row in clues.filings_behind(clue)} == set(clue.rows)


def test_fewer_than_the_policys_figure_are_no_clue(hall: Hall) -> None:
    _share_a_phone(hall, people=4)
    _night(hall)
    assert _found(Kind.SHARED_PHONE) == []


def test_what_is_gathered_tells_no_phone(hall: Hall) -> None:
    hall.approved(mobile="13812345678")
    _night(hall)
    trait = Trait.objects.get()
    assert b"13812345678" not in bytes(trait.phone or b"") and trait.monthly_pay == 4200


def test_what_was_filed_and_not_approved_is_not_gathered(hall: Hall) -> None:
    hall.filed()
    _night(hall)
    assert not Trait.objects.exists()


def test_a_contract_that_ended_or_whose_approval_was_withdrawn_counts_no_more(
    hall: Hall, second: Any
) -> None:
    first, other, *_ = _share_a_phone(hall, people=6)
    _night(hall)
    hall.roster(first)
    ending = hall.file("ending", ending_answers(on=hall.today), contract=contract_of(first))
    hall.approve(ending)
    revoke(other, by=hall.reviewer, second=second, now=hall.now)
    assert Trait.objects.count() == 6
    _night(hall, days=1)
    assert Trait.objects.count() == 4


def test_what_is_not_settled_yet_is_gathered_the_next_time(hall: Hall) -> None:
    hall.approved()
    finding.run(now=hall.now + timedelta(minutes=5))
    assert not Trait.objects.exists()
    _night(hall)
    assert Trait.objects.count() == 1


def test_an_event_of_a_clock_that_was_wrong_holds_nothing_up(hall: Hall) -> None:
    case = hall.approved()
    case.events.update(at=hall.now + timedelta(days=30))
    hall.approved()
    _night(hall)
    assert Trait.objects.count() == 2


def test_pay_of_exactly_the_minimum_for_all_is_a_clue(hall: Hall) -> None:
    wage = policy.of("220104", hall.today).minimum_wage("220104", hall.today)
    assert wage is not None
    for _ in range(10):
        hall.approved(base_pay=str(wage.monthly))
    _night(hall)
    (clue,) = _found(Kind.MINIMUM_PAY)
    assert clue.figure == 10 and "恰为当地最低工资标准" in clue.reason
    hall.approved()
    Clue.objects.all().delete()
    _night(hall, days=1)
    assert _found(Kind.MINIMUM_PAY) == [], "one who is paid more, and it is not all"


def test_an_address_of_several_employers_is_a_clue(
    hall: Hall, make_employer: Callable[..., Any]
) -> None:
    there = [make_employer(address="长春市朝阳区学林路 1 号") for _ in range(2)]
    there.append(make_employer(address="长春市朝阳区学林路1号"))
    make_employer(address="长春市朝阳区学林路 2 号")
    _night(hall)
    (clue,) = _found(Kind.SAME_ADDRESS)
    assert clue.figure == 3 and set(clues.employers_behind(clue)) == set(there)


def test_the_same_street_in_another_prefecture_is_another_address(
    hall: Hall, make_employer: Callable[..., Any]
) -> None:
    for region in ("220104", "220204"):
        for _ in range(3):
            make_employer(region_code=region, address="中心街 1 号")
    _night(hall)
    assert [clue.region_code for clue in _found(Kind.SAME_ADDRESS)] == ["220104", "220204"]


def test_late_filings_are_a_clue_each_year(hall: Hall) -> None:
    cases = [hall.approved() for _ in range(10)]
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(late_days=40)
    _night(hall)
    (clue,) = _found(Kind.LATE)
    assert clue.figure == 10 and "最长逾期 40 天" in clue.reason
    _night(hall, days=60)
    assert len(_found(Kind.LATE)) == 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"licence_on": date(2026, 11, 15)}, "早于单位领取营业执照"),
        ({"birth_on": date(2012, 1, 1)}, "不满十六周岁"),
    ],
)
def test_dates_that_cannot_be_are_a_clue(hall: Hall, changed: dict[str, date], said: str) -> None:
    worker = contract_of(hall.approved()).worker
    for thing in (hall.employer, worker):
        for name, day in changed.items():
            if hasattr(thing, name):
                setattr(thing, name, day)
        thing.save()
    _night(hall)
    (clue,) = _found(Kind.DATES)
    assert f"{said}的合同 1 份" in clue.reason


def test_who_is_registered_and_has_not_filed_in_time_is_a_clue(
    hall: Hall, inspector: Any, make_employer: Callable[..., Any]
) -> None:
    begun = make_employer(state="unfiled", filed_on=None)

    def registered(code: str, days: int, **columns: Any) -> None:
        Registration.objects.create(
            credit_code=code, name="某公司", register="market", region_code="220104",
            registered_on=hall.today - timedelta(days=days), first_seen_at=hall.now,
            seen_at=hall.now, source="试", **columns,
        )  # fmt: skip

    registered(hall.employer.credit_code, 900)
    registered(begun.credit_code, 31)
    registered("91220104MA00000001", 30)
    registered("91220104MA00000002", 90, state="revoked", state_on=hall.today)
    registered("91220104MA00000003", 90)
    _night(hall)
    found = _found(Kind.UNFILED)
    assert {(clue.credit_code, clue.employer) for clue in found} == {
        (begun.credit_code, begun),
        ("91220104MA00000003", None),
    }


def test_who_insures_more_than_are_filed_is_a_clue(hall: Hall, inspector: Any) -> None:
    def figure(code: str, people: int, day: int = 1) -> None:
        InsuredFigure.objects.create(
            credit_code=code, name="某公司", region_code="220104", people=people,
            as_of=date(2026, 11, day), by=inspector, at=hall.now,
        )  # fmt: skip

    figure(hall.employer.credit_code, 900)
    figure(hall.employer.credit_code, 5, day=10)  # the latest counts
    figure("91220104MA00000000", 3)
    hall.approved()
    _night(hall)
    (clue,) = _found(Kind.INSURED)
    assert (clue.employer, clue.figure) == (None, 3) and "尚未初次备案" in clue.reason
    figure(hall.employer.credit_code, 6, day=11)
    _night(hall, days=1)
    assert "在职备案 1 人，相差 5 人" in _found(Kind.INSURED)[1].reason


def test_of_who_went_to_another_prefecture_the_figure_before_counts_no_more(
    hall: Hall, inspector: Any
) -> None:
    for region, people, day in (("220104", 900, 1), ("220204", 1, 2)):
        InsuredFigure.objects.create(
            credit_code=hall.employer.credit_code, name="某公司", region_code=region, people=people,
            as_of=date(2026, 11, day), by=inspector, at=hall.now,
        )  # fmt: skip
    _night(hall)
    assert _found(Kind.INSURED) == []


def test_the_next_run_makes_no_duplicates_and_says_what_holds_now(hall: Hall) -> None:
    _share_a_phone(hall)
    _night(hall)
    _share_a_phone(hall, people=1)
    _night(hall, days=1)
    (clue,) = _found(Kind.SHARED_PHONE)
    assert clue.figure == 6 and clue.seen_on > clue.found_on


def test_what_was_dismissed_stays_so(hall: Hall, hand: Hand) -> None:
    _share_a_phone(hall)
    _night(hall)
    (clue,) = _found(Kind.SHARED_PHONE)
    clues.dismiss(clue=clue, reason="集体宿舍共用值班电话，已电话核实", hand=hand)
    _share_a_phone(hall, people=1)
    _night(hall, days=1)
    (clue,) = _found(Kind.SHARED_PHONE)
    assert (clue.state, clue.figure) == (State.DISMISSED, 5)


def test_a_run_that_was_killed_goes_on_behind_what_it_did(hall: Hall) -> None:
    _share_a_phone(hall)
    Looked.objects.create(on=hall.today, kind=Kind.SHARED_PHONE, stem=hall.employer.region_code[:4])
    _night(hall)
    assert _found(Kind.SHARED_PHONE) == [] and Looked.objects.count() == 7


def test_a_clue_is_dismissed_with_a_reason_only(hall: Hall, hand: Hand) -> None:
    _share_a_phone(hall)
    _night(hall)
    (clue,) = _found(Kind.SHARED_PHONE)
    with pytest.raises(Unfit, match="请填写排除的理由"):
        clues.dismiss(clue=clue, reason="  ", hand=hand)
    with pytest.raises(IntegrityError), transaction.atomic():
        Clue.objects.filter(pk=clue.pk).update(
            state="dismissed", decided_by=hand.by, decided_at=hand.now
        )
    clues.dismiss(clue=clue, reason="已核实", hand=hand)
    (act,) = acts_on(Act.Thing.CLUE, clue.pk)
    assert (act.by, act.said) == (hand.by, "已核实")
    with pytest.raises(Unfit, match="已排除"):
        clues.take_up(clue=clue, said="责令改正", hand=hand)


def test_the_neighbouring_county_sees_and_decides_nothing(
    hall: Hall, inspector: Any, elsewhere: Any, now: datetime
) -> None:
    _share_a_phone(hall)
    _night(hall)
    (clue,) = _found(Kind.SHARED_PHONE)
    assert clue in clues.visible_to(inspector) and clue not in clues.visible_to(elsewhere)
    assert clue not in clues.visible_to(hall.operator)
    with pytest.raises(Clue.DoesNotExist):
        clues.dismiss(clue=clue, reason="无", hand=Hand(by=elsewhere, now=now, address=None))


def test_who_works_or_acts_there_keeps_out(hall: Hall, hand: Hand) -> None:
    """Regulation on Labour Security Inspection, Art. 16."""
    _share_a_phone(hall)
    _night(hall)
    (clue,) = _found(Kind.SHARED_PHONE)
    hand.by.person_id = clues.filings_behind(clue)[0].worker_id
    with pytest.raises(Unfit, match="应当回避"):
        clues.dismiss(clue=clue, reason="无", hand=hand)
