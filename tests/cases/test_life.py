"""A case's state is what its actions make it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yonggong.cases.life import TRANSITIONS, Action, NotAllowed, State, after, may, replay


def test_the_usual_way_ends_approved() -> None:
    assert replay([Action.SUBMIT, Action.ASSIGN, Action.APPROVE]) is State.APPROVED


def test_a_returned_case_is_mended_and_waits_again() -> None:
    assert replay([Action.SUBMIT, Action.RETURN, Action.AMEND]) is State.PENDING


@pytest.mark.parametrize("state", list(State))
def test_only_unreviewed_and_returned_can_be_voided(state: State) -> None:
    assert may(Action.VOID, state) == (state in (State.PENDING, State.RETURNED))


@pytest.mark.parametrize("state", list(State))
def test_only_the_unreviewed_is_decided(state: State) -> None:
    for action in (Action.APPROVE, Action.RETURN):
        assert may(action, state) == (state is State.PENDING)


@given(st.lists(st.sampled_from(list(Action)), max_size=12))
def test_no_sequence_leaves_the_known_ways(actions: list[Action]) -> None:
    state = State.DRAFT
    for action in actions:
        sources, target = TRANSITIONS[action]
        if state in sources:
            state = after(action, state)
            assert target is None or state is target
        else:
            with pytest.raises(NotAllowed):
                after(action, state)
    assert state in State


@given(st.lists(st.sampled_from(list(Action)), max_size=12))
def test_what_is_over_is_final_and_an_approval_is_only_withdrawn(actions: list[Action]) -> None:
    for final in (State.VOIDED, State.REFUSED, State.REVOKED):
        assert not any(may(action, final) for action in actions)
    withdrawing = {Action.ASK_REVOKE, Action.REVOKE, Action.KEEP}
    assert {action for action in actions if may(action, State.APPROVED)} <= withdrawing
