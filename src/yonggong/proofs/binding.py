"""Accounts bound to certificates and to identities of a provider: every act recorded, by whom and why."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from yonggong.accounts.actions import AccountProblem, record_proof
from yonggong.accounts.administering import needs_second
from yonggong.accounts.models import User
from yonggong.accounts.queries import users_visible_to
from yonggong.accounts.roles import Power
from yonggong.forms.reading import read_remark
from yonggong.proofs.models import Binding
from yonggong.proofs.verifying import Proven
from yonggong.vault import digest

Way = Binding.Way
MOST = 200


def account_of(way: Binding.Way, mark: str) -> User | None:
    """The account that a proof is bound to, whatever its state."""
    found = Binding.objects.filter(way=way, digest=digest(mark), ended_at=None)
    binding = found.select_related("user").first()
    return binding.user if binding else None


def of_account(account: User) -> QuerySet[Binding]:
    """What an account is bound to, and was, the latest first."""
    found = Binding.objects.filter(user=account)
    return found.select_related("bound_by", "ended_by").order_by("-pk")


def mark_of(proven: Proven) -> str:
    """What a certificate is known by."""
    return proven.fingerprint.hex()


def bind_certificate(
    *, account: User, proven: Proven, reason: str, by: User, now: datetime, address: str | None
) -> Binding:
    """Bind a verified certificate to an account: by its owner, or by who administers it.

    Raises `AccountProblem`, `User.DoesNotExist` out of reach.
    """
    if by.pk != account.pk:
        account = users_visible_to(by).get(pk=account.pk)
        if not by.may(Power.MANAGE_ACCOUNTS):
            raise AccountProblem("您没有管理账号的权限。")
        if needs_second(account):
            # Whoever keeps accounts would else sign in as those who watch them (SX-5).
            raise AccountProblem("该账号有管理或审计权限，须由本人登录后绑定。")
    return bind(
        account=account,
        way=Way.CERTIFICATE,
        mark=mark_of(proven),
        shown=f"{proven.name}，序列号 {proven.serial}，{proven.issuer}颁发"[:120],
        until=proven.until,
        reason=reason,
        by=by,
        now=now,
        address=address,
    )


@transaction.atomic
def bind(
    *,
    account: User,
    way: Binding.Way,
    mark: str,
    shown: str,
    until: datetime | None = None,
    reason: str,
    by: User | None,
    now: datetime,
    address: str | None,
) -> Binding:
    """Bind a proof to an account. Raises `AccountProblem` where it is bound already."""
    said = read_remark(reason, most=MOST)
    if not said:
        raise AccountProblem("请填写绑定的依据。", about="reason")
    try:
        with transaction.atomic():
            binding = Binding.objects.create(
                user=account,
                way=way,
                digest=digest(mark),
                shown=shown,
                until=until,
                bound_at=now,
                bound_by=by,
                reason=said,
            )
    except IntegrityError:
        raise AccountProblem(f"该{way.label}已绑定账号，请先解除原来的绑定。") from None
    record_proof(account, f"绑定{way.label}：{shown}，{said}", by=by, address=address)
    return binding


@transaction.atomic
def unbind(*, binding: Binding, by: User, now: datetime, address: str | None) -> Binding:
    """End a binding of one's own, or of an account one administers.

    Raises `AccountProblem`, `Binding.DoesNotExist` out of reach.
    """
    found = Binding.objects.select_for_update(of=("self",)).select_related("user")
    if not by.may(Power.MANAGE_ACCOUNTS):
        found = found.filter(user=by)
    held = found.get(pk=binding.pk)
    if held.user_id != by.pk and not users_visible_to(by).filter(pk=held.user_id).exists():
        raise Binding.DoesNotExist
    if held.ended_at is not None:
        raise AccountProblem("该绑定已经解除。")
    held.ended_at, held.ended_by = now, by
    held.save(update_fields=["ended_at", "ended_by"])
    record_proof(
        held.user, f"解除绑定{held.get_way_display()}：{held.shown}", by=by, address=address
    )
    return held


def end_of_cancelled(*, way: Binding.Way, mark: str, by: User, now: datetime) -> None:
    """What a cancelled account was bound to is free again for the same person's next one, `by`."""
    Binding.objects.filter(
        way=way, digest=digest(mark), ended_at=None, user__state=User.State.CANCELLED
    ).update(ended_at=now, ended_by=by)
