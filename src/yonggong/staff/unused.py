"""Accounts of bureaus and administrators that nobody uses are frozen: told a week before, never the last of
a kind; unfreezing is applied for as ever."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from yonggong import policy
from yonggong.accounts import administering, leaving
from yonggong.accounts.actions import AccountProblem, record_account
from yonggong.accounts.models import AccessEntry, Grant, User
from yonggong.accounts.telling import Told, tell
from yonggong.employers.operators import ROLE as OPERATOR

# So many days before it is frozen its holder is told.
_TOLD_BEFORE = 7
_TOLD = "预告停用"
# What was done to an account by which its time counts anew.
_ANEW = "^(解冻账号|授予角色|重置密码)"


def run(*, now: datetime) -> None:
    """Freeze what was told of and is still unused; tell the holders of what is going to be."""
    for account in _of_offices().prefetch_related("grants").order_by("pk"):
        days = _days_for(account, now)
        if days and _unused(account, since=_days_ago(now, days)):
            if _was_told(account, now, days):
                _freeze(account, days, now)
        elif days and _unused(account, since=_days_ago(now, days - _TOLD_BEFORE)):
            _tell(account, days, now)


def _of_offices() -> QuerySet[User]:
    """Active accounts with a role in an office: an employer's operators come once a year."""
    roles = Grant.objects.filter(user=OuterRef("pk")).exclude(role=OPERATOR)
    return User.objects.filter(Exists(roles), state=User.State.ACTIVE)


def _days_for(account: User, now: datetime) -> int:
    places = [grant.region_code for grant in account.grants.all() if grant.region_code]
    region = account.region_code or min(places, default="")
    if not region:
        return 0
    return policy.of(region, timezone.localdate(now)).reminders.account_unused_days


def _days_ago(now: datetime, days: int) -> datetime:
    day = timezone.localdate(now) - timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time()))


def _unused(account: User, *, since: datetime) -> bool:
    used = User.objects.annotate(used=Coalesce("last_login", "created_at"))
    return (
        used.filter(pk=account.pk, used__lt=since, created_at__lt=since).exists()
        and not _lines(account, since).filter(detail__regex=_ANEW).exists()
    )


def _lines(account: User, since: datetime) -> QuerySet[AccessEntry]:
    return AccessEntry.objects.filter(about=account, kind=AccessEntry.Kind.ACCOUNT, at__gte=since)


def _was_told(account: User, now: datetime, days: int) -> bool:
    told = _lines(account, _days_ago(now, days)).filter(detail__startswith=_TOLD)
    if told.filter(at__lt=_days_ago(now, _TOLD_BEFORE - 1)).exists():
        return True
    if not told.exists():
        _tell(account, days, now)
    return False


def _tell(account: User, days: int, now: datetime) -> None:
    """Once: what was told is in the access log."""
    if _lines(account, _days_ago(now, days)).filter(detail__startswith=_TOLD).exists():
        return
    with transaction.atomic():
        said = f"{_TOLD}：连续{days}日未使用将被冻结"
        record_account(account, said, by=None, address=None)
        tell(
            Told(
                user=account.pk,
                about="account-unused",
                title="您的账号即将因长期未使用被冻结",
                body=f"连续{days}日未登录的账号由系统冻结。请在{_TOLD_BEFORE}日内登录；"
                "冻结后须由本机构申请、系统管理员解冻。",
                at=now,
            )
        )


def _freeze(account: User, days: int, now: datetime) -> None:
    """What lies with it goes back where it can; the rest waits for an administrator to hand it over. The last
    of a kind is not frozen."""
    said = f"连续{days}日未使用，系统冻结"
    try:
        with transaction.atomic():
            leaving.hand_over_able(
                account=account, to=None, reason=said, by=account, now=now, address=None
            )
            administering.freeze_unused(account=account, said=said)
    except AccountProblem:
        return
