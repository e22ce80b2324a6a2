"""Orders to correct: issued with a paper, served, answered, corrected; who refuses is listed, and not
recognised (measures of Inner Mongolia, Art. 15)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from tests.contracts.making import Hall
from tests.supervision.making import clue_about, ordered, refused_order, served
from tests.telling import titles
from yonggong.registry.models import Employer
from yonggong.reminders.models import Message
from yonggong.reminders.todos import todos_of
from yonggong.supervision import clues, defaulters, grounds, orders
from yonggong.supervision.acting import Act, Hand, Unfit, acts_on
from yonggong.supervision.models import Clue, Defaulter, Order, Penalty
from yonggong.supervision.orders import Content
from yonggong.supervision.recognition import may_be_recognised

pytestmark = pytest.mark.django_db
State = Order.State


def _later(hand: Hand, days: int) -> Hand:
    return replace(hand, now=hand.now + timedelta(days=days))


def _text(order: Order) -> str:
    from io import BytesIO

    pages = PdfReader(BytesIO(order.notice.pdf)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")


def test_an_order_is_a_paper_with_number_wrong_article_and_date(hall: Hall, hand: Hand) -> None:
    order = ordered(hall.employer, hand)
    assert order.number == f"ZG22010420261120{order.pk:06d}"
    said = _text(order)
    for part in (
        "责令限期改正通知书",
        order.number,
        hall.employer.name,
        hall.employer.credit_code,
        "10名劳动者的劳动合同逾期未备案",
        "第十八条",
        "2026年12月5日前",
        "人力资源和社会保障局",
    ):
        assert part in said, part


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"wrong": " "}, "请填写存在的问题"),
        ({"wanted": ""}, "请填写改正要求"),
        ({"grounds": []}, "请选择依据"),
        ({"grounds": ["measures-nmg-15"]}, "请选择依据"),  # of another province
        ({"correct_by": date(2026, 11, 20)}, "改正期限"),
    ],
)
def test_an_order_says_all_of_it(
    hall: Hall, hand: Hand, changed: dict[str, Any], said: str
) -> None:
    with pytest.raises(Unfit, match=said):
        ordered(hall.employer, hand, **changed)
    assert not Order.objects.exists()


def test_each_ground_names_what_was_read_or_says_it_was_not() -> None:
    held = {ground.key: ground for ground in grounds.holding_in("140105")}
    assert held["shanxi-contracts-41"].label.endswith("（待核）")
    assert "2000元以上2万元以下" in held["inspection-30"].says and held["inspection-30"].is_checked
    assert "measures-nmg-15" in {ground.key for ground in grounds.holding_in("150302")}
    assert "measures-nmg-15" not in held


def test_an_order_takes_its_clue_up(hall: Hall, hand: Hand) -> None:
    clue = clue_about(hall.employer)
    content = Content("未备案", "补办", hand.today + timedelta(days=10), ["inspection-18"])
    order = orders.issue(employer=hall.employer, content=content, clue=clue, hand=hand)
    clue.refresh_from_db()
    assert clue.state == Clue.State.TAKEN_UP and order.number in clue.opinion


def test_an_order_takes_over_what_was_found_and_not_from_how_many_on_it_is_a_clue(
    hall: Hall, hand: Hand, at_screen: Callable[[Any], Client]
) -> None:
    clue = clue_about(hall.employer, aside="满 10 件的列为线索（界限为平台初始设置，待核）")
    office = at_screen(hand.by)
    assert "满 10 件" in office.get(f"/bureau/clues/{clue.pk}/").content.decode()
    page = office.get(f"/bureau/orders/to/{hall.employer.pk}/?clue={clue.pk}")
    assert page.context["wrong"] == "近一年逾期备案 12 件。"


@pytest.mark.parametrize("typed", ["未按期备案", "未按期备案。"])
def test_what_is_typed_stands_among_the_papers_sentences(
    hall: Hall, hand: Hand, typed: str
) -> None:
    order = served(hall.employer, hand, wrong=typed, wanted=typed)
    assert "存在以下问题：未按期备案。现责令" in _text(order)
    told = Message.objects.get(user=hall.operator, title="收到责令限期改正通知书")
    assert "改正：未按期备案。请在" in told.body


def _about_nobody_known(hall: Hall) -> Clue:
    """A clue about who never came to the platform."""
    clue = clue_about(hall.employer, kind=Clue.Kind.UNFILED)
    clue.employer, clue.credit_code, clue.name = None, "91220104MA00000000", "试验未备案公司"
    clue.save()
    return clue


def test_who_never_came_to_the_platform_is_entered_and_ordered(
    hall: Hall, hand: Hand, at_screen: Callable[[Any], Client]
) -> None:
    clue = _about_nobody_known(hall)
    office = at_screen(hand.by)
    assert "该单位尚未在本平台登记" in office.get(f"/bureau/clues/{clue.pk}/").content.decode()
    led = office.post(f"/bureau/clues/{clue.pk}/decide/", {"verdict": "order"})
    employer = Employer.objects.get(credit_code=clue.credit_code)
    assert (employer.name, employer.state) == (clue.name, "unfiled")
    assert led["Location"] == f"/bureau/orders/to/{employer.pk}/?clue={clue.pk}"
    assert office.get(led["Location"]).status_code == 200
    clue.refresh_from_db()
    assert clue.employer == employer and clue.state == Clue.State.NEW
    assert [act.act for act in acts_on(Act.Thing.CLUE, clue.pk)] == ["登记单位"]
    office.post(f"/bureau/clues/{clue.pk}/decide/", {"verdict": "order"})
    assert Employer.objects.filter(credit_code=clue.credit_code).count() == 1


def test_nobody_is_entered_from_a_clue_elsewhere(hall: Hall, hand: Hand, elsewhere: Any) -> None:
    clue = _about_nobody_known(hall)
    with pytest.raises(Clue.DoesNotExist):
        clues.enter_employer(clue=clue, hand=replace(hand, by=elsewhere))


def test_an_order_takes_no_clue_about_somebody_else_up(
    hall: Hall, hand: Hand, make_employer: Callable[..., Any], at_screen: Callable[[Any], Client]
) -> None:
    clue = clue_about(make_employer())
    content = Content("未备案", "补办", hand.today + timedelta(days=10), ["inspection-18"])
    with pytest.raises(Clue.DoesNotExist):
        orders.issue(employer=hall.employer, content=content, clue=clue, hand=hand)
    page = at_screen(hand.by).get(f"/bureau/orders/to/{hall.employer.pk}/?clue={clue.pk}")
    assert page.context["clue"] is None
    clue.refresh_from_db()
    assert clue.state == Clue.State.NEW


def test_the_employer_sees_it_once_it_is_served_as_to_do_and_message(
    hall: Hall, hand: Hand
) -> None:
    order = ordered(hall.employer, hand)
    assert not orders.own(hall.operator).exists()
    orders.serve(
        order=order, how="left", on=hand.today, received_by="见证人：社区工作人员", hand=hand
    )
    assert list(orders.own(hall.operator)) == [order]
    todo = next(one for one in todos_of(hall.operator, today=hand.today) if one.topic == "orders")
    assert (todo.count, todo.due_on) == (1, order.correct_by)
    assert "责令限期改正通知书" in Message.objects.get(user=hall.operator).title
    assert [act.act for act in acts_on(Act.Thing.ORDER, order.pk)] == ["发出通知书", "送达"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"how": "shouted"}, "送达方式"),
        ({"received_by": ""}, "收件人"),
        ({"on": date(2026, 11, 19)}, "送达日期"),
        ({"on": date(2026, 11, 21)}, "送达日期"),
    ],
)
def test_service_says_how_when_and_who_received_it(
    hall: Hall, hand: Hand, given: dict[str, Any], said: str
) -> None:
    order = ordered(hall.employer, hand)
    told = {"how": "direct", "on": hand.today, "received_by": "张某"} | given
    with pytest.raises(Unfit, match=said):
        orders.serve(order=order, hand=hand, **told)
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(state="served")


def test_answered_and_corrected_it_is_closed(hall: Hall, hand: Hand) -> None:
    order = served(hall.employer, hand)
    orders.reply(
        order=order, said="已补办", evidence=None, by=hall.operator, now=hall.now, address=None
    )
    order.refresh_from_db()
    assert order.state == State.REPLIED
    orders.close(order=order, said="复查属实", hand=hand)
    order.refresh_from_db()
    assert order.state == State.CORRECTED and not order.is_open
    with pytest.raises(Unfit, match="已改正"):
        orders.pass_on(order=order, said="拒不改正", hand=_later(hand, 90))


def test_nobody_refuses_before_the_time_is_over(hall: Hall, hand: Hand) -> None:
    order = served(hall.employer, hand)
    with pytest.raises(Unfit, match="未满"):
        orders.pass_on(order=order, said="未改正", hand=_later(hand, 15))
    orders.pass_on(order=order, said="未改正", hand=_later(hand, 16))
    order.refresh_from_db()
    assert order.state == State.REFUSED


def test_only_who_refused_is_listed_once_and_leaves_with_a_reason(
    hall: Hall, inspector: Any, hand: Hand
) -> None:
    with pytest.raises(Unfit, match="只有认定拒不改正"):
        defaulters.enter(order=served(hall.employer, hand), reason="未改正", hand=hand)
    order, _, entry = refused_order(hall, inspector)
    with pytest.raises(Unfit, match="已在名单中"):
        defaulters.enter(order=order, reason="未改正", hand=hand)
    with pytest.raises(Unfit, match="移出的理由"):
        defaulters.remove(entry=entry, reason="", hand=hand)
    defaulters.remove(entry=entry, reason="已改正", hand=hand)
    assert defaulters.now_listed(hall.employer) is None
    assert titles(hall.operator)[-1] == f"{hall.employer.name}：已移出拒不改正名单"
    assert Defaulter.objects.get().reason == "经责令改正拒不改正", "what was stays"


def test_recognition_is_blocked_as_article_15_says(
    hall: Hall, make_employer: Callable[..., Any], make_user: Callable[..., Any], hand: Hand
) -> None:
    unit = make_employer(region_code="150302")
    there = Hand(by=make_user("inspector", region_code="150300"), now=hand.now, address=None)
    assert may_be_recognised(unit, on=hand.today).allowed
    order = served(unit, there)
    running = may_be_recognised(unit, on=hand.today)
    assert running.allowed and "1 份责令限期改正通知书尚未结案" in running.notes[0]
    orders.pass_on(order=order, said="未改正", hand=_later(there, 30))
    (refused,) = may_be_recognised(unit, on=hand.today).reasons
    assert order.number in refused, "from the refusal on, listed or not"
    entry = defaulters.enter(order=order, reason="拒不改正", hand=there)
    (listed,) = may_be_recognised(unit, on=hand.today).reasons
    assert order.number in listed and "列入拒不改正名单" in listed
    defaulters.remove(entry=entry, reason="已改正", hand=there)
    assert may_be_recognised(unit, on=hand.today).allowed
    unfiled = make_employer(region_code="150302", state="unfiled", filed_on=None)
    assert "尚未进行劳动用工备案" in may_be_recognised(unfiled, on=hand.today).reasons[0]


def test_an_order_that_was_not_served_is_told_with_nothing(
    make_employer: Callable[..., Any], make_user: Callable[..., Any], hand: Hand,
    at_screen: Callable[[Any], Client],
) -> None:  # fmt: skip
    unit = make_employer(region_code="150302")
    there = replace(hand, by=make_user("inspector", region_code="150300"))
    ordered(unit, there)
    assert may_be_recognised(unit, on=hand.today).notes == ()
    own = at_screen(make_user("employer_operator", employer=unit))
    assert "尚未结案" not in own.get("/employer/orders/").content.decode()


def test_where_no_document_asks_for_the_filing_it_blocks_nobody(
    make_employer: Callable[..., Any], hand: Hand
) -> None:
    unfiled = make_employer(state="unfiled", filed_on=None)
    assert may_be_recognised(unfiled, on=hand.today).allowed


@pytest.mark.parametrize(
    ("typed", "said"),
    [("{:%Y年%m月%d日}", ""), ("", "请填写送达日期"), ("月底", "送达日期不是能识别的日期")],
)
def test_the_day_of_service_is_typed_as_people_write_days(
    hall: Hall, inspector: Any, at_screen: Callable[[Any], Client], typed: str, said: str
) -> None:
    now = timezone.localtime()
    order = ordered(hall.employer, Hand(by=inspector, now=now, address=None))
    sent = {"ask": "serve", "how": "direct", "on": typed.format(now), "received_by": "办公室主任"}
    address = reverse("bureau:orders-act", args=[order.pk])
    answer = at_screen(inspector).post(address, sent, follow=True).content.decode()
    order.refresh_from_db()
    assert said in answer and order.served_on == (None if said else now.date())


@pytest.mark.parametrize("amount", ["两千", "NaN", "Infinity", "9" * 5000])
def test_an_amount_that_is_none_is_told(
    hall: Hall, inspector: Any, at_screen: Callable[[Any], Client], amount: str
) -> None:
    order, *_ = refused_order(hall, inspector)
    address = reverse("bureau:orders-act", args=[order.pk])
    answer = at_screen(inspector).post(address, {"ask": "penalty", "amount": amount}, follow=True)
    assert "罚款金额应当是数字" in answer.content.decode() and not Penalty.objects.exists()


def test_an_amount_is_typed_as_people_write_money(
    hall: Hall, inspector: Any, hand: Hand, at_screen: Callable[[Any], Client]
) -> None:
    order, *_ = refused_order(hall, inspector)
    sent = {"ask": "penalty", "number": "监罚〔2026〕3号", "kind": "fine", "amount": "5,000元"}
    sent |= {"decided_on": hand.today.isoformat(), "ground": "第三十条"}
    at_screen(inspector).post(reverse("bureau:orders-act", args=[order.pk]), sent, follow=True)
    assert Penalty.objects.get().amount == 5000


def test_a_penalty_is_recorded_with_its_decision(hall: Hall, inspector: Any, hand: Hand) -> None:
    order, *_ = refused_order(hall, inspector)
    given: dict[str, Any] = {
        "order": order, "number": "某人社监罚字〔2026〕1号", "kind": "fine",
        "amount": Decimal("2000"), "decided_on": hand.today, "ground": "第三十条", "hand": hand,
    }  # fmt: skip
    with pytest.raises(Unfit, match="罚款的填写金额"):
        defaulters.record_penalty(**(given | {"amount": None}))
    defaulters.record_penalty(**given)
    with pytest.raises(Unfit, match="已经登记"):
        defaulters.record_penalty(**given)
    assert Penalty.objects.get().amount == 2000
    assert titles(hall.operator)[-2:] == [
        f"{hall.employer.name}：{said}" for said in ("已列入拒不改正名单", "登记了一项行政处罚")
    ]


def test_the_neighbouring_county_and_the_concerned_do_nothing(
    hall: Hall, hand: Hand, elsewhere: Any, make_user: Callable[..., Any]
) -> None:
    stranger = replace(hand, by=elsewhere)
    with pytest.raises(Employer.DoesNotExist):
        ordered(hall.employer, stranger)
    order = ordered(hall.employer, hand)
    with pytest.raises(Order.DoesNotExist):
        orders.withdraw(order=order, reason="误发", hand=stranger)
    case = hall.approved()
    hand.by.person_id = case.filing.worker_id
    with pytest.raises(Unfit, match="应当回避"):
        ordered(hall.employer, hand)
    served_one = make_user("employer_operator", employer=hall.employer)
    assert not orders.own(served_one).exists()


def test_on_its_pages_the_employer_answers_what_the_inspector_then_sees(
    hall: Hall, hand: Hand, at_screen: Callable[[Any], Client]
) -> None:
    order = served(hall.employer, hand)
    unit, office = at_screen(hall.operator), at_screen(hand.by)
    assert order.number in unit.get("/employer/").content.decode()
    page = unit.get(f"/employer/orders/{order.pk}/").content.decode()
    assert "提交改正情况" in page and order.wrong in page
    assert unit.get(f"/employer/orders/{order.pk}/paper/")["Content-Type"] == "application/pdf"
    done = unit.post(f"/employer/orders/{order.pk}/reply/", {"said": "已补办十份"}, follow=True)
    assert "已补办十份" in done.content.decode()
    assert "已补办十份" in office.get(f"/bureau/orders/{order.pk}/").content.decode()


def test_another_employers_order_does_not_exist(
    hall: Hall, hand: Hand, make_employer: Callable[..., Any], make_user: Callable[..., Any],
    at_screen: Callable[[Any], Client],
) -> None:  # fmt: skip
    order = served(hall.employer, hand)
    other = at_screen(make_user("employer_operator", employer=make_employer()))
    for page in ("", "paper/"):
        assert other.get(f"/employer/orders/{order.pk}/{page}").status_code == 404
