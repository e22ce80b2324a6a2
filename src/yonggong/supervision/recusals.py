"""回避 as inspectors declare it: beside what the platform knows by itself (`acting.concerned_in`)."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.codes.normalise import plain
from yonggong.registry.queries import within
from yonggong.supervision.acting import Hand, Thing, Unfit, note, words
from yonggong.supervision.models import Recusal
from yonggong.supervision.orders import employers_ordered_by

MOST_REASON = 200


def visible_to(user: User) -> QuerySet[Recusal]:
    """One's own declarations, and those about employers of the regions that `user` supervises."""
    supervised = within(user.scope.regions(Power.SUPERVISE), field="employer__region_code")
    found = Recusal.objects.filter(Q(inspector=user) | supervised)
    return found.select_related("inspector", "employer")


@transaction.atomic
def declare(*, credit_code: str, reason: str, hand: Hand) -> Recusal:
    """Keep out of an employer's matters from now on. Raises `Unfit`."""
    reason = words(reason, "回避理由", most=MOST_REASON)
    employer = employers_ordered_by(hand.by).filter(credit_code=plain(credit_code)).first()
    if employer is None:
        raise Unfit("本辖区没有该统一社会信用代码的单位。")
    try:
        with transaction.atomic():
            made = Recusal.objects.create(
                inspector=hand.by, employer=employer, reason=reason, declared_at=hand.now
            )
    except IntegrityError:
        raise Unfit("您已申报回避该单位。") from None
    note(hand, Thing.RECUSAL, made.pk, "申报回避", reason)
    return made


@transaction.atomic
def end(*, recusal: Recusal, said: str, hand: Hand) -> Recusal:
    """Note that the reason is over, by whoever declared it. Raises `Unfit`, `Recusal.DoesNotExist`."""
    own = Recusal.objects.filter(inspector=hand.by).select_for_update()
    recusal = own.get(pk=recusal.pk)
    if recusal.ended_at is not None:
        raise Unfit("该回避已经结束。")
    said = words(said, "结束的理由", most=MOST_REASON)
    recusal.ended_at = hand.now
    recusal.save(update_fields=["ended_at"])
    note(hand, Thing.RECUSAL, recusal.pk, "结束回避", said)
    return recusal
