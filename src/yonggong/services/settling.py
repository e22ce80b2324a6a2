"""What came of a payment list, read back from its workbook: all rows or none. What was paid is kept as paid
at once; its cases then go on, a few while the page waits, more by a job. What failed is due again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from yonggong.accounts.actions import record_broken
from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import handling
from yonggong.cases.errors import Forbidden, Refused
from yonggong.cases.life import NotAllowed, State
from yonggong.cases.procedure import Outcome
from yonggong.cases.steps import procedure_of
from yonggong.forms import Problem
from yonggong.services.payment_form import FAILED, PAID, PAYMENT_FORM
from yonggong.services.payment_models import Payment, PaymentList
from yonggong.services.payments import lists_visible_to, payments_of
from yonggong.vault.sealing import SealBroken

# So many cases go on while the page waits.
AT_ONCE = 25
# The job that takes on the others, by its name: `portals.tasks` has it.
GO_ON = "services.go_on"
# First number of the lock of a payment whose case goes on; the second is its key.
_IN_HAND, _MOST_KEY = 7105, 2**31
logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Read:
    """What became of a workbook that came back; with anything wrong nothing was done."""

    paid: int = 0
    failed: int = 0
    problems: dict[int, Sequence[Problem]] = field(default_factory=dict)


def read_back(
    *,
    listed: PaymentList,
    columns: Mapping[str, Sequence[object]],
    numbers: Sequence[int],
    by: User,
    now: datetime,
    address: str | None,
) -> Read:
    """Settle the payments of a list as its workbook says: all rows or none. `columns` are raw cells by
    field name, `numbers` the rows' own. Raises `PaymentList.DoesNotExist` out of the reviewer's reach.
    """
    cleaned = PAYMENT_FORM.clean_columns(columns, len(numbers))
    read = Read()
    with transaction.atomic():
        listed = lists_visible_to(by).select_for_update(of=("self",)).get(pk=listed.pk)
        waiting = {
            payment.step.case.number: payment
            for payment in payments_of(listed).filter(state=Payment.State.OPEN)
        }
        settled = []
        for place, number in enumerate(numbers):
            values = cleaned.row(place)
            payment = waiting.pop(str(values.get("number") or ""), None)
            problems = list(cleaned.problems.get(place, ())) or list(_wrong(payment, values, now))
            if problems:
                read.problems[number] = problems
            elif payment is not None:
                settled.append(_settled(payment, values, by=by, address=address))
        if read.problems:
            return read
        Payment.objects.bulk_update(settled, _SETTLED, batch_size=500)
        read.paid = sum(payment.going_on for payment in settled)
        read.failed = len(settled) - read.paid
    _go_on(listed.payments.all(), read.paid, now=now)
    return read


_SETTLED = ("state", "paid_on", "voucher", "failure", "settled_by", "address", "going_on")


def _settled(
    payment: Payment, values: Mapping[str, Any], *, by: User, address: str | None
) -> Payment:
    payment.settled_by, payment.address = by, address
    if values["result"] == FAILED:
        payment.state, payment.failure = Payment.State.FAILED, values["failure"]
        return payment
    payment.state, payment.paid_on = Payment.State.PAID, values["paid_on"]
    payment.voucher, payment.going_on = values["voucher"] or "", True
    return payment


def _wrong(payment: Payment | None, values: Mapping[str, Any], now: datetime) -> Iterator[Problem]:
    if payment is None:
        yield _problem("number", "本清单没有这个待支付的办件，或者在表中重复", "请核对办件编号")
    # A row that was sorted apart from its number: amounts are often alike, payees are not.
    elif values["payee"] != payment.payee:
        yield _problem(
            "payee", f"与清单收款人“{payment.payee}”不一致", "请按清单填写，不要移动单元格"
        )
    elif values["amount"] != payment.amount:
        yield _problem("amount", f"与清单金额 {payment.amount} 元不一致", "请按清单金额填写")
    elif values["result"] == PAID and not (
        timezone.localdate(payment.at) <= values["paid_on"] <= timezone.localdate(now)
    ):
        yield _problem("paid_on", "支付日期早于登记日期或者晚于今日", "请核对支付日期")


def _problem(name: str, message: str, remedy: str) -> Problem:
    label = PAYMENT_FORM.fields_by_name[name].label
    return Problem(field=name, code="payment", label=label, message=message, remedy=remedy)


# --- the cases go on ---------------------------------------------------------------------------


def held_up(user: User) -> QuerySet[Payment]:
    """What was paid of cases that lie at the reviewer's agencies and could not go on."""
    return Payment.objects.filter(
        state=Payment.State.PAID,
        step__acted_at__isnull=True,
        step__agency__in=user.scope.agencies(Power.REVIEW),
        step__case__state=State.PENDING,
    ).exclude(held_up="")


def take_up(*, payments: Sequence[int], by: User, now: datetime, address: str | None) -> int:
    """Have the cases of what was paid go on as `by` does it; of how many that is tried."""
    with transaction.atomic():
        found = held_up(by).filter(pk__in=payments).select_for_update(of=("self",))
        keys = list(found.order_by("pk").values_list("pk", flat=True))
        taken = Payment.objects.filter(pk__in=keys)
        taken.update(settled_by=by, address=address, going_on=True, held_up="")
    _go_on(taken, len(keys), now=now)
    return len(keys)


def _go_on(waiting: QuerySet[Payment], count: int, *, now: datetime) -> None:
    if count > AT_ONCE:
        queue()
    else:
        go_on(waiting, clock=lambda: now)


def queue() -> None:
    """Queue the job, unless it is queued already."""
    with suppress(AlreadyEnqueued), transaction.atomic():  # refused, it spoils no more than itself
        app.configure_task(GO_ON, queueing_lock=GO_ON).defer()


def queue_rest() -> None:
    """Queue it where anything is left: nothing is lost by a job that was killed."""
    if Payment.objects.filter(going_on=True).exists():
        queue()


def go_on(waiting: QuerySet[Payment], *, clock: Callable[[], datetime]) -> None:
    """Take the cases of what was paid on, each on its own, up to one that another process has in hand:
    that goes on from there."""
    for key in waiting.filter(going_on=True).order_by("pk").values_list("pk", flat=True):
        if not _take_on(key, now=clock()):
            return


@transaction.atomic
def _take_on(key: int, *, now: datetime) -> bool:
    """Take one on, unless another process does; whether it is done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [_IN_HAND, key % _MOST_KEY])
        if not cursor.fetchone()[0]:
            return False
    found = Payment.objects.select_related("step__case__current", "settled_by")
    payment = found.filter(pk=key, going_on=True).first()
    if payment is not None:
        why = _completed(payment, now)
        Payment.objects.filter(pk=key).update(going_on=False, held_up=why[:200])
    return True


def _completed(payment: Payment, now: datetime) -> str:
    """End the step in which it was paid; why that cannot be, "" where it is done."""
    step, by = payment.step, payment.settled_by
    assert by is not None and step.case.filed_at is not None
    outcomes = procedure_of(step.case).step(step.key).outcomes
    try:
        handling.complete(
            case=step.case,
            step=step.pk,
            outcome=Outcome.NEXT if Outcome.NEXT in outcomes else Outcome.END,
            answers={
                "payee": payment.payee,
                "payee_bank": payment.bank,
                "payee_account": payment.account,
                "paid_amount": str(payment.amount),
                "paid_on": str(payment.paid_on),
                "paid_voucher": payment.voucher,
            },
            seen=step.case.filed_at,
            by=by,
            now=now,
            address=payment.address,
        )
    except (Refused, Forbidden, NotAllowed) as error:
        return str(error)
    except SealBroken as broken:
        record_broken([broken], f"支付 {step.case.number}", by=by, address=payment.address)
        return "加密保存的内容与所属记录不符，已记入日志，请告知经办机构的系统管理员"
    except Exception:
        # Whatever befell this one, the others go on and somebody is told.
        logger.exception("case %s could not go on once it was paid", step.case_id)
        return "系统故障，请重试"
    return ""
