"""Things of supervision for tests."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.contracts.making import Hall
from tests.files import PNG
from yonggong.cases import materials
from yonggong.cases import queries as case_queries
from yonggong.cases.models import Material
from yonggong.registry.people import keep_evidence
from yonggong.supervision import defaulters, orders, plans, recusals
from yonggong.supervision.acting import Hand
from yonggong.supervision.models import Clue, Defaulter, Order, Penalty, Plan, Recusal, Reply
from yonggong.supervision.orders import Content
from yonggong.supervision.plans import Conditions

FOUND_ON = date(2026, 11, 19)


def clue_about(employer: Any, **columns: Any) -> Clue:
    """A clue about an employer, as a night's run leaves it."""
    given = {
        "kind": Clue.Kind.LATE,
        "subject": f"{employer.pk}:2026",
        "employer": employer,
        "credit_code": employer.credit_code,
        "name": employer.name,
        "region_code": employer.region_code,
        "reason": "近一年逾期备案 12 件",
        "figure": 12,
        "found_on": FOUND_ON,
        "seen_on": FOUND_ON,
    } | columns
    return Clue.objects.create(**given)


def ordered(employer: Any, hand: Hand, **changed: Any) -> Order:
    """An order to correct, issued and not served; `changed` of its content."""
    given = {
        "wrong": "10 名劳动者的劳动合同逾期未备案。",
        "wanted": "补办备案。",
        "correct_by": hand.today + timedelta(days=15),
        "grounds": ["inspection-18"],
    } | changed
    return orders.issue(employer=employer, content=Content(**given), hand=hand)


def served(employer: Any, hand: Hand, **changed: Any) -> Order:
    """The same, served on the day."""
    return orders.serve(
        order=ordered(employer, hand, **changed),
        how="direct",
        on=hand.today,
        received_by="办公室主任",
        hand=hand,
    )


def refused_order(hall: Any, inspector: Any, **changed: Any) -> tuple[Order, Reply, Defaulter]:
    """An order long over that the hall's employer answered with a file and did not follow; it is on
    the list."""
    then = Hand(by=inspector, now=hall.now - timedelta(days=60), address=None)
    hand = Hand(by=inspector, now=hall.now, address=None)
    order = served(hall.employer, then, **changed)
    proof = keep_evidence(file_name="说明.pdf", content_type="application/pdf", content=b"%PDF-1.4")
    answer = orders.reply(
        order=order, said="正在办理", evidence=proof, by=hall.operator, now=then.now, address=None
    )
    orders.pass_on(order=order, said="逾期未改正", hand=hand)
    entry = defaulters.enter(order=order, reason="经责令改正拒不改正", hand=hand)
    order.refresh_from_db()
    return order, answer, entry


def penalised(order: Order, hand: Hand, **changed: Any) -> Penalty:
    """A fine recorded with an order."""
    given = {
        "number": f"某人社监罚字〔2026〕{order.pk}号",
        "kind": "fine",
        "amount": Decimal("2000"),
        "decided_on": hand.today,
        "ground": "《劳动保障监察条例》第三十条",
    } | changed
    return defaulters.record_penalty(order=order, hand=hand, **given)


def recused(employer: Any, hand: Hand, *, reason: str = "配偶为该单位主要负责人") -> Recusal:
    """That whoever acts keeps out of an employer's matters."""
    return recusals.declare(credit_code=employer.credit_code, reason=reason, hand=hand)


def planned(inspectors: list[Any], now: datetime, **changed: Any) -> Plan:
    """A plan of one employer of the county, drawn by the first of at least two inspectors."""
    given = {
        "title": "2026 年第四季度检查",
        "conditions": Conditions(region="220104"),
        "wanted": 1,
        "share": None,
        "each": 2,
    } | changed
    return plans.plan(**given, hand=Hand(by=inspectors[0], now=now, address=None))


def material_of(hall: Hall) -> Material:
    """A material brought to a filing that was returned."""
    case = hall.return_(hall.filed())
    return materials.upload(
        case=case,
        name=case_queries.required_materials(case)[0].name,
        file_name="合同.png",
        content=PNG,
        by=hall.operator,
        now=hall.now,
        address=None,
    )
