"""Sign-ins as the security officer sees them: who, where, and what is unusual of each."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, ExtractHour

from yonggong.accounts import devices
from yonggong.accounts.models import AccessEntry, OpenSession, User
from yonggong.accounts.queries import accounts_watched_by

Kind = AccessEntry.Kind
# Bureaus do not work at night; from an address not used for so long; so many failures in the hour
# before the password was right.
_NIGHT_FROM, _NIGHT_TO = 22, 6
_KNOWN_FOR = timedelta(days=90)
_FAILURES, _WITHIN = 5, timedelta(hours=1)
UNUSUAL = {
    "at_night": "夜间登录",
    "new_address": "新的来源地址",
    "after_failures": "多次失败后登录",
}

IS_UNUSUAL = Q(at_night=True) | Q(new_address=True) | Q(after_failures=True)


def sign_ins_watched_by(user: User) -> QuerySet[AccessEntry]:
    """What the accounts that `user` watches signed in and out, and failed to; of each sign-in whether
    it was `at_night`, from a `new_address`, `after_failures`."""
    earlier = AccessEntry.objects.filter(
        user=OuterRef("user"),
        kind=Kind.SIGN_IN,
        pk__lt=OuterRef("pk"),
        at__gte=_before("at", _KNOWN_FOR),
    )
    failures = (
        AccessEntry.objects.filter(
            user=OuterRef("user"),
            kind=Kind.SIGN_IN_FAILED,
            pk__lt=OuterRef("pk"),
            at__gte=_before("at", _WITHIN),
        )
        .order_by()
        .values("user")
        .annotate(times=Count("pk"))
        .values("times")
    )
    signed_in = Q(kind=Kind.SIGN_IN)
    return (
        AccessEntry.objects.filter(
            kind__in=(Kind.SIGN_IN, Kind.SIGN_IN_FAILED, Kind.SIGN_OUT),
            user__in=accounts_watched_by(user).values("pk"),
        )
        .select_related("user")
        .annotate(
            hour=ExtractHour("at"),
            failed_before=Coalesce(Subquery(failures), 0),
        )
        .annotate(
            at_night=_if(signed_in & (Q(hour__gte=_NIGHT_FROM) | Q(hour__lt=_NIGHT_TO))),
            new_address=_if(
                signed_in & Exists(earlier) & ~Exists(earlier.filter(address=OuterRef("address")))
            ),
            after_failures=_if(signed_in & Q(failed_before__gte=_FAILURES)),
        )
    )


def unusual_watched_by(user: User) -> QuerySet[AccessEntry]:
    """Those of them of which something is unusual."""
    return sign_ins_watched_by(user).filter(IS_UNUSUAL)


def _before(field: str, time: timedelta) -> ExpressionWrapper:
    return ExpressionWrapper(OuterRef(field) - Value(time), output_field=DateTimeField())


def _if(condition: Q) -> Case:
    return Case(
        When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()
    )


def unusual_of(entry: AccessEntry) -> str:
    """What is unusual of one of `sign_ins_watched_by`, in words; "" for nothing."""
    return "、".join(said for name, said in UNUSUAL.items() if getattr(entry, name))


def signed_in_now(user: User, *, now: datetime) -> QuerySet[OpenSession]:
    """The sessions of watched accounts that go on, the one used last first."""
    watched = accounts_watched_by(user).filter(state=User.State.ACTIVE).values("pk")
    found = devices.going_on(now=now).filter(user__in=watched)
    return found.select_related("user").prefetch_related("user__grants")
