"""The fields that a reviewer ticks as wrong when returning a case: kept with the return, told in its
opinion, and shown at the fields until they are changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from yonggong.cases.errors import refused
from yonggong.cases.life import Action, State
from yonggong.cases.models import Case
from yonggong.forms import Problem
from yonggong.forms.reading import read_remark

# Code of the problem that a mark makes at its field.
MARKED = "marked"
_LONGEST_WORD, _LONGEST_OPINION = 60, 500


class Mark(NamedTuple):
    """A field ticked as wrong; `word` says what is wrong with it, "" where the reviewer did not."""

    field: str
    label: str
    word: str

    @property
    def said(self) -> str:
        """What stands at the field."""
        return f"审核标记有误：{self.word}" if self.word else "审核标记有误"


def marks(case: Case, fields: Iterable[str], words: Mapping[str, str]) -> tuple[Mark, ...]:
    """The marks of the fields that were ticked, in the order of the case's form, with the words given.

    Raises `Refused` for a name that is no field of it.
    """
    ticked, known = set(fields), case.definition.form.fields_by_name
    if not ticked <= known.keys():
        raise refused("", "unknown_mark", "所标记的项目不在本表中", "请刷新页面后重新标记")
    return tuple(
        Mark(name, field.label, read_remark(words.get(name, ""), most=_LONGEST_WORD))
        for name, field in known.items()
        if name in ticked
    )


def told(opinion: str, marked: Sequence[Mark]) -> str:
    """The opinion of a return with the fields it names: as many as it has room for."""
    said = read_remark(opinion)
    if not marked:
        return said
    lead = f"{said}\n有误项目：" if said else "有误项目："
    wordy = [f"{mark.label}（{mark.word}）" if mark.word else mark.label for mark in marked]
    full = f"{lead}{'、'.join(wordy)}。"
    if len(full) <= _LONGEST_OPINION:
        return full
    names = [mark.label for mark in marked]
    for count in range(len(names), 0, -1):
        shortened = f"{lead}{'、'.join(names[:count])}等 {len(names)} 项。"
        if len(shortened) <= _LONGEST_OPINION:
            return shortened
    return said


def last_marks(case: Case) -> tuple[Mark, ...]:
    """The marks of the return that a case waits to be mended after; none in any other state."""
    if case.state != State.RETURNED:
        return ()
    event = case.events.filter(action=Action.RETURN).order_by("-id").first()
    return tuple(Mark(*kept) for kept in event.marked) if event else ()


def unmended(case: Case, values: Mapping[str, Any]) -> list[Problem]:
    """What is still as it was when it was marked, as problems at the fields; `values` are the typed
    answers as they are now."""
    return [
        Problem(
            field=mark.field,
            code=MARKED,
            label=mark.label,
            message=mark.said,
            remedy="请核对后修改",
        )
        for mark in last_marks(case)
        if values.get(mark.field) == case.values.get(mark.field)
    ]
