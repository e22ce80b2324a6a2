"""Which page belongs to which kind of case."""

from __future__ import annotations

from yonggong.cases.kinds import CaseKind, all_kinds
from yonggong.cases.models import Case
from yonggong.cases.pages import OwnList


def word(case: Case) -> str:
    """The word for the pages of the case's kind."""
    return case.definition.pages.word


def listed_kinds() -> dict[str, tuple[CaseKind, OwnList]]:
    """The kinds that have a list of their own, each with it, by the word for their pages."""
    return {
        kind.pages.word: (kind, kind.pages.list)
        for kind in all_kinds()
        if kind.pages.list is not None
    }


def own_words() -> tuple[str, ...]:
    """The words of all pages that kinds have of their own, each once."""
    return tuple(dict.fromkeys(kind.pages.word for kind in all_kinds() if kind.pages.own))
