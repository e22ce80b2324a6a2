"""What of supervision waits for whom; `reminders` counts it with everything else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.reminders.todos import COUNT_LIMIT, ToDo
from yonggong.supervision import clues, orders
from yonggong.supervision.models import Order


def todos_of(user: User, today: date) -> Iterator[ToDo]:
    """Orders to correct, for employers; clues and orders to look at, for inspectors."""
    if user.scope.employers(Power.FILE):
        running = orders.own(user).filter(state=Order.State.SERVED)
        first = running.order_by("correct_by").values_list("correct_by", flat=True).first()
        if first is not None:
            late = first < today
            yield ToDo(
                "orders",
                "责令限期改正，尚未提交改正情况",
                running.count(),
                "overdue" if late else "soon",
                first,
            )
    if user.may(Power.ORDER):
        waiting = clues.waiting_for(user)[: COUNT_LIMIT + 1].count()
        yield ToDo("clues", "待核查的监督线索", waiting, "later")
    if user.may(Power.RECORD):
        seen = orders.visible_to(user)
        replied = seen.filter(state=Order.State.REPLIED).count()
        yield ToDo("orders-replied", "单位已回复、待复查的责令改正", replied, "soon")
        over = seen.filter(state=Order.State.SERVED, correct_by__lt=today).count()
        yield ToDo("orders-over", "已过改正期限、单位未回复的责令改正", over, "overdue")
