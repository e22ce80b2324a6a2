"""Payments: entered, put on a list, handed over, read back; what was paid goes on, what failed comes back."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.cases.kite import ANSWERS
from tests.services.handling import Office
from yonggong.cases import actions as case_actions
from yonggong.cases.actions import Refused
from yonggong.cases.models import Case, Step
from yonggong.cases.procedure import Outcome
from yonggong.registry.models import Agency
from yonggong.services import payments, settling
from yonggong.services.errors import Unfit
from yonggong.services.models import Payment, PaymentList
from yonggong.services.payment_form import PAYMENT_FORM

pytestmark = pytest.mark.django_db
Two = tuple[Case, Case]


@pytest.fixture
def two(item: Callable[..., Any], operator: Any, employer: Any, office: Office) -> Two:
    """Two cases that wait to be paid."""
    kind, began = item(), office.now
    found = []
    for _ in range(2):
        office.now = began
        case = case_actions.submit(
            kind=kind,
            raw=ANSWERS,
            applicant=employer.party,
            key=None,
            by=operator,
            now=began,
            address=None,
        )
        found.append(office.bring(case, "pay"))
    return found[0], found[1]


def step_of(case: Case) -> Step:
    return case.steps.select_related("case").get(acted_at__isnull=True)


def entered(case: Case, office: Office, amount: str = "500.00") -> Payment:
    return payments.enter(
        step=step_of(case),
        payee="试一",
        bank="试行",
        account="6222 0000 0000 0000",
        amount=Decimal(amount),
        by=office.people[0],
        now=office.now,
    )


def listed(two: Two, office: Office) -> PaymentList:
    keys = [entered(case, office).pk for case in two]
    return payments.hand_over(payments=keys, by=office.people[0], now=office.now)


def read(found: PaymentList, office: Office, *rows: dict[str, object]) -> settling.Read:
    names = PAYMENT_FORM.fields_by_name
    columns = {name: [row.get(name, "") for row in rows] for name in names}
    return settling.read_back(
        listed=found,
        columns=columns,
        numbers=list(range(2, 2 + len(rows))),
        by=office.people[0],
        now=office.now,
        address=None,
    )


def row(case: Case, **more: str) -> dict[str, object]:
    return {"number": case.number, "payee": "试一", "amount": "500.00"} | more


PAID = {"result": "已支付", "paid_on": "2026-11-30", "voucher": "凭1"}


def test_what_was_paid_goes_on_and_what_failed_comes_back(two: Two, office: Office) -> None:
    one, other = two
    found = listed(two, office)
    assert payments.due(office.people[0]) == []
    with pytest.raises(Refused, match="已列入支付清单"):
        office.end(one)
    done = read(found, office, row(one, **PAID), row(other, result="支付失败", failure="账号有误"))
    assert (done.paid, done.failed, done.problems) == (1, 1, {})
    assert step_of(one).key == "deliver"
    assert one.steps.get(key="pay").data["paid_voucher"] == "凭1"
    (again,) = payments.due(office.people[0])
    assert again.case == other and payments.open_payment(again) is None
    assert listed((other,), office).payments.count() == 1  # type: ignore[arg-type]


def test_what_failed_and_was_entered_anew_is_still_due(two: Two, office: Office) -> None:
    found = listed(two, office)
    read(found, office, *(row(case, result="支付失败", failure="账号有误") for case in two))
    one = entered(two[0], office)
    assert [step.case for step in payments.due(office.people[0])] == list(two)
    assert payments.one_due(office.people[0], one.step_id) == one.step


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": "600.00"}, "amount"),
        ({"payee": "试二"}, "payee"),
        ({"paid_on": "2027-01-01"}, "paid_on"),
        ({"paid_on": ""}, "paid_on"),
        ({"number": "2026110100000001"}, "number"),
        ({"result": "支付失败", "failure": ""}, "failure"),
    ],
)
def test_one_wrong_row_and_nothing_of_the_workbook_is_done(
    two: Two, office: Office, change: dict[str, str], field: str
) -> None:
    one, other = two
    found = listed(two, office)
    done = read(found, office, row(one, **PAID), row(other, **(PAID | change)))
    assert [problem.field for problem in done.problems[3]] == [field]
    assert done.paid == 0 and step_of(one).key == "pay"
    assert {payment.state for payment in found.payments.all()} == {"open"}


def test_a_payee_is_kept_as_the_workbook_reads_it(two: Two, office: Office) -> None:
    payment = payments.enter(
        step=step_of(two[0]),
        payee="试\t一\x00 ",
        bank="\x00",
        account="",
        amount=Decimal("500.00"),
        by=office.people[0],
        now=office.now,
    )
    found = payments.hand_over(payments=[payment.pk], by=office.people[0], now=office.now)
    (line,) = payments.rows_of(found)
    done = read(found, office, row(two[0], **PAID) | {"payee": line["payee"]})
    assert done.paid == 1


def test_a_row_that_comes_twice_is_paid_once(two: Two, office: Office) -> None:
    found = listed(two, office)
    done = read(found, office, row(two[0], **PAID), row(two[0], **PAID))
    assert done.problems and step_of(two[0]).key == "pay"


def test_what_is_due_is_shown_by_two_queries_however_many(
    two: Two, office: Office, django_assert_num_queries: Any
) -> None:
    read(
        listed(two, office),
        office,
        *(row(case, result="支付失败", failure="账号有误") for case in two),
    )
    again, user = entered(two[0], office), office.people[0]
    assert user.scope is not None
    with django_assert_num_queries(2):
        shown = payments.with_payments(payments.due(user))
    assert [(entry, failed is None) for _, entry, failed in shown] == [
        (again, False),
        (None, False),
    ]


def test_the_account_is_sealed_and_whole_on_the_workbook(two: Two, office: Office) -> None:
    found = listed(two, office)
    assert [line["account"] for line in payments.rows_of(found)] == ["6222000000000000"] * 2
    assert "6222" not in Payment.objects.first().account_sealed  # type: ignore[union-attr]


def test_what_is_not_there_or_another_agencys_is_not_listed(
    two: Two, office: Office, make_user: Any, make_employer: Any
) -> None:
    found = listed(two, office)
    stranger = make_user("reviewer", region_code="150102")
    assert not payments.lists_visible_to(stranger).exists() and payments.due(stranger) == []
    with pytest.raises(PaymentList.DoesNotExist):
        settling.read_back(
            listed=found, columns={}, numbers=[], by=stranger, now=office.now, address=None
        )
    with pytest.raises(Unfit):
        payments.hand_over(payments=[], by=office.people[0], now=office.now)


def test_what_is_entered_anew_or_paid_by_hand_is_kept_from_being_listed_meanwhile(
    two: Two, office: Office
) -> None:
    entered(two[0], office)
    for act in (lambda: entered(two[0], office), lambda: office.end(two[0])):
        with CaptureQueriesContext(connection) as asked:
            act()
        locks = [one["sql"] for one in asked if "FOR UPDATE" in one["sql"]]
        assert any('"services_payment"' in sql for sql in locks)


def test_what_is_handed_on_is_due_at_the_agency_that_has_it_now(
    two: Two, office: Office, make_user: Any
) -> None:
    city = Agency.objects.create(name="市局", level="prefecture", region_code="220100")
    there = make_user("reviewer", agency=city, region_code="220100")
    case_actions.transfer(
        case=two[0],
        agency=city,
        reason="属市级管辖",
        by=office.people[0],
        now=office.now,
        address=None,
    )
    assert [step.case for step in payments.due(there)] == [two[0]]
    assert [step.case for step in payments.due(office.people[0])] == [two[1]]


def test_paid_by_a_list_of_where_it_was_it_goes_on_where_it_is(
    two: Two, office: Office, make_user: Any
) -> None:
    one, other = two
    found = listed(two, office)
    city = Agency.objects.create(name="市局", level="prefecture", region_code="220100")
    there = make_user("reviewer", agency=city, region_code="220100")
    for case in two:
        case_actions.transfer(
            case=case,
            agency=city,
            reason="属市级管辖",
            by=office.people[0],
            now=office.now,
            address=None,
        )
    done = read(found, office, row(one, **PAID), row(other, result="支付失败", failure="账号有误"))
    assert (done.paid, done.failed, done.problems) == (1, 1, {})
    (payment,) = settling.held_up(there)
    assert payment.held_up == "该环节由其他机构办理。" and not settling.held_up(office.people[0])
    assert [step.case for step in payments.due(there)] == [other], "what was paid is not due again"
    with pytest.raises(Refused, match="已由支付清单"):
        payments.check(one, step_of(one), Outcome.RETURN, {}, office.now)
    again = {"payments": [payment.pk], "now": office.now, "address": None}
    assert settling.take_up(by=office.people[0], **again) == 0
    assert settling.take_up(by=there, **again) == 1
    assert step_of(one).key == "deliver" and one.steps.get(key="pay").acted_by == there


def test_of_many_the_cases_go_on_by_a_job_that_may_be_killed(
    two: Two, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "AT_ONCE", 1)
    found = listed(two, office)
    done = read(found, office, *(row(case, **PAID) for case in two))
    assert done.paid == 2 and {step_of(case).key for case in two} == {"pay"}
    assert {payment.state for payment in found.payments.all()} == {"paid"}
    jobs = ProcrastinateJob.objects.filter(task_name=settling.GO_ON)
    assert jobs.count() == 1 and payments.due(office.people[0]) == []
    settling.go_on(found.payments.filter(step__case=two[0]), clock=lambda: office.now)
    assert [step_of(case).key for case in two] == ["deliver", "pay"]
    settling.queue_rest()
    assert jobs.count() == 1, "queued once"
    settling.go_on(Payment.objects.all(), clock=lambda: office.now)
    assert {step_of(case).key for case in two} == {"deliver"}
    assert not found.payments.filter(going_on=True).exists()


def test_paid_by_hand_it_is_settled_by_its_record(two: Two, office: Office) -> None:
    entered(two[0], office)
    office.end(two[0])
    payment = Payment.objects.get()
    assert (payment.state, payment.list, str(payment.paid_on)) == ("paid", None, "2026-11-30")
