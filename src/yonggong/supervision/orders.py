"""An order to correct, from its issue to its end: served, answered, corrected or refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases.bulk import reserve
from yonggong.employers.operators import tell_operators
from yonggong.forms.reading import as_sentence
from yonggong.registry.models import Employer, Evidence
from yonggong.registry.queries import within
from yonggong.supervision import clues, grounds
from yonggong.supervision.acting import Hand, Thing, Unfit, note, refuse_concerned, words
from yonggong.supervision.models import Clue, Notice, Order, Reply
from yonggong.supervision.notices import office_of, render_notice

State = Order.State
# Longer than any order leaves.
_MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Content:
    """What an order says: what is wrong, what is wanted, by when, and on which grounds (keys)."""

    wrong: str
    wanted: str
    correct_by: date
    grounds: Sequence[str]


def visible_to(user: User) -> QuerySet[Order]:
    """The orders of the regions in which `user` inspects or supervises."""
    reached = user.scope.regions(Power.ORDER, Power.RECORD, Power.SUPERVISE)
    return Order.objects.filter(within(reached)).select_related("employer", "issued_by")


def own(user: User) -> QuerySet[Order]:
    """The orders to the employers that `user` files for, once they are served; the latest first."""
    reached = user.scope.employers(Power.FILE)
    served = Order.objects.filter(employer__in=reached, served_on__isnull=False)
    return served.select_related("employer").order_by("-pk")


def employers_ordered_by(user: User) -> QuerySet[Employer]:
    """The employers to whom `user` may issue an order."""
    return Employer.objects.filter(within(user.scope.regions(Power.ORDER)))


@transaction.atomic
def issue(*, employer: Employer, content: Content, clue: Clue | None = None, hand: Hand) -> Order:
    """Issue an order with its paper; a clue about the employer that it comes from is taken up.

    Raises `Unfit`; `Employer.DoesNotExist`, `Clue.DoesNotExist` out of the inspector's reach.
    """
    employer = employers_ordered_by(hand.by).get(pk=employer.pk)
    refuse_concerned(hand, employer)
    if clue is not None:
        clue = clues.decided_by(hand.by).filter(clues.about(employer)).get(pk=clue.pk)
    # The number is printed on the paper, so it must be known before the row is written.
    (pk,) = reserve("supervision_order", 1)
    order = Order(
        pk=pk,
        employer=employer,
        region_code=employer.region_code,
        clue=clue,
        office=office_of(hand.by, employer.region_code),
        wrong=words(content.wrong, "存在的问题", most=1000),
        wanted=words(content.wanted, "改正要求"),
        grounds=_grounds(content.grounds, employer.region_code),
        correct_by=_correct_by(content.correct_by, hand.today),
        issued_by=hand.by,
        issued_at=hand.now,
    )
    order.number = f"ZG{employer.region_code}{hand.today:%Y%m%d}{order.pk:06d}"
    order.save(force_insert=True)
    notice = Notice(order=order)
    notice.keep(render_notice(order, hand.today))
    notice.save(force_insert=True)
    note(hand, Thing.ORDER, order.pk, "发出通知书", f"改正期限 {order.correct_by}")
    if clue is not None and clue.state == Clue.State.NEW:
        clues.take_up(clue=clue, said=f"责令限期改正，文书编号 {order.number}", hand=hand)
    return order


def _grounds(keys: Sequence[str], region: str) -> list[str]:
    known = [ground.key for ground in grounds.holding_in(region)]
    chosen = [key for key in known if key in keys]
    if not chosen:
        raise Unfit("请选择依据的规定。")
    return chosen


def _correct_by(day: date, today: date) -> date:
    if not 0 < (day - today).days <= _MOST_DAYS:
        raise Unfit("改正期限应当在今日以后、一年以内。")
    return day


@transaction.atomic
def serve(
    *,
    order: Order,
    how: str,
    on: date,
    received_by: str,
    evidence: Evidence | None = None,
    hand: Hand,
) -> Order:
    """Record how, when and to whom the paper was served; from then on the employer sees it and is
    told. Raises `Unfit`, `Order.DoesNotExist`."""
    order = _locked(order, hand, State.ISSUED)
    if how not in Order.Service.values:
        raise Unfit("请选择送达方式。")
    if not timezone.localdate(order.issued_at) <= on <= hand.today:
        raise Unfit("送达日期应当在发出日期以后、不晚于今日。")
    order.state, order.served_how, order.served_on = State.SERVED, Order.Service(how), on
    order.received_by = words(received_by, "收件人", most=100)
    order.save(update_fields=["state", "served_how", "served_on", "received_by"])
    said = f"{order.get_served_how_display()}，{on}，收件人：{order.received_by}"
    note(hand, Thing.ORDER, order.pk, "送达", said, evidence=evidence)
    _tell(
        order,
        "收到责令限期改正通知书",
        f"{order.office}要求贵单位于 {order.correct_by} 前改正：{as_sentence(order.wanted)}"
        "请在“责令改正”中查看通知书，改正后提交改正情况。",
        hand.now,
    )
    return order


@transaction.atomic
def reply(
    *,
    order: Order,
    said: str,
    evidence: Evidence | None,
    by: User,
    now: datetime,
    address: str | None,
) -> Reply:
    """Keep what the employer says that it has done. Raises `Unfit`, `Order.DoesNotExist`."""
    order = own(by).select_for_update(of=("self",)).get(pk=order.pk)
    if order.state not in (State.SERVED, State.REPLIED):
        raise Unfit(f"该通知书{order.get_state_display()}，不能再提交改正情况。")
    said = words(said, "改正情况", most=1000)
    order.state = State.REPLIED
    order.save(update_fields=["state"])
    return Reply.objects.create(
        order=order, said=said, evidence=evidence, by=by, at=now, address=address
    )


@transaction.atomic
def close(*, order: Order, said: str, hand: Hand) -> Order:
    """Note that what was wrong is corrected. Raises `Unfit`, `Order.DoesNotExist`."""
    order = _locked(order, hand, State.SERVED, State.REPLIED)
    said = words(said, "复查情况")
    _end(order, State.CORRECTED, "复查，已改正", said, hand)
    _tell(order, "责令改正已结案", f"经复查，通知书 {order.number} 所列问题已改正。", hand.now)
    return order


@transaction.atomic
def pass_on(*, order: Order, said: str, hand: Hand) -> Order:
    """Note that the employer refused to correct in time, and pass it on to be dealt with.

    Raises `Unfit` as long as there is time, `Order.DoesNotExist`.
    """
    order = _locked(order, hand, State.SERVED, State.REPLIED)
    if hand.today <= order.correct_by:
        raise Unfit(f"改正期限 {order.correct_by} 未满，不能认定拒不改正。")
    said = words(said, "认定的情况")
    _end(order, State.REFUSED, "认定拒不改正，移送查处", said, hand)
    _tell(
        order,
        "未按期改正，已移送查处",
        f"通知书 {order.number} 所列问题逾期未改正，已移送劳动保障监察查处。",
        hand.now,
    )
    return order


@transaction.atomic
def withdraw(*, order: Order, reason: str, hand: Hand) -> Order:
    """Take an order back that should not have been issued. Raises `Unfit`, `Order.DoesNotExist`."""
    order = _locked(order, hand, State.ISSUED, State.SERVED, State.REPLIED)
    _end(order, State.WITHDRAWN, "撤销", words(reason, "撤销的理由"), hand)
    if order.served_on is not None:
        _tell(order, "责令改正已撤销", f"通知书 {order.number} 已撤销。", hand.now)
    return order


def locked(order: Order, hand: Hand) -> Order:
    """The order, locked, for an inspector who records what becomes of it. Raises `Unfit` where they have
    to keep out, `Order.DoesNotExist`."""
    reached = within(hand.by.scope.regions(Power.RECORD))
    found = Order.objects.filter(reached).select_related("employer")
    order = found.select_for_update(of=("self",)).get(pk=order.pk)
    refuse_concerned(hand, order.employer)
    return order


def _locked(order: Order, hand: Hand, *states: Order.State) -> Order:
    """The same in one of the states."""
    order = locked(order, hand)
    if order.state not in states:
        raise Unfit(f"该通知书{order.get_state_display()}，不能这样办理。请刷新后查看。")
    return order


def _end(order: Order, state: Order.State, act: str, said: str, hand: Hand) -> None:
    order.state, order.ended_at = state, hand.now
    order.save(update_fields=["state", "ended_at"])
    note(hand, Thing.ORDER, order.pk, act, said)


def _tell(order: Order, title: str, body: str, now: datetime) -> None:
    """Tell everybody who acts for the employer."""
    tell_operators(order.employer, f"order-{order.pk}-{order.state}", title, body, now)
