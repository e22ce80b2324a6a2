"""A person signs in by name, ID number and a code sent to the mobile they give.

The code goes to whatever number they give, so that asking tells nothing. Who reads it out has that
phone, no more: it makes them the person only where the account of that person has the same number
or, while they have none, contracts of two employers do. Anybody else is told what proves who they
are, and sees nothing of anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yonggong import policy
from yonggong.accounts import one_time_codes
from yonggong.accounts.models import User
from yonggong.accounts.one_time_codes import Purpose
from yonggong.codes.names import person_name
from yonggong.contracts.reaching import vouching_regions
from yonggong.proofs import persons
from yonggong.registry.actions import id_card_digest
from yonggong.registry.models import Worker
from yonggong.registry.queries import find_worker
from yonggong.vault.sealing import SealBroken

ENTERING = Purpose("person", "个人登录")
_BY_CODE = "短信验证码"


class WrongCode(Exception):
    """The code is wrong, used up or too old; the message is for whoever typed it."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """Who somebody says they are: name, number of the identity card as `codes.identity` gives it,
    mobile."""

    name: str
    number: str
    mobile: str

    @property
    def about(self) -> str:
        """With the mobile: who asks with another keeps nobody from asking with theirs."""
        return f"身份证 {self.number} {self.mobile}"


def ask(claimed: Claimed, *, address: str | None, now: datetime) -> UUID:
    """Send a code to the mobile; the key by which it is checked. Raises `TooOften`, `NotOffered`."""
    return one_time_codes.send(
        purpose=ENTERING, mobile=claimed.mobile, about=claimed.about, address=address, now=now
    )


def enter(
    claimed: Claimed, *, key: str, code: str, address: str | None, now: datetime
) -> User | None:
    """The account of whoever typed the right code, made where they have none yet; None where nothing
    here says that the number is that person's. Raises `WrongCode`."""
    right = one_time_codes.check(
        key=key,
        purpose=ENTERING,
        mobile=claimed.mobile,
        about=claimed.about,
        code=code,
        now=now,
    )
    if not right:
        raise WrongCode("验证码不正确或者已失效。连续五次不正确的，请重新获取。")
    return _account(claimed, address=address, now=now)


@transaction.atomic
def _account(claimed: Claimed, *, address: str | None, now: datetime) -> User | None:
    worker = find_worker(id_card_digest(claimed.number))
    if worker is None:
        return None
    name, own = person_name(claimed.name), persons.held_account(worker)
    if own is not None:
        # What is filed of them meanwhile, under whatever name, neither opens nor closes it.
        named = name in (worker.name, person_name(own.name))
        return own if named and _opens(own, claimed.mobile) else None
    # What was merely filed proves nothing.
    if not worker.confirmed or worker.name != name:
        return None
    region = _vouching_region(worker, claimed.mobile, now)
    if not region:
        return None
    return persons.made(
        worker,
        region=region,
        mobile=claimed.mobile,
        said=f"首次凭{_BY_CODE}登录",
        by=None,
        address=address,
    )


def _opens(account: User, mobile: str) -> bool:
    """Whether a phone opens it: in use, no office's, and its own number. One without a number was
    proven otherwise, and is not opened by what employers file."""
    return account.is_active and not persons.is_officer(account) and _mobile(account) == mobile


def _vouching_region(worker: Worker, mobile: str, now: datetime) -> str:
    """Where contracts on file vouch for the number, in a province that takes their word; "" nowhere."""
    today = now.astimezone().date()
    return next(
        (
            region
            for region in vouching_regions(worker, mobile)
            if policy.of(region, today).persons_by_recorded_mobile
        ),
        "",
    )


def _mobile(account: User) -> str:
    try:
        return account.mobile
    except SealBroken:  # logged where it was found
        return ""
