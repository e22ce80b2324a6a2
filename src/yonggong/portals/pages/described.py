"""事项说明: what an item from the catalogue says of itself, and the papers that its case ended with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yonggong.accounts.models import User
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.catalogue.items import Item
from yonggong.documents.models import Document
from yonggong.documents.queries import may_see_whole
from yonggong.documents.results import results_of
from yonggong.portals.pages.site import Site


@dataclass(frozen=True, slots=True)
class Described:
    """An item, the result papers of its case and their addresses ("" where the person may not see
    what stands on them)."""

    item: Item
    results: Sequence[tuple[Document, str]]


def described(case: Case, user: User, site: Site) -> Described | None:
    """What a case page says of the item; None for a kind with code, which has pages of its own."""
    kind = case.definition
    if kind.coded or kind.item is None:
        return None
    ended = case.state in (State.APPROVED, State.REFUSED, State.REVOKED)
    papers = results_of(user, case) if ended else ()
    return Described(
        kind.item,
        [
            (paper, site.url("document-pdf", paper.pk) if may_see_whole(user, paper) else "")
            for paper in papers
        ],
    )
