"""谁查看过: looks at one's data, as the person or the employer whose they are is told them.

Of an official they are told the office and the duty: it is the office that answers to them for the look
(个人信息保护法 has the handler answer), and the official's name is that person's own information. Auditors
see the names.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet

from yonggong.accounts.models import AccessEntry, Grant, User
from yonggong.accounts.roles import ROLES
from yonggong.listings import ChoiceCondition, Column, DateRangeCondition, Listing
from yonggong.secrecy.looks import LOOKS

_KINDS = tuple((str(kind), kind.label) for kind in LOOKS)
# What a look was for that names nothing else: whoever may look without being asked does their work.
_BY_PORTAL = {"bureau": "办理业务", "admin": "管理和监督", "employer": "本单位办理备案"}


def listing(*, name: str, title: str, rows: Callable[[User], QuerySet[AccessEntry]]) -> Listing:
    """The list of looks, for whom `rows` says."""
    return Listing(
        name=name,
        title=title,
        columns=_COLUMNS,
        rows=rows,
        conditions=(
            ChoiceCondition(name="kind", label="查看方式", field="kind", choices=_KINDS),
            DateRangeCondition(name="at", label="日期", field="at", moment=True),
        ),
        one_owner=True,
        empty="没有查看记录。",
    )


def _grant(entry: AccessEntry) -> Grant | None:
    return next(iter(entry.user.grants.all()), None) if entry.user else None


def _office(entry: AccessEntry) -> str:
    grant = _grant(entry)
    return grant.where if grant else "本人账号"


def _duty(entry: AccessEntry) -> str:
    grant = _grant(entry)
    return ROLES[grant.role].title if grant else "个人"


def _purpose(entry: AccessEntry) -> str:
    grant = _grant(entry)
    return entry.purpose or _BY_PORTAL.get(ROLES[grant.role].portal if grant else "", "本人办理")


_COLUMNS: tuple[Column, ...] = (
    Column(name="at", label="时间", value=lambda row: row.at, width=18),
    Column(name="office", label="查看单位", value=_office, width=30),
    Column(name="duty", label="职责", value=_duty, width=14),
    Column(name="kind", label="查看方式", value=lambda row: row.get_kind_display(), width=14),
    Column(name="subject", label="查看内容", value=lambda row: row.subject, width=36),
    Column(name="purpose", label="查看目的", value=_purpose, width=20),
)
