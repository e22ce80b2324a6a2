"""支付: what is to be paid of cases whose item pays is put on a list and handed over as a workbook to whoever
keeps the fund. What came of it is read back by `settling`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import joint
from yonggong.cases import queries as case_queries
from yonggong.cases.bulk import reserve
from yonggong.cases.errors import refused
from yonggong.cases.life import State
from yonggong.cases.models import Case, Step
from yonggong.cases.procedure import Outcome
from yonggong.cases.steps import procedure_of
from yonggong.forms.reading import read_line
from yonggong.services.errors import Unfit
from yonggong.services.payment_models import Payment, PaymentList

MOST_ROWS = 5000
_ASKS = "paid_amount"


# --- what is to be paid ------------------------------------------------------------------------


def is_paying(step: Step) -> bool:
    """Whether a step is the one in which its case is paid."""
    form = procedure_of(step.case).step(step.key).form
    return step.kind == "pay" and form is not None and _ASKS in form.fields_by_name


def due(user: User) -> list[Step]:
    """The open steps of the reviewer's agencies in which something is to be paid, without those that
    stand on a list or were paid by one, the first due first."""
    return [step for step in _due(user).order_by("due_on", "pk") if is_paying(step)]


def one_due(user: User, pk: int) -> Step | None:
    """That one of `due`; None where there is none."""
    step = _due(user).select_related("case__current").filter(pk=pk).first()
    return step if step is not None and is_paying(step) else None


def _due(user: User) -> QuerySet[Step]:
    listed = Payment.objects.filter(step=OuterRef("pk"), list__isnull=False)
    listed = listed.exclude(state=Payment.State.FAILED)
    found = Step.objects.filter(
        ~Exists(listed),
        kind="pay",
        acted_at__isnull=True,
        agency__in=user.scope.agencies(Power.REVIEW),
        case__state=State.PENDING,
    )
    return found.select_related("case__applicant", "agency")


def with_payments(
    steps: Sequence[Step],
) -> list[tuple[Step, Payment | None, Payment | None]]:
    """Each step with what was entered of it and is not settled, and what failed last."""
    entered: dict[int, Payment] = {}
    failed: dict[int, Payment] = {}
    for payment in Payment.objects.filter(step__in=steps).order_by("pk"):
        (failed if payment.state == Payment.State.FAILED else entered)[payment.step_id] = payment
    return [(step, entered.get(step.pk), failed.get(step.pk)) for step in steps]


def open_payment(step: Step) -> Payment | None:
    """What was entered of a step and is not settled."""
    return step.payments.filter(state=Payment.State.OPEN).first()


def _held(step: Step) -> Payment | None:
    """What was entered of a step or paid by a list, kept from being put on one, or settled, by somebody
    else until the transaction ends."""
    held = step.payments.select_for_update(of=("self",))
    return held.exclude(state=Payment.State.FAILED).first()


@transaction.atomic
def enter(
    *,
    step: Step,
    payee: str,
    bank: str,
    account: str,
    amount: Decimal | None,
    by: User,
    now: datetime,
) -> Payment:
    """Enter what is to be paid of a case, or enter it anew while it stands on no list. Raises `Unfit`."""
    case = joint.locked(step.case)
    step = _may_pay(by, case, step)
    payee = read_line(payee)[:100]
    if not payee or amount is None or amount <= 0:
        raise Unfit("请填写收款人和大于零的金额。")
    payment = _held(step) or Payment(step=step)
    if payment.list_id is not None:
        raise Unfit("该办件已列入支付清单，不能修改。")
    payment.payee, payment.bank, payment.amount = payee, read_line(bank)[:100], amount
    payment.by, payment.at = by, now
    payment.save()
    payment.seal_account(account.replace(" ", "")[:40])
    payment.save(update_fields=["account_sealed"])
    return payment


def _may_pay(by: User, case: Case, step: Step) -> Step:
    found = case_queries.open_step(case)
    if found is None or found.pk != step.pk or not case_queries.may_act(by, case, found):
        raise Unfit("只有正在办理支付环节的人员可以登记支付。")
    found.case = case
    if not is_paying(found):
        raise Unfit("该环节不支付待遇。")
    return found


@transaction.atomic
def hand_over(*, payments: Sequence[int], by: User, now: datetime) -> PaymentList:
    """Put what was entered on a list, of one agency and item. Raises `Unfit`."""
    rows = list(
        Payment.objects.select_for_update(of=("self",))
        .filter(
            pk__in=payments,
            list=None,
            state=Payment.State.OPEN,
            step__acted_at__isnull=True,
            step__agency__in=by.scope.agencies(Power.REVIEW),
        )
        .select_related("step__case", "step__agency")
        .order_by("pk")
    )
    if not rows:
        raise Unfit("请勾选已经登记金额的办件。")
    if len({(row.step.agency_id, row.step.case.kind) for row in rows}) > 1:
        raise Unfit("一份清单只列同一机构、同一事项的办件，请分别生成。")
    if len(rows) > MOST_ROWS:
        raise Unfit(f"一份清单最多 {MOST_ROWS} 件。")
    agency = rows[0].step.agency
    (pk,) = reserve("services_paymentlist", 1)
    listed = PaymentList.objects.create(
        pk=pk,
        number=f"ZF{agency.region_code}{timezone.localdate(now):%Y%m%d}{pk:06d}",
        agency=agency,
        region_code=agency.region_code,
        kind=rows[0].step.case.kind,
        made_by=by,
        made_at=now,
    )
    Payment.objects.filter(pk__in=[row.pk for row in rows]).update(list=listed)
    return listed


# --- lists -------------------------------------------------------------------------------------


def lists_visible_to(user: User) -> QuerySet[PaymentList]:
    """The lists of a reviewer's agencies."""
    agencies = user.scope.agencies(Power.REVIEW)
    return PaymentList.objects.filter(agency__in=agencies).select_related("agency", "made_by")


def payments_of(listed: PaymentList) -> QuerySet[Payment]:
    """What stands on a list, in its order."""
    return listed.payments.select_related("step__case__applicant").order_by("pk")


def rows_of(listed: PaymentList) -> Iterator[dict[str, Any]]:
    """The rows of its workbook: what is not settled yet, with the account whole."""
    for payment in payments_of(listed).filter(state=Payment.State.OPEN):
        yield {
            "number": payment.step.case.number,
            "payee": payment.payee,
            "bank": payment.bank,
            "account": payment.account,
            "amount": payment.amount,
        }


# --- around the step ---------------------------------------------------------------------------


def check(
    case: Case, step: Step, outcome: Outcome, values: Mapping[str, Any], now: datetime
) -> None:
    """What stands on a list is settled by it, not by hand; what it paid only goes on. Raises
    `Refused`."""
    if step.kind != "pay":
        return
    payment = _held(step)
    if payment is None or payment.list is None:
        return
    if payment.state == Payment.State.OPEN:
        said = f"该办件已列入支付清单 {payment.list.number}"
        raise refused("", "on_a_list", said, "请在“待遇支付”中载入支付结果")
    if outcome not in (Outcome.NEXT, Outcome.END):
        said = f"该办件已由支付清单 {payment.list.number} 支付"
        raise refused("", "paid", said, "请在“待遇支付”中继续办理")


def follow(case: Case, step: Step, *, by: User, now: datetime) -> None:
    """What was entered and on no list is settled as the step was ended by hand: as paid by its record,
    else gone."""
    if step.kind != "pay":
        return
    payment = open_payment(step)
    if payment is None:
        return
    form = procedure_of(case).step(step.key).form
    values = step.values_on(form) if form else {}
    if step.outcome not in (Outcome.NEXT, Outcome.END) or not values.get("paid_on"):
        payment.delete()
        return
    payment.state, payment.paid_on = Payment.State.PAID, values["paid_on"]
    payment.amount, payment.voucher = values["paid_amount"], values.get("paid_voucher") or ""
    payment.save(update_fields=["state", "paid_on", "amount", "voucher"])
