"""States of a case and the actions between them. A case's state is what its actions make it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class State(StrEnum):
    """JL-12: 未审核 / 审核通过 / 审核不通过, with the draft before and the void after."""

    DRAFT = "draft"
    PENDING = "pending"
    APPROVED = "approved"
    RETURNED = "returned"
    VOIDED = "voided"


STATE_TITLES: dict[str, str] = {
    State.DRAFT: "草稿",
    State.PENDING: "未审核",
    State.APPROVED: "审核通过",
    State.RETURNED: "审核不通过",
    State.VOIDED: "已作废",
}


class Action(StrEnum):
    """What can be done to a case."""

    SAVE = "save"
    SUBMIT = "submit"
    AMEND = "amend"
    TAKE = "take"
    HAND_ON = "hand_on"
    RETURN = "return"
    APPROVE = "approve"
    VOID = "void"
    UPLOAD = "upload"
    REMOVE = "remove"


ACTION_TITLES: dict[str, str] = {
    Action.SAVE: "保存草稿",
    Action.SUBMIT: "提交",
    Action.AMEND: "修改后重新提交",
    Action.TAKE: "受理",
    Action.HAND_ON: "转交",
    Action.RETURN: "审核不通过",
    Action.APPROVE: "审核通过",
    Action.VOID: "作废",
    Action.UPLOAD: "上传材料",
    Action.REMOVE: "删除材料",
}

# From which states an action may be done, and the state it leads to (None: it stays).
TRANSITIONS: dict[Action, tuple[frozenset[State], State | None]] = {
    Action.SAVE: (frozenset({State.DRAFT}), State.DRAFT),
    Action.SUBMIT: (frozenset({State.DRAFT}), State.PENDING),
    Action.AMEND: (frozenset({State.RETURNED}), State.PENDING),
    Action.TAKE: (frozenset({State.PENDING}), None),
    Action.HAND_ON: (frozenset({State.PENDING}), None),
    Action.RETURN: (frozenset({State.PENDING}), State.RETURNED),
    Action.APPROVE: (frozenset({State.PENDING}), State.APPROVED),
    Action.VOID: (frozenset({State.PENDING, State.RETURNED}), State.VOIDED),
    Action.UPLOAD: (frozenset({State.DRAFT, State.RETURNED}), None),
    Action.REMOVE: (frozenset({State.DRAFT, State.RETURNED}), None),
}


class NotAllowed(Exception):
    """The action is not open to a case in its present state."""

    def __init__(self, action: Action, state: State) -> None:
        self.action, self.state = action, state
        super().__init__(
            f"该办件当前为“{STATE_TITLES[state]}”，不能{ACTION_TITLES[action]}。请刷新后查看最新状态。"
        )


def after(action: Action, state: State) -> State:
    """The state that `action` leads to from `state`. Raises `NotAllowed`."""
    sources, target = TRANSITIONS[action]
    if state not in sources:
        raise NotAllowed(action, state)
    return target or state


def may(action: Action, state: str) -> bool:
    """Whether `action` is open to a case in `state`."""
    return state in TRANSITIONS[action][0]


def replay(actions: Iterable[Action]) -> State:
    """The state a case has after its actions, from nothing. Raises `NotAllowed`."""
    state = State.DRAFT
    for action in actions:
        state = after(action, state)
    return state
