"""The two pictures of docs/architecture.md, read from what they show."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice, pairwise, repeat
from pathlib import Path
from typing import TypeVar

from docs.pictures.graph import Arrow, Box, Picture, Row

from yonggong.cases.life import ACTION_TITLES, STATE_TITLES, TRANSITIONS, Action, State
from yonggong.cases.procedure import Outcome, StepPlan, procedure_of
from yonggong.catalogue import book

_PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"
T = TypeVar("T")
_PURE, _PAGES = "#e9f5ec", "#fdf3e1"
_FOUND, _LOST, _OPEN = "#e9f5ec", "#f6e9e9", "#e8eefb"


def rooms() -> Picture:
    """The rooms by level, from the layers that import-linter holds."""
    contracts = tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["tool"]["importlinter"]
    layered = [one for one in contracts["contracts"] if one["type"] == "layers"]
    whole = next(one for one in layered if not one["containers"])
    inside = {one["containers"][0]: one["layers"] for one in layered if one["containers"]}
    pure = {
        room
        for one in contracts["contracts"]
        if one["type"] == "forbidden" and one["forbidden_modules"] == ["django"]
        for room in one["source_modules"]
    }
    rows = [[name.strip() for name in layer.split("|")] for layer in whole["layers"]]
    arrows = [
        Arrow(source=_short(above), target=_short(below))
        for upper, lower in pairwise(rows)
        for above in upper
        for below in lower
    ]
    return Picture(
        name="rooms",
        title="Rooms: each may import those below it. Green: no Django",
        rows=tuple(Row(boxes=tuple(_room(name, inside, pure) for name in row)) for row in rows),
        arrows=tuple(arrows),
    )


def _batched(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """So many of them at a time, the last time perhaps fewer."""
    left = iter(items)
    while some := tuple(islice(left, size)):
        yield some


def _short(module: str) -> str:
    return module.rsplit(".", 1)[1]


def _room(module: str, inside: dict[str, list[str]], pure: set[str]) -> Box:
    fill = _PURE if module in pure else (_PAGES if module in inside else "#f3f6fb")
    parts = [part.strip() for layer in inside.get(module, ()) for part in layer.split("|")]
    lines = (_short(module), *("  ".join(some) for some in _batched(parts, 3)))
    return Box(key=_short(module), lines=lines, fill=fill)


# An item of the standard whose case goes through most kinds of steps.
_EXAMPLE, _REGION, _ON = "one-off-startup-subsidy", "150000", date(2026, 11, 28)
_IN_A_ROW = 3


def case() -> Picture:
    """The way of a case: its states with the actions between them, and the steps that a kind with
    a procedure goes through while its state is the coarse one."""
    item = book().get(_EXAMPLE, region=_REGION, on=_ON)
    steps = [_step(plan) for plan in procedure_of(item).steps]
    first, *others = (
        some if number % 2 == 0 else _mirrored(some)
        for number, some in enumerate(_batched(steps, _IN_A_ROW))
    )
    return Picture(
        name="case",
        title="A case: its states, and the actions that lead from one to the next",
        rows=(
            Row(boxes=(None, _state(State.RETURNED), _state(State.VOIDED))),
            Row(
                boxes=(
                    _state(State.DRAFT),
                    _state(State.PENDING),
                    _state(State.APPROVED),
                    _state(State.REVOKED),
                )
            ),
            Row(boxes=(None, None, _state(State.REFUSED))),
            Row(boxes=first, title=f"The steps of a kind with a procedure, here {item.title}"),
            *(Row(boxes=boxes) for boxes in others),
        ),
        arrows=(
            *_actions(),
            Arrow(source=State.PENDING, target=steps[0].key, label="the steps", dashed=True),
            *(Arrow(source=one.key, target=two.key) for one, two in pairwise(steps)),
        ),
    )


def _mirrored(boxes: tuple[Box, ...]) -> tuple[Box | None, ...]:
    """Every other row runs from the right, so that each step lies beside or under the one before."""
    return (*repeat(None, _IN_A_ROW - len(boxes)), *reversed(boxes))


_FILLS = {
    State.APPROVED: _FOUND,
    State.PENDING: _OPEN,
    **dict.fromkeys((State.REFUSED, State.VOIDED, State.REVOKED), _LOST),
}


def _state(state: State) -> Box:
    stays = [
        action
        for action, (sources, target) in TRANSITIONS.items()
        if state in sources and target in (None, state)
    ]
    said = tuple(f"{action} {ACTION_TITLES[action]}" for action in stays)
    title = f"{state} {STATE_TITLES[state]}"
    return Box(key=state, lines=(title, *said), fill=_FILLS.get(state, "#f3f6fb"))


def _actions() -> list[Arrow]:
    """One arrow from a state to another, with all actions that lead there."""
    between: dict[tuple[State, State], list[Action]] = {}
    for action, (sources, target) in TRANSITIONS.items():
        for source in sorted(sources):
            if target is not None and target != source:
                between.setdefault((source, target), []).append(action)
    return [
        Arrow(source=source, target=target, label=" / ".join(actions))
        for (source, target), actions in between.items()
    ]


_LEAD_TO = {
    Outcome.RETURN: f"return: {STATE_TITLES[State.RETURNED]}",
    Outcome.REFUSE: f"refuse: {STATE_TITLES[State.REFUSED]}",
    Outcome.END: f"end: {STATE_TITLES[State.APPROVED]}",
}


def _step(plan: StepPlan) -> Box:
    outcomes = tuple(words for outcome, words in _LEAD_TO.items() if outcome in plan.outcomes)
    return Box(key=plan.key, lines=(f"{plan.kind} {plan.title}", *outcomes))
