"""What a reviewer looks at first of a case: what its kind names, else the first answers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from yonggong.cases.models import Case
from yonggong.forms import view
from yonggong.forms.view import ViewSection

# How many answers stand on top where the kind names none.
_FIRST = 6


class Told(NamedTuple):
    """A key fact in words."""

    label: str
    text: str


def of(case: Case, sections: Sequence[ViewSection]) -> list[Told]:
    """The key facts of a filed case, out of what is shown of it; those without an answer left out."""
    said = {
        line.name: line
        for section in sections
        for line in section.lines
        if line.text and line.table is None
    }
    named = case.definition.pages.key_facts
    if not named:
        return [Told(line.label, line.text) for line in islice(said.values(), _FIRST)]
    told = [
        Told(fact.label, fact.between.join(said[name].text for name in fact.fields if name in said))
        for fact in named
    ]
    return [fact for fact in told if fact.text]


def in_a_line(case: Case) -> str:
    """The key facts of a filed case in one line, personal data masked."""
    sections = view.sections(case.definition.form, case.values, unmasked=False)
    return "；".join(f"{fact.label} {fact.text}" for fact in of(case, sections))
