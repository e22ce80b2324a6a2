"""The register of collective contracts: what reviews write on it and take back, and who reads it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from yonggong.accounts.models import User
from yonggong.cases.errors import refused
from yonggong.entitlements.agreement_register import as_filed
from yonggong.entitlements.models import CollectiveAgreement
from yonggong.law.periods import add_months
from yonggong.registry.queries import of_employers_seen_by
from yonggong.relations.collective_models import CollectiveReview

# In which a new one may be asked for before the end (集体合同规定第三十八条).
_RENEWAL_MONTHS = 3
# What a review writes over where the contract stands on the register already.
_REVIEWED = ("reviewed_by", "reviewed_on", "number")
_DAY = timedelta(days=1)


def renewal_opens(end_on: date) -> date:
    """The first day on which either side may ask for the next contract."""
    return add_months(end_on, -_RENEWAL_MONTHS)


def last_of(employer: int, sort: str, *, but: int | None = None) -> CollectiveAgreement | None:
    """The contract of a sort that ends last, of those nobody ended; `but` leaves one out."""
    held = CollectiveAgreement.objects.filter(
        employer=employer, sort=sort, ended_on__isnull=True
    ).exclude(pk=but)
    return held.order_by("-end_on", "-pk").first()


def state_of(agreement: CollectiveAgreement, day: date) -> str:
    """How a contract stands on a day, in words: one that was reviewed here holds once it took effect."""
    review = getattr(agreement, "review", None)
    waits = review is not None and review.effective_on is not None and review.effective_on > day
    return "待生效" if waits and agreement.ended_on is None else agreement.state_on(day)


def in_force(on: date) -> Q:
    """The contracts whose term runs on a day."""
    return Q(start_on__lte=on, end_on__gte=on) & (Q(ended_on__isnull=True) | Q(ended_on__gte=on))


def end(agreement: CollectiveAgreement, on: date) -> None:
    """End a contract on a day; one that ends before then anyway stays as it is."""
    if on < agreement.end_on:
        agreement.ended_on = max(on, agreement.start_on)
        agreement.save(update_fields=["ended_on"])


def follow(agreement: CollectiveAgreement, effective_on: date) -> None:
    """End a contract by another one of its sort that takes effect on a day."""
    end(agreement, effective_on - _DAY)


def take_back(review: CollectiveReview) -> None:
    """Take back what a review wrote; what the employer had filed says again what it said. Raises
    `Refused` naming what was reviewed on it since."""
    held = review.agreement
    if held is not None and (later := held.followed_by.select_related("case").first()):
        raise refused("", "built_on", f"此后已办理{later.case.reference}", "请先撤销后者的审核")
    if review.before is not None:
        before = review.before
        before.ended_on = review.before_ended_on
        before.save(update_fields=["ended_on"])
    review.delete()
    if held is None:
        return
    if review.made:
        held.delete()
    else:
        filed = as_filed(held.case)
        for name in _REVIEWED:
            setattr(held, name, filed[name])
        held.save(update_fields=_REVIEWED)


def visible_to(user: User) -> QuerySet[CollectiveAgreement]:
    """The register of the employers and regions of `user`."""
    held = CollectiveAgreement.objects.filter(of_employers_seen_by(user))
    return held.select_related("employer", "review", "case")
