"""Who refused to correct after an order: entered on a list, removed with a reason; and penalties."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.employers.operators import tell_operators
from yonggong.forms.reading import as_sentence
from yonggong.registry.models import Employer
from yonggong.registry.queries import within
from yonggong.supervision.acting import Hand, Thing, Unfit, note, refuse_concerned, words
from yonggong.supervision.models import Defaulter, Order, Penalty
from yonggong.supervision.orders import locked


def visible_to(user: User) -> QuerySet[Defaulter]:
    """The list of the regions in which `user` inspects, supervises or sees what is filed."""
    reached = user.scope.regions(Power.ORDER, Power.RECORD, Power.SUPERVISE, Power.SEE_REGION)
    return Defaulter.objects.filter(within(reached)).select_related(
        "employer", "order", "entered_by", "removed_by"
    )


def penalties_visible_to(user: User) -> QuerySet[Penalty]:
    """The penalties recorded in those regions."""
    reached = user.scope.regions(Power.ORDER, Power.RECORD, Power.SUPERVISE)
    return Penalty.objects.filter(within(reached)).select_related("employer", "order", "by")


def now_listed(employer: Employer) -> Defaulter | None:
    """The employer's entry on the list, where it stands on it."""
    held = Defaulter.objects.filter(employer=employer, removed_at__isnull=True)
    return held.select_related("order").first()


@transaction.atomic
def enter(*, order: Order, reason: str, hand: Hand) -> Defaulter:
    """Enter the employer that refused an order. Raises `Unfit`, `Order.DoesNotExist`."""
    order = locked(order, hand)
    if order.state != Order.State.REFUSED:
        raise Unfit("只有认定拒不改正的，才能列入名单。")
    reason = words(reason, "列入的理由")
    try:
        with transaction.atomic():
            entry = Defaulter.objects.create(
                employer=order.employer,
                order=order,
                region_code=order.region_code,
                reason=reason,
                entered_by=hand.by,
                entered_at=hand.now,
            )
    except IntegrityError:
        raise Unfit("该单位已在名单中。") from None
    note(hand, Thing.DEFAULTER, entry.pk, "列入", reason)
    body = f"理由：{as_sentence(reason)}改正后可以申请移出，有异议的请联系当地人社部门。"
    _tell(entry.employer, f"defaulter-{entry.pk}", "已列入拒不改正名单", body, hand)
    return entry


@transaction.atomic
def remove(*, entry: Defaulter, reason: str, hand: Hand) -> Defaulter:
    """Take an employer off the list. Raises `Unfit`, `Defaulter.DoesNotExist`."""
    reached = within(hand.by.scope.regions(Power.RECORD))
    found = Defaulter.objects.filter(reached).select_for_update(of=("self",))
    entry = found.select_related("employer").get(pk=entry.pk)
    refuse_concerned(hand, entry.employer)
    if entry.removed_at is not None:
        raise Unfit("该单位已移出名单。")
    entry.removal = words(reason, "移出的理由")
    entry.removed_by, entry.removed_at = hand.by, hand.now
    entry.save(update_fields=["removal", "removed_by", "removed_at"])
    note(hand, Thing.DEFAULTER, entry.pk, "移出", entry.removal)
    body = f"理由：{entry.removal}。"
    _tell(entry.employer, f"defaulter-{entry.pk}", "已移出拒不改正名单", body, hand)
    return entry


@transaction.atomic
def record_penalty(
    *,
    order: Order,
    number: str,
    kind: str,
    amount: Decimal | None,
    decided_on: date,
    ground: str,
    hand: Hand,
) -> Penalty:
    """Record a penalty that was decided for what an order was about. Raises `Unfit`."""
    order = locked(order, hand)
    if kind not in Penalty.Kind.values:
        raise Unfit("请选择处罚种类。")
    if (kind == Penalty.Kind.FINE) != (amount is not None):
        raise Unfit("罚款的填写金额，其他种类不填写。")
    if decided_on > hand.today:
        raise Unfit("决定日期不能晚于今日。")
    try:
        with transaction.atomic():
            penalty = Penalty.objects.create(
                employer=order.employer,
                order=order,
                region_code=order.region_code,
                decision_number=words(number, "决定书文号", most=60),
                kind=kind,
                amount=amount,
                decided_on=decided_on,
                ground=words(ground, "处罚依据", most=300),
                by=hand.by,
                at=hand.now,
            )
    except IntegrityError:
        raise Unfit("该决定书已经登记，或者金额不正确。") from None
    note(hand, Thing.PENALTY, penalty.pk, "登记处罚", penalty.decision_number)
    body = (
        f"决定书 {penalty.decision_number}，{penalty.decided_on} 作出；内容和救济途径以决定书为准。"
    )
    _tell(penalty.employer, f"penalty-{penalty.pk}", "登记了一项行政处罚", body, hand)
    return penalty


def _tell(employer: Employer, about: str, title: str, body: str, hand: Hand) -> None:
    """Tell everybody who acts for the employer."""
    tell_operators(employer, about, f"{employer.name}：{title}", body, hand.now)
