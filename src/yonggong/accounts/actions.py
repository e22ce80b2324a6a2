"""Every write about accounts. Each is one transaction and leaves its line in the access log."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from yonggong.accounts.models import AccessEntry, Grant, User
from yonggong.accounts.roles import ROLES, SEPARATED
from yonggong.vault import seal


class AccountProblem(Exception):
    """An account act that the rules refuse; the message is for the person who asked."""


@transaction.atomic
def create_user(
    *,
    username: str,
    name: str,
    password: str,
    mobile: str = "",
    must_change_password: bool = True,
    by: User | None,
    address: str | None = None,
) -> User:
    """Create an account without any right. `by` is None where people register themselves.

    Raises `AccountProblem` where the name is taken, Django's ValidationError where the
    password is too weak.
    """
    if User.objects.filter(username=username).exists():
        raise AccountProblem(f"账号“{username}”已被使用，请换一个账号。")
    user = User(
        username=username,
        name=name,
        mobile_sealed=seal(mobile),
        must_change_password=must_change_password,
    )
    validate_password(password, user)
    user.set_password(password)
    user.save()
    record(AccessEntry.Kind.ACCOUNT, f"账号 {username}", "创建账号", by=by, address=address)
    return user


@transaction.atomic
def grant(
    *,
    user: User,
    role: str,
    region_code: str = "",
    agency_id: int | None = None,
    employer_id: int | None = None,
    by: User | None,
    address: str | None = None,
) -> Grant:
    """Give `user` a role where it is to hold.

    Raises `AccountProblem` where the role would join two powers that SX-5 keeps apart.
    """
    held = set(user.grants.values_list("role", flat=True)) | {role}
    for apart in SEPARATED:
        both = held & apart
        if len(both) > 1:
            names = "、".join(ROLES[key].title for key in sorted(both))
            raise AccountProblem(f"同一账号不得兼任{names}，请另用账号授权。")
    # A dict, for the stubs know no None in a look-up.
    where: dict[str, Any] = {"agency_id": agency_id, "employer_id": employer_id}
    granted, created = Grant.objects.get_or_create(
        user=user, role=role, region_code=region_code, **where, defaults={"granted_by": by}
    )
    if created:
        record(
            AccessEntry.Kind.ACCOUNT,
            f"账号 {user.username}",
            f"授予角色 {ROLES[role].title}",
            by=by,
            address=address,
        )
    return granted


@transaction.atomic
def change_password(*, user: User, password: str, address: str | None = None) -> None:
    """Set the user's own new password. Raises ValidationError where it is too weak."""
    validate_password(password, user)
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record(AccessEntry.Kind.ACCOUNT, f"账号 {user.username}", "修改密码", by=user, address=address)


def record(
    kind: AccessEntry.Kind,
    subject: str,
    detail: str = "",
    *,
    by: User | None,
    address: str | None,
) -> None:
    """Add one line to the access log."""
    AccessEntry.objects.create(
        kind=kind, subject=subject[:200], detail=detail[:500], user=by, address=address
    )
