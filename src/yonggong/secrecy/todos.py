"""What of secrecy waits for whom; `reminders` counts it with everything else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.reminders.todos import COUNT_LIMIT, ToDo
from yonggong.secrecy.queries import unusual_visible_to


def todos_of(user: User, today: date) -> Iterator[ToDo]:
    """Unusual looking that nobody has gone into yet, for whoever watches over accounts."""
    if user.may(Power.SEE_LOGS) or user.may(Power.WATCH_SESSIONS):
        waiting = unusual_visible_to(user).filter(finding="")[: COUNT_LIMIT + 1].count()
        yield ToDo("unusual", "待核实的异常查看", waiting, "soon")
