"""What every act of this room has in common: who acts, when, from where; who must not (回避)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.contracts.models import Contract
from yonggong.forms.reading import read_remark
from yonggong.registry.models import Employer, Evidence
from yonggong.supervision.act_models import Act
from yonggong.supervision.recusal_models import Recusal

Thing = Act.Thing
MOST_WORDS = 500


class Unfit(Exception):
    """An act that cannot be done so; the message is for whoever tried."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Who acts, when and from where."""

    by: User
    now: datetime
    address: str | None

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)


def note(
    hand: Hand,
    thing: Thing,
    key: int,
    act: str,
    said: str = "",
    *,
    evidence: Evidence | None = None,
) -> Act:
    """Write down an act, in its transaction."""
    return Act.objects.create(
        thing=thing,
        key=key,
        act=act,
        said=said,
        evidence=evidence,
        by=hand.by,
        at=hand.now,
        address=hand.address,
    )


def acts_on(thing: Thing, key: int) -> QuerySet[Act]:
    """What was done about a thing, the first first."""
    found = Act.objects.filter(thing=thing, key=key).select_related("by", "evidence")
    return found.defer("evidence__content").order_by("pk")


def words(text: str, what: str, *, most: int = MOST_WORDS) -> str:
    """A text that must say something. Raises `Unfit`."""
    read = read_remark(text, most=most)
    if not read:
        raise Unfit(f"请填写{what}。")
    return read


def concerned_in(user: User) -> frozenset[int]:
    """The employers (keys) in whose matters an inspector has to keep out (Regulation on Labour Security
    Inspection, Art. 16): they act for it, work or worked there, or declare why (`recusals`)."""
    declared = Recusal.objects.filter(inspector=user, ended_at__isnull=True)
    concerned = user.scope.parties().union(declared.values_list("employer", flat=True))
    if user.person_id is None:
        return concerned
    held = Contract.objects.filter(worker=user.person_id).exclude(state=Contract.State.VOID)
    return concerned.union(held.values_list("employer", flat=True))


def is_concerned(user: User, employer: Employer) -> bool:
    """Whether an inspector has to keep out of an employer's matters."""
    return employer.pk in concerned_in(user)


def refuse_concerned(hand: Hand, employer: Employer | None) -> None:
    """Raises `Unfit` where the inspector has to keep out."""
    if employer is not None and is_concerned(hand.by, employer):
        raise Unfit("您是该单位的经办人、劳动者，或者已申报回避，应当回避，请由其他监察员办理。")
