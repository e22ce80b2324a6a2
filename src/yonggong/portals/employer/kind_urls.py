"""Which page belongs to which kind of case."""

from __future__ import annotations

from django.urls import reverse

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


def form_url(case: Case) -> str:
    """The page on which the case is filled in or mended."""
    return reverse(f"employer:{word(case)}-form", args=[case.pk])


def list_name(case: Case) -> str:
    """The url name of the list, or page, to which the case belongs."""
    return f"employer:{word(case)}"


def list_url(case: Case) -> str:
    """Its address."""
    return reverse(list_name(case))


def case_url(case: Case) -> str:
    """The page that shows the case: what concerns the employer itself stands on 单位基本信息."""
    return reverse("employer:case", args=[case.pk])
