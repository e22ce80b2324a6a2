"""What stands beside the fields of a filed case that a reviewer ticked as wrong."""

from __future__ import annotations

from collections.abc import Sequence

from yonggong.cases.life import Action, State
from yonggong.cases.marking import Mark
from yonggong.cases.models import Case, Event


def notes_of(case: Case, history: Sequence[Event]) -> dict[str, str]:
    """By field: that it is marked, until the case is sent again; then, while it waits for its
    reviewer, whether it was changed."""
    last = next((event for event in reversed(history) if event.action == Action.RETURN), None)
    if last is None or not last.marked:
        return {}
    marks = [Mark(*kept) for kept in last.marked]
    if case.state == State.RETURNED:
        return {mark.field: mark.said for mark in marks}
    if case.state != State.PENDING:
        return {}
    after = history[history.index(last) :]
    changed = {
        change[0] for event in after if event.action == Action.AMEND for change in event.changes
    }
    return {
        mark.field: f"上次退回时标记{f'“{mark.word}”' if mark.word else '有误'}，"
        f"本次{'已修改' if mark.field in changed else '没有修改'}"
        for mark in marks
    }
