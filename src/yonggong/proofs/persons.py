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
from yonggong.registry.actions import document_digest, enter_person, get_or_add_worker
from yonggong.registry.models import Worker

_RESIDENT_ID = "01"


@transaction.atomic
def account_of(identity: Identity, *, now: datetime, address: str | None) -> User:
    """The account to be signed in, whatever its state. Raises `AccountProblem`."""
    bound = binding.account_of(Way.PROVIDER, identity.mark)
    if bound is not None and bound.state != User.State.CANCELLED:
        return bound
    if not is_served("person"):
        raise AccountProblem(f"本网络没有绑定{title()}的账号，请先用原来的方式登录后绑定。")
    worker = _worker(identity)
    own = User.objects.filter(person=worker.pk).exclude(state=User.State.CANCELLED).first()
    if own is None:
        own = _made(worker, address)
    elif _is_officer(own):
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
    digest = document_digest(_RESIDENT_ID, number.number)
    found = Worker.objects.select_related("joined_into").filter(document_digest=digest).first()
    known = found and (found.joined_into or found)
    if known is not None and known.confirmed:
        if known.name != name:
            raise AccountProblem("姓名与登记的不一致，请持身份证到当地人社部门更正登记后再登录。")
        return known
    rules = policy.of(settings.OIDC_REGION, timezone.localdate())
    if known is None and not rules.newcomers_by_provider:
        raise AccountProblem("没有查到您的劳动用工登记，不能建立账号。请到当地人社部门办理。")
    return get_or_add_worker(
        document_type=_RESIDENT_ID,
        number=number.number,
        name=name,
        sex=number.sex,
        birth_on=number.birth_date,
    )


def _made(worker: Worker, address: str | None) -> User:
    """A person's account, by which nobody signs in with a password until they set one."""
    party = enter_person(worker=worker, region_code=settings.OIDC_REGION)
    account = create_user(
        username=f"p{secrets.randbelow(10**10):010}",
        name=worker.name,
        password=initial_password(),
        region_code=party.region_code,
        must_change_password=False,
        by=None,
        address=address,
    )
    record_account(account, f"首次由{title()}登录，建立个人账号", by=None, address=address)
    return identify(user=account, person=party.pk, by=None, address=address)


def _is_officer(account: User) -> bool:
    return any(grant.role.portal in ("bureau", "admin") for grant in account.scope.granted)
