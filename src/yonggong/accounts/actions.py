"""Every write about accounts. Each is one transaction and leaves its line in the access log."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction

from yonggong.accounts.models import AccessEntry, Grant, User
from yonggong.accounts.roles import ROLES, SEPARATED
from yonggong.catalogue.items import HUMAN_RESOURCES
from yonggong.vault import seal


class AccountProblem(Exception):
    """An account act that the rules refuse; the message is for the person who asked, `about` the
    field it is about ("" for none)."""

    def __init__(self, message: str, *, about: str = "") -> None:
        super().__init__(message)
        self.about = about


@transaction.atomic
def create_user(
    *,
    username: str,
    name: str,
    password: str,
    mobile: str = "",
    email: str = "",
    must_change_password: bool = True,
    by: User | None,
    address: str | None = None,
) -> User:
    """Create an account without any right. `by` is None where people register themselves.

    Raises `AccountProblem` where the name is taken, Django's ValidationError where the
    password is too weak.
    """
    user = User(
        username=username,
        name=name,
        mobile_sealed=seal(mobile),
        email=email,
        must_change_password=must_change_password,
    )
    validate_password(password, user)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise AccountProblem(
            f"账号“{username}”已被使用，请换一个账号。", about="username"
        ) from None
    record(AccessEntry.Kind.ACCOUNT, f"账号 {username}", "创建账号", by=by, address=address)
    return user


@transaction.atomic
def grant(
    *,
    user: User,
    role: str,
    region_code: str = "",
    department: str = HUMAN_RESOURCES,
    agency_id: int | None = None,
    employer_id: int | None = None,
    by: User | None,
    address: str | None = None,
) -> Grant:
    """Give `user` a role where it is to hold: in a region for a department, at an agency for that
    agency's, or for an employer.

    Raises `AccountProblem` where the role would join two powers that SX-5 keeps apart, for one's
    own account, and for one that is cancelled.
    """
    if by is not None and by.pk == user.pk:
        raise AccountProblem("不能变更本人的权限，请由其他业务管理员办理。")
    # Locked, so that two roles kept apart are not given in the same moment.
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.state == User.State.CANCELLED:
        raise AccountProblem("该账号已注销，不能授予权限。")
    held = set(user.grants.values_list("role", flat=True)) | {role}
    for apart in SEPARATED:
        both = held & apart
        if len(both) > 1:
            names = "、".join(ROLES[key].title for key in sorted(both))
            raise AccountProblem(f"同一账号不得兼任{names}，请另用账号授权。")
    # A dict, for the stubs know no None in a look-up.
    where: dict[str, Any] = {"agency_id": agency_id, "employer_id": employer_id}
    if agency_id is None:  # an agency's grant has that agency's
        where["department"] = department
    granted, created = Grant.objects.get_or_create(
        user=user,
        role=role,
        region_code=region_code,
        **where,
        defaults={"granted_by": by},
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


@transaction.atomic
def change_contacts(*, user: User, mobile: str, email: str, address: str | None = None) -> None:
    """Set how the user can be reached: their own mobile number and, or "", e-mail address."""
    changed = [
        label
        for label, before, after in (
            ("手机号", user.mobile, mobile),
            ("电子邮箱", user.email, email),
        )
        if before != after
    ]
    if not changed:
        return
    user.mobile_sealed, user.email = seal(mobile), email
    user.save(update_fields=["mobile_sealed", "email"])
    said = f"修改{'、'.join(changed)}"
    record(AccessEntry.Kind.ACCOUNT, f"账号 {user.username}", said, by=user, address=address)


@transaction.atomic
def identify(*, user: User, person: int, by: User | None, address: str | None = None) -> User:
    """Note which person (key of a party) signs in with the account; once known, it stays.

    Raises `AccountProblem`.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.person_id not in (None, person):
        raise AccountProblem("该账号已经对应另一人，不能改为他人。")
    user.person_id = person
    user.save(update_fields=["person"])
    record(AccessEntry.Kind.ACCOUNT, f"账号 {user.username}", "核实本人", by=by, address=address)
    return user


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


def record_access(
    subject: str, detail: str, *, download: bool = False, by: User, address: str | None
) -> None:
    """Add to the access log that `by` saw personal data whole, or took it along as a file
    (NMG-10)."""
    kind = AccessEntry.Kind.DOWNLOAD if download else AccessEntry.Kind.PERSONAL
    record(kind, subject, detail, by=by, address=address)


_STATE_ACTS: dict[str, tuple[frozenset[str], str]] = {
    User.State.FROZEN: (frozenset({User.State.ACTIVE}), "冻结账号"),
    User.State.ACTIVE: (frozenset({User.State.FROZEN}), "解冻账号"),
    User.State.CANCELLED: (frozenset({User.State.ACTIVE, User.State.FROZEN}), "注销账号"),
}


@transaction.atomic
def set_state(*, user: User, state: str, by: User, address: str | None = None) -> User:
    """Freeze, unfreeze or cancel an account (SX-5). Raises `AccountProblem`."""
    user = User.objects.select_for_update().get(pk=user.pk)
    sources, said = _STATE_ACTS[state]
    if user.pk == by.pk:
        raise AccountProblem("不能对本人的账号进行此项操作，请由其他系统管理员办理。")
    if user.state not in sources:
        raise AccountProblem(f"该账号当前为“{user.get_state_display()}”，不能{said}。")
    user.state = state
    user.save(update_fields=["state"])
    record(AccessEntry.Kind.ACCOUNT, f"账号 {user.username}", said, by=by, address=address)
    return user


@transaction.atomic
def unlock(*, user: User, by: User, address: str | None = None) -> None:
    """End a lock-out before its time."""
    User.objects.filter(pk=user.pk).update(locked_until=None, failed_sign_ins=0)
    record(
        AccessEntry.Kind.ACCOUNT, f"账号 {user.username}", "解除登录锁定", by=by, address=address
    )


@transaction.atomic
def reset_password(*, user: User, by: User, address: str | None = None) -> str:
    """Give the account a new initial password, to be changed at the next sign-in; returns it, the
    only time it can be read. Raises `AccountProblem` for the administrator's own account."""
    if user.pk == by.pk:
        raise AccountProblem("本人的密码请在“修改密码”中修改。")
    password = initial_password()
    user.set_password(password)
    user.must_change_password = True
    user.locked_until, user.failed_sign_ins = None, 0
    user.save(update_fields=["password", "must_change_password", "locked_until", "failed_sign_ins"])
    record(AccessEntry.Kind.ACCOUNT, f"账号 {user.username}", "重置密码", by=by, address=address)
    return password


def initial_password() -> str:
    """A password that satisfies the rules and has no characters that look alike."""
    kinds = ("abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKMNPQRSTUVWXYZ", "23456789", "-+=#")
    chosen = [secrets.choice(kind) for kind in kinds for _ in range(3)]
    secrets.SystemRandom().shuffle(chosen)
    return "".join(chosen)


@transaction.atomic
def revoke(*, grant: Grant, by: User, address: str | None = None) -> None:
    """Take a role away. Raises `AccountProblem` for one's own."""
    if grant.user_id == by.pk:
        raise AccountProblem("不能变更本人的权限，请由其他业务管理员办理。")
    record(
        AccessEntry.Kind.ACCOUNT,
        f"账号 {grant.user.username}",
        f"收回角色 {ROLES[grant.role].title}",
        by=by,
        address=address,
    )
    grant.delete()
