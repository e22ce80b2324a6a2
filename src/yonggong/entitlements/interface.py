"""Declared by an employer's own program (工资、人事系统): the key that it shows, and what it sends."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from yonggong.accounts.actions import record
from yonggong.accounts.models import AccessEntry, User
from yonggong.accounts.roles import Power
from yonggong.entitlements.declaring import Outcome, Sort, declare
from yonggong.entitlements.models import InterfaceKey
from yonggong.registry.models import Employer
from yonggong.vault import digest

# Of one employer at once; what is sent at once keeps to what a stranger may send (`portals.uploading`).
MOST_KEYS = 5
MOST_LINES = 1000


class InterfaceProblem(Exception):
    """What cannot be done; the message is for the person who tried."""


def keys_of(employer: Employer) -> QuerySet[InterfaceKey]:
    """The keys that are good, the latest first."""
    keys = employer.interface_keys.filter(ended_at=None)
    return keys.select_related("by").order_by("-pk")


@transaction.atomic
def issue(*, employer: Employer, program: str, by: User, now: datetime, address: str | None) -> str:
    """Make a key for a program; the key itself, which is kept nowhere. Raises `InterfaceProblem`."""
    if not program:
        raise InterfaceProblem("请填写使用接口的系统名称。")
    Employer.objects.select_for_update(no_key=True, of=("self",)).only("pk").get(pk=employer.pk)
    if keys_of(employer).count() >= MOST_KEYS:
        raise InterfaceProblem(f"每个单位最多 {MOST_KEYS} 个接口密钥，请先停用不再使用的。")
    key = secrets.token_urlsafe(32)
    InterfaceKey.objects.create(
        employer=employer, digest=digest(key), program=program, by=by, at=now
    )
    _noted(f"生成接口密钥：{program}", employer, by, address)
    return key


@transaction.atomic
def end(*, key: InterfaceKey, by: User, now: datetime, address: str | None) -> None:
    """Let a key be good no more; once ended it stays so."""
    if InterfaceKey.objects.filter(pk=key.pk, ended_at=None).update(ended_at=now):
        _noted(f"停用接口密钥：{key.program}", key.employer, by, address)


def _noted(what: str, employer: Employer, by: User, address: str | None) -> None:
    record(AccessEntry.Kind.ACCOUNT, f"单位 {employer.name}", what, by=by, address=address)


def shown(key: str) -> InterfaceKey | None:
    """The key that a program shows, as long as it is good and whoever had it made files for the
    employer."""
    found = (
        InterfaceKey.objects.filter(digest=digest(key), ended_at=None)
        .select_related("employer", "by")
        .first()
    )
    if found is None or not found.by.is_active:
        return None
    return found if found.employer_id in found.by.scope.employers(Power.FILE) else None


def declare_sent(
    *,
    key: InterfaceKey,
    sort: Sort,
    lines: Sequence[Mapping[str, Any]],
    now: datetime,
    address: str | None,
) -> Outcome:
    """Declare what a program sent, numbered from 1."""
    InterfaceKey.objects.filter(pk=key.pk).update(used_at=now)
    return declare(
        sort=sort,
        employer=key.employer,
        columns={name: [line.get(name) for line in lines] for name in sort.form.fields_by_name},
        numbers=range(1, len(lines) + 1),
        file_name=f"接口：{key.program}",
        by=key.by,
        now=now,
        address=address,
    )
