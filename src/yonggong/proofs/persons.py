"""The account of somebody whom a provider vouches for: bound, or their own by name and ID number, or
made on their first visit."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from yonggong import policy
from yonggong.accounts.actions import AccountProblem, create_user, identify, record_account
from yonggong.accounts.administering import initial_password
from yonggong.accounts.models import User
from yonggong.accounts.networks import is_served
from yonggong.codes.errors import CodeError
from yonggong.codes.identity import parse_id_number
from yonggong.codes.names import person_name
from yonggong.proofs import binding
from yonggong.proofs.binding import Way
from yonggong.proofs.provider import Identity, title
from yonggong.registry.actions import enter_person, get_or_add_by_card, id_card_digest
from yonggong.registry.models import Worker
from yonggong.registry.parties import Party
from yonggong.registry.queries import find_worker


@transaction.atomic
def account_of(identity: Identity, *, now: datetime, address: str | None) -> User:
    """The account to be signed in, whatever its state. Raises `AccountProblem`."""
    bound = binding.account_of(Way.PROVIDER, identity.mark)
    if bound is not None and bound.state != User.State.CANCELLED:
        return bound
    if not is_served("person"):
        raise AccountProblem(f"本网络没有绑定{title()}的账号，请先用原来的方式登录后绑定。")
    worker = _worker(identity)
    own = held_account(worker)
    if own is None:
        own = made(
            worker,
            region=settings.OIDC_REGION,
            said=f"首次由{title()}登录",
            by=None,
            address=address,
        )
    elif is_officer(own):
        # An office is not entered by being somebody: its holder binds it, signed in.
        raise AccountProblem(
            f"您的账号是人社部门或者管理员账号，须先用原来的方式登录，在“账号信息”中绑定{title()}。"
        )
    if bound is not None:
        binding.end_of_cancelled(way=Way.PROVIDER, mark=identity.mark, by=own, now=now)
    binding.bind(
        account=own,
        way=Way.PROVIDER,
        mark=identity.mark,
        shown=title(),
        reason=f"姓名和身份证号码经{title()}核验",
        by=None,
        now=now,
        address=address,
    )
    return own


def bind_own(
    *, account: User, identity: Identity, now: datetime, address: str | None
) -> binding.Binding:
    """Bind the identity of whoever is signed in to their account. Raises `AccountProblem` where the
    provider vouches for another person than the account's."""
    if identity.name and person_name(account.name) != person_name(identity.name):
        raise AccountProblem(f"{title()}的姓名与账号的使用人姓名不一致，不能绑定。")
    return binding.bind(
        account=account,
        way=Way.PROVIDER,
        mark=identity.mark,
        shown=title(),
        reason=f"本人登录后由{title()}核验",
        by=account,
        now=now,
        address=address,
    )


def _worker(identity: Identity) -> Worker:
    """Whom the provider vouches for, as registered; somebody new where the province takes them."""
    try:
        number = parse_id_number(identity.number)
    except CodeError:
        raise AccountProblem(
            f"{title()}没有提供经过核验的姓名和身份证号码，不能登录。请先用账号登录后绑定。"
        ) from None
    name = person_name(identity.name)
    known = find_worker(id_card_digest(number.number))
    if known is not None and known.confirmed:
        if known.name != name:
            raise AccountProblem("姓名与登记的不一致，请持身份证到当地人社部门更正登记后再登录。")
        return known
    rules = policy.of(settings.OIDC_REGION, timezone.localdate())
    if known is None and not rules.newcomers_by_provider:
        raise AccountProblem("没有查到您的劳动用工登记，不能建立账号。请到当地人社部门办理。")
    return get_or_add_by_card(number, name=name)


def own_account(worker: Worker | Party) -> User | None:
    """The account of a person, whatever its state but cancelled."""
    held = User.objects.filter(person=worker.pk).exclude(state=User.State.CANCELLED)
    return held.first()


def held_account(worker: Worker) -> User | None:
    """The same, with the person locked: where there is none, nobody else makes one meanwhile."""
    Worker.objects.select_for_update(no_key=True).get(pk=worker.pk)
    return own_account(worker)


@transaction.atomic
def made(
    worker: Worker,
    *,
    region: str,
    mobile: str = "",
    said: str,
    by: User | None,
    address: str | None,
) -> User:
    """A person's first account, by which nobody signs in with a password until they set one; `said`:
    how they were proven, `by`: who saw their document at a counter. Call with the person held
    (`held_account`). Raises `AccountProblem`."""
    party = enter_person(worker=worker, region_code=region)
    account = create_user(
        username=f"p{secrets.randbelow(10**10):010}",
        name=worker.name,
        password=initial_password(),
        mobile=mobile,
        region_code=party.region_code,
        must_change_password=False,
        by=by,
        address=address,
    )
    record_account(account, f"{said}，建立个人账号", by=by, address=address)
    return identify(user=account, person=party.pk, by=by, address=address)


def is_officer(account: User) -> bool:
    """Whether it is an office's: that is not entered by being somebody."""
    return any(grant.role.portal in ("bureau", "admin") for grant in account.scope.granted)
