"""Accounts are bound to proofs by recorded acts, of their owner or of who administers them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from tests.proofs.authority import Authority
from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.models import AccessEntry, User
from yonggong.proofs import binding, verifying
from yonggong.proofs.models import Binding

pytestmark = pytest.mark.django_db


def _bind(
    authority: Authority, account: User, by: User, now: datetime, name: str = "王强"
) -> Binding:
    proven = verifying.verify(authority.issue(name).certificate, now=now)
    return binding.bind_certificate(
        account=account, proven=proven, reason="本人持有", by=by, now=now, address="10.0.0.1"
    )


def test_the_owner_binds_their_own(authority: Authority, reviewer: User, now: datetime) -> None:
    made = _bind(authority, reviewer, reviewer, now)
    assert "王强" in made.shown and made.bound_by == reviewer
    line = AccessEntry.objects.get(about=reviewer)
    assert line.detail.startswith("绑定数字证书") and line.user == reviewer


def test_a_certificate_is_bound_once(
    authority: Authority, reviewer: User, make_user: Callable[..., User], now: datetime
) -> None:
    proven = verifying.verify(authority.issue().certificate, now=now)
    other = make_user("reviewer", region_code="220105")
    for account in (reviewer, other):
        given: dict[str, Any] = {
            "account": account, "proven": proven, "reason": "本人", "by": account,
            "now": now, "address": None,
        }  # fmt: skip
        if account == reviewer:
            binding.bind_certificate(**given)
            continue
        with pytest.raises(AccountProblem, match="已绑定账号"):
            binding.bind_certificate(**given)
    held = Binding.objects.get()
    binding.unbind(binding=held, by=reviewer, now=now, address=None)
    assert binding.account_of(binding.Way.CERTIFICATE, binding.mark_of(proven)) is None
    binding.bind_certificate(**given)
    assert binding.account_of(binding.Way.CERTIFICATE, binding.mark_of(proven)) == other


def test_the_administrator_of_the_account_binds_and_ends(
    authority: Authority, reviewer: User, system_administrator: User, now: datetime
) -> None:
    held = _bind(authority, reviewer, system_administrator, now)
    ended = binding.unbind(binding=held, by=system_administrator, now=now, address=None)
    assert ended.ended_by == system_administrator
    assert (
        list(
            AccessEntry.objects.filter(about=reviewer, user=system_administrator).values_list(
                "kind", flat=True
            )
        )
        == [AccessEntry.Kind.ACCOUNT] * 2
    )


def test_an_administrators_is_bound_by_themselves_alone(
    authority: Authority,
    system_administrator: User,
    make_user: Callable[..., User],
    now: datetime,
) -> None:
    auditor = make_user("auditor", region_code="220000")
    with pytest.raises(AccountProblem, match="由本人登录后绑定"):
        _bind(authority, auditor, system_administrator, now)
    assert _bind(authority, auditor, auditor, now).user == auditor


def test_nobody_elses_is_bound_or_ended(
    authority: Authority, reviewer: User, make_user: Callable[..., User], now: datetime
) -> None:
    stranger = make_user("reviewer", region_code="220105")
    with pytest.raises(User.DoesNotExist):
        _bind(authority, reviewer, stranger, now)
    held = _bind(authority, reviewer, reviewer, now)
    with pytest.raises(Binding.DoesNotExist):
        binding.unbind(binding=held, by=stranger, now=now, address=None)
