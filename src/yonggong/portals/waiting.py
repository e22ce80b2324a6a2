"""What waits for a person behind the lines of a menu, and how many of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from yonggong.accounts.models import User
from yonggong.accounts.queries import asked_acts_visible_to
from yonggong.cases import queries as case_queries
from yonggong.cases import queues
from yonggong.employers import claims
from yonggong.registry import doubtful
from yonggong.registry.models import DoubtfulCode
from yonggong.secrecy.queries import unusual_visible_to
from yonggong.services import evaluations, extensions
from yonggong.staff.queries import waiting_for
from yonggong.supervision import clues, orders
from yonggong.supervision.models import Order

Waiting = QuerySet[Any]
# A count in the menu is a hint; beyond this many it costs more than it tells.
_MOST = 99


def counts(waiting: Sequence[Waiting | None]) -> list[str]:
    """How many rows each has, in words; empty where there are none, or nothing is counted. All are
    counted by one statement, since every page asks for them."""
    asked, parameters = [], list[Any]()
    for rows in waiting:
        counted, given = _counted(rows)
        asked.append(counted)
        parameters += given
    if not parameters:
        return [""] * len(asked)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(asked)}", parameters)
        found = cursor.fetchone()
    return ["" if not count else f"{_MOST}+" if count > _MOST else f"{count}" for count in found]


def _counted(rows: Waiting | None) -> tuple[str, tuple[Any, ...]]:
    """An expression that counts them no further than it is told, and its parameters."""
    if rows is None:
        return "0", ()
    try:
        statement, parameters = rows.values("pk")[: _MOST + 1].query.sql_with_params()
    except EmptyResultSet:
        return "0", ()
    return f"(SELECT count(*) FROM ({statement}) AS waiting)", parameters


def to_review(user: User) -> Waiting:
    return queues.queue_of(user)


def to_mend(user: User) -> Waiting:
    return case_queries.returned_to(user)


def doubtful_codes(user: User) -> Waiting:
    return doubtful.visible_to(user).filter(state=DoubtfulCode.State.STATED)


def claimed(user: User) -> Waiting:
    return claims.waiting_for(user)


def open_clues(user: User) -> Waiting:
    return clues.waiting_for(user)


def unusual_looks(user: User) -> Waiting:
    return unusual_visible_to(user).filter(finding="")


def to_correct(user: User) -> Waiting:
    return orders.own(user).filter(state=Order.State.SERVED)


def asked_acts(user: User) -> Waiting:
    return asked_acts_visible_to(user).filter(agreed=None)


def account_orders(user: User) -> Waiting:
    return waiting_for(user)


def longer_limits(user: User) -> Waiting:
    return extensions.waiting(user).exclude(asked_by=user)


def complaints(user: User) -> Waiting:
    return evaluations.waiting_for(user)
