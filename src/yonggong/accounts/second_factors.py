"""What proves who somebody is beside the password: an authenticator app with its recovery codes.

(The other one, a passkey, is in `passkeys`.) Bureau and administrator accounts need one where the
policy of their region, or the installation, says so.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Literal

import pyotp
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from yonggong import policy
from yonggong.accounts.actions import AccountProblem, record_account, record_proof
from yonggong.accounts.models import Authenticator, Passkey, RecoveryCode, User
from yonggong.codes.normalise import plain
from yonggong.vault import digest

ISSUER = "劳动用工备案"
RECOVERY_CODES = 10
# Clocks of phones go wrong by so many half minutes.
_STEPS_OFF = 1
# No two characters that look alike.
_LETTERS, _LENGTH = "abcdefghjkmnpqrstuvwxyz23456789", 10

Asked = Literal["", "factor", "enrolment"]


def asked_of(user: User) -> Asked:
    """What signing in asks for after the password: nothing, a second factor that the account has,
    or that it gets one."""
    if has_factor(user):
        return "factor"
    return "enrolment" if is_required(user) else ""


def has_factor(user: User) -> bool:
    """Whether the account has a second factor."""
    return has_authenticator(user) or Passkey.objects.filter(user=user).exists()


def has_authenticator(user: User) -> bool:
    """Whether the account has an authenticator app."""
    return Authenticator.objects.filter(user=user).exists()


def is_required(user: User) -> bool:
    """Whether the account must have one: it works for a bureau or administers, where the policy of a
    region in which it does asks for it. What the installation says goes before that."""
    held = [
        grant.region_code or (grant.agency.region_code if grant.agency else "")
        for grant in user.grants.select_related("agency")
        if grant.party_id is None
    ]
    if settings.SECOND_FACTOR or not held:
        return settings.SECOND_FACTOR == "required" and bool(held)
    today = timezone.localdate()
    return any(policy.of(region or "000000", today).needs_second_factor for region in held)


def new_secret() -> str:
    """A secret for an app, in base32."""
    return pyotp.random_base32()


def address_for_app(user: User, secret: str) -> str:
    """What an app reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name=ISSUER)


@transaction.atomic
def set_authenticator(
    *, user: User, secret: str, code: str, address: str | None, now: datetime
) -> list[str]:
    """Let an app be the account's second factor, once it shows the right code; its recovery codes, to
    be shown now and never again. Raises `AccountProblem`."""
    step = _step_of(secret, code, after=0, now=now)
    if step is None:
        raise AccountProblem(
            "动态口令不正确。请核对手机的时间，用最新显示的口令再试。", about="code"
        )
    row = Authenticator(user=user, last_step=step, added_at=now)
    row.keep_secret(secret)
    Authenticator.objects.filter(user=user).delete()
    row.save(force_insert=True)
    record_proof(user, "设置动态口令", by=user, address=address)
    return _renew_recovery_codes(user)


@transaction.atomic
def remove_authenticator(*, user: User, address: str | None) -> None:
    """The account has no app any more, and no recovery codes. Raises `AccountProblem` where it must
    keep one second factor."""
    check_may_lose_one(user)
    Authenticator.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
    record_proof(user, "停用动态口令", by=user, address=address)


def check_may_lose_one(user: User) -> None:
    """Raises `AccountProblem` where the account's last second factor would go and it needs one."""
    User.objects.select_for_update().get(pk=user.pk)  # two at once would each leave the other
    left = has_authenticator(user) + Passkey.objects.filter(user=user).count() - 1
    if not left and is_required(user):
        raise AccountProblem(
            "按规定，您的账号须保留一种二次验证方式。请先设置另一种，再停用这一种。"
        )


@transaction.atomic
def renew_recovery_codes(*, user: User, address: str | None) -> list[str]:
    """New recovery codes; the earlier ones are of no use any more."""
    record_proof(user, "重新生成恢复码", by=user, address=address)
    return _renew_recovery_codes(user)


@transaction.atomic
def check_code(*, user: User, code: str, address: str | None, now: datetime) -> str:
    """In what way a code is right: 动态口令 or 恢复码; "" for neither. What was right is not again."""
    if not has_authenticator(user):
        return ""
    if check_app_code(user=user, code=code, now=now):
        return "动态口令"
    unused = RecoveryCode.objects.filter(user=user, used_at=None)
    if unused.filter(code=_recovery_digest(user, code)).update(used_at=now):
        left = unused.count()
        record_account(user, f"使用恢复码登录，剩余 {left} 个", by=user, address=address)
        return "恢复码"
    return ""


@transaction.atomic
def check_app_code(*, user: User, code: str, now: datetime) -> bool:
    """Whether a code is what the account's app shows; it is not again."""
    # One after the other, so that no code is taken twice at once.
    row = Authenticator.objects.select_for_update(of=("self",)).filter(user=user).first()
    if row is None:
        return False
    step = _step_of(row.secret, code, after=row.last_step, now=now)
    if step is None:
        return False
    row.last_step = step
    row.save(update_fields=["last_step"])
    return True


def forget_factors(user: User) -> None:
    """The account has no second factor any more: part of an administrator's act."""
    for model in (Authenticator, RecoveryCode, Passkey):
        model.objects.filter(user=user).delete()


def _step_of(secret: str, code: str, *, after: int, now: datetime) -> int | None:
    """The half minute around `now`, later than `after`, whose code this is."""
    app = pyotp.TOTP(secret)
    typed, current = plain(code), app.timecode(now)
    steps = range(current - _STEPS_OFF, current + _STEPS_OFF + 1)
    right = [step for step in steps if constant_time_compare(app.generate_otp(step), typed)]
    return next((step for step in right if step > after), None)


def _renew_recovery_codes(user: User) -> list[str]:
    codes = [
        "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(RECOVERY_CODES)
    ]
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, code=_recovery_digest(user, code)) for code in codes
    )
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _recovery_digest(user: User, code: str) -> bytes:
    return digest(f"recovery code {user.pk} {plain(code).lower().replace('-', '')}")
