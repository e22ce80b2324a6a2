"""Every write about accounts. Each is one transaction and leaves its line in the access log."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from django.apps import apps
from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from yonggong.accounts.models import AccessEntry, User
from yonggong.accounts.telling import Told, tell
from yonggong.forms.reading import as_sentence
from yonggong.vault.sealing import SealBroken


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
    region_code: str = "",
    must_change_password: bool = True,
    by: User | None,
    address: str | None = None,
) -> User:
    """Create an account without any right, which those who administer its region see. `by` is None
    where people register themselves.

    Raises `AccountProblem` where the name is taken, Django's ValidationError where the
    password is too weak.
    """
    user = User(
        username=unicodedata.normalize("NFKC", username),
        name=name,
        email=email,
        region_code=region_code,
        must_change_password=must_change_password,
    )
    user.keep_mobile(mobile)
    validate_password(password, user)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise AccountProblem(
            f"账号“{username}”已被使用，请换一个账号。", about="username"
        ) from None
    record_account(user, "创建账号", by=by, address=address)
    return user


@transaction.atomic
def change_password(*, user: User, password: str, address: str | None = None) -> None:
    """Set the user's own new password. Raises ValidationError where it is too weak."""
    _set_password(user, password, "修改密码", address)


@transaction.atomic
def recover_password(*, user: User, password: str, address: str | None = None) -> None:
    """Set the password of whoever read out a code sent to their mobile; all sessions of the account
    end. Raises ValidationError where it is too weak."""
    user = User.objects.select_for_update().get(pk=user.pk)
    user.end_sessions()
    user.save(update_fields=["session_epoch"])
    _set_password(user, password, "凭短信验证码重设密码", address)


def _set_password(user: User, password: str, said: str, address: str | None) -> None:
    validate_password(password, user)
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record_proof(user, said, by=user, address=address)


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
    user.keep_mobile(mobile)
    user.email = email
    user.save(update_fields=["mobile_sealed", "email"])
    said = f"修改{'、'.join(changed)}"
    record_proof(user, said, by=user, address=address)


@transaction.atomic
def identify(*, user: User, person: int, by: User | None, address: str | None = None) -> User:
    """Note which person (key of a party) signs in with the account; it stays until that is undone
    (`administering.undo_identification`). A person has one account that is not cancelled.

    Raises `AccountProblem`.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    # One after the other, so that no two accounts become one person's.
    apps.get_model("registry", "Party").objects.select_for_update(no_key=True).get(pk=person)
    if user.person_id not in (None, person):
        raise AccountProblem("该账号已经对应另一人，不能改为他人。")
    held = User.objects.filter(person=person).exclude(state=User.State.CANCELLED)
    if held.exclude(pk=user.pk).exists():
        raise AccountProblem("此人已有对应的账号，一人只能对应一个账号。")
    user.person_id = person
    user.save(update_fields=["person"])
    record_account(user, "核实本人", by=by, address=address)
    return user


def record(
    kind: AccessEntry.Kind,
    subject: str,
    detail: str = "",
    *,
    by: User | None,
    address: str | None,
    about: User | None = None,
    purpose: str = "",
) -> None:
    """Add one line to the access log; `about` is the account that it is done to, `purpose` why
    somebody looked, where they were asked."""
    AccessEntry.objects.create(
        kind=kind,
        subject=subject[:200],
        detail=detail[:500],
        user=by,
        about=about,
        purpose=purpose,
        address=address,
    )


def record_proof(account: User, said: str, *, by: User | None, address: str | None) -> None:
    """Log how somebody proves from now on who they are, or is reached, and tell the account's owner: what
    they did not do themselves is not to stay unseen."""
    record_account(account, said, by=by, address=address)
    now = timezone.now()
    # None: somebody's own first visit.
    own = by is None or by.pk == account.pk
    how = f"从 {address or '不详的地址'}" if own else "由管理员办理"
    tell(
        Told(
            user=account.pk,
            about=f"account-{said}"[:40],
            title=f"账号变更：{said}"[:100],
            body=f"{timezone.localtime(now):%Y-%m-%d %H:%M}，{how}：{as_sentence(said)}"
            "不是您本人办理或者申请的，请立即修改密码，在“登录安全”中退出其他设备，并联系系统管理员。",
            at=now,
        )
    )


def record_account(account: User, said: str, *, by: User | None, address: str | None) -> None:
    """Add to the access log what was done to an account."""
    record(
        AccessEntry.Kind.ACCOUNT,
        f"账号 {account.username}",
        said,
        by=by,
        about=account,
        address=address,
    )


# So many of one page or export are recorded one by one; the process's own log has them all.
_MOST_BROKEN = 20


def record_broken(
    broken: Sequence[SealBroken], where: str, *, by: User | None, address: str | None
) -> None:
    """Add to the access log, for the security officer, that sealed values did not open: which, and
    on what page `by` met them."""
    titles = {model._meta.db_table: model._meta.verbose_name for model in apps.get_models()}
    once = {one.owner: one for one in broken}  # a list may show the same value in several rows
    for one in list(once.values())[:_MOST_BROKEN]:
        table, _, rest = one.owner.partition("/")
        said = f"{one.reason}；页面：{where}"
        subject = f"{titles.get(table, table)} {rest}"
        record(AccessEntry.Kind.BROKEN, subject, said, by=by, address=address)


def record_access(
    subject: str,
    detail: str,
    *,
    download: bool = False,
    purpose: str = "",
    by: User,
    address: str | None,
) -> None:
    """Add to the access log that `by` saw personal data whole, or took it along as a file
    (NMG-10)."""
    kind = AccessEntry.Kind.DOWNLOAD if download else AccessEntry.Kind.PERSONAL
    record(kind, subject, detail, by=by, address=address, purpose=purpose)
