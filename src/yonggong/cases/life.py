"""States of a case and the actions between them. A case's state is what its actions make it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class State(StrEnum):
    """JL-12: 未审核 / 审核通过 / 审核不通过, with the draft before and the void after; refused is the
    end of an application that an office declines, revoked that of an approval that two people of the
    office took back. Small on purpose: what a procedure adds is a
    `Phase`."""

    DRAFT = "draft"
    PENDING = "pending"
    APPROVED = "approved"
    RETURNED = "returned"
    REFUSED = "refused"
    VOIDED = "voided"
    REVOKED = "revoked"


STATE_TITLES: dict[str, str] = {
    State.DRAFT: "草稿",
    State.PENDING: "未审核",
    State.APPROVED: "审核通过",
    State.RETURNED: "审核不通过",
    State.REFUSED: "不予办理",
    State.VOIDED: "已作废",
    State.REVOKED: "已撤销",
}

# Not at its end yet: still to be sent, decided or mended.
OPEN = (State.DRAFT, State.PENDING, State.RETURNED)


class Phase(StrEnum):
    """Where in its procedure a case of several steps stands; "" for a kind of one step."""

    NONE = ""
    ACCEPTING = "accepting"
    ACCEPTED = "accepted"
    PAUSED = "paused"
    HANDLING = "handling"
    PUBLICITY = "publicity"
    WAITING = "waiting"
    MENDING = "mending"
    DONE = "done"
    NOT_ACCEPTED = "declined"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"


# The standard's words for an item; a filing keeps those of JL-12.
PHASE_TITLES: dict[str, str] = {
    Phase.ACCEPTING: "待受理",
    Phase.ACCEPTED: "已受理",
    Phase.PAUSED: "暂停计时",
    Phase.HANDLING: "办理中",
    Phase.PUBLICITY: "公示中",
    # A joint case waits for its items: it lies with nobody.
    Phase.WAITING: "办理中",
    Phase.MENDING: "待补正",
    Phase.DONE: "办结",
    Phase.NOT_ACCEPTED: "不予受理",
    Phase.REJECTED: "不予批准",
    Phase.WITHDRAWN: "已撤回",
    Phase.REVOKED: "已撤销",
}


def title_of(state: str, phase: str = "") -> str:
    """What users call a state: the phase's word where the case has a procedure of steps."""
    return PHASE_TITLES[phase] if phase else STATE_TITLES[state]


class Action(StrEnum):
    """What can be done to a case."""

    SAVE = "save"
    SUBMIT = "submit"
    AMEND = "amend"
    ASSIGN = "assign"
    GIVE_BACK = "give_back"
    TRANSFER = "transfer"
    RETURN = "return"
    APPROVE = "approve"
    REFUSE = "refuse"
    UNDO = "undo"
    ASK_REVOKE = "ask_revoke"
    REVOKE = "revoke"
    KEEP = "keep"
    STEP = "step"
    PAUSE = "pause"
    RESUME = "resume"
    WITHDRAW = "withdraw"
    VOID = "void"
    UPLOAD = "upload"
    REMOVE = "remove"


ACTION_TITLES: dict[str, str] = {
    Action.SAVE: "保存草稿",
    Action.SUBMIT: "提交",
    Action.AMEND: "修改后重新提交",
    Action.ASSIGN: "受理",
    Action.GIVE_BACK: "退回待办",
    Action.TRANSFER: "转交",
    Action.RETURN: "审核不通过",
    Action.APPROVE: "审核通过",
    Action.REFUSE: "不予办理",
    Action.UNDO: "撤回本人决定",
    Action.ASK_REVOKE: "申请撤销审核",
    Action.REVOKE: "撤销审核",
    Action.KEEP: "不予撤销审核",
    Action.STEP: "完成环节",
    Action.PAUSE: "暂停计时",
    Action.RESUME: "恢复计时",
    Action.WITHDRAW: "撤回申请",
    Action.VOID: "作废",
    Action.UPLOAD: "上传材料",
    Action.REMOVE: "删除材料",
}

# What the office reads alone: what nobody was told of, and nothing came of or has come yet.
OFFICE_ONLY = frozenset({Action.UNDO, Action.ASK_REVOKE, Action.KEEP})

# From which states an action may be done, and the state it leads to (None: it stays).
TRANSITIONS: dict[Action, tuple[frozenset[State], State | None]] = {
    Action.SAVE: (frozenset({State.DRAFT}), State.DRAFT),
    Action.SUBMIT: (frozenset({State.DRAFT}), State.PENDING),
    Action.AMEND: (frozenset({State.RETURNED}), State.PENDING),
    Action.ASSIGN: (frozenset({State.PENDING}), None),
    Action.GIVE_BACK: (frozenset({State.PENDING}), None),
    Action.TRANSFER: (frozenset({State.PENDING}), None),
    Action.RETURN: (frozenset({State.PENDING}), State.RETURNED),
    Action.APPROVE: (frozenset({State.PENDING}), State.APPROVED),
    Action.REFUSE: (frozenset({State.PENDING}), State.REFUSED),
    Action.UNDO: (frozenset({State.PENDING}), None),
    Action.ASK_REVOKE: (frozenset({State.APPROVED}), None),
    Action.REVOKE: (frozenset({State.APPROVED}), State.REVOKED),
    Action.KEEP: (frozenset({State.APPROVED}), None),
    Action.STEP: (frozenset({State.PENDING}), None),
    Action.PAUSE: (frozenset({State.PENDING}), None),
    Action.RESUME: (frozenset({State.PENDING}), None),
    Action.WITHDRAW: (frozenset({State.PENDING, State.RETURNED}), State.VOIDED),
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
