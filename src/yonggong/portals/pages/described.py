"""事项说明: what an item from the catalogue says of itself, and the papers that its case ended with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from yonggong.accounts.models import User
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.catalogue.doubts import is_doubtful, is_for_applicants
from yonggong.catalogue.items import Item
from yonggong.documents.models import Document
from yonggong.documents.queries import may_see_whole, papers_of_item
from yonggong.portals.pages.site import Site


@dataclass(frozen=True, slots=True)
class Described:
    """An item as far as it is for who looks, the notices and the result of its case and their addresses
    ("" where the person may not see what stands on them)."""

    item: Item
    results: Sequence[tuple[Document, str]]


def described(case: Case, user: User, site: Site) -> Described | None:
    """What a case page says of the item; None for what is no service item."""
    kind = case.definition
    if kind.item is None or (kind.coded and not kind.is_service):
        return None
    papers = papers_of_item(user, case) if case.state != State.DRAFT else ()
    return Described(
        _for_reader(kind.item, office=site.namespace == "bureau"),
        [
            (paper, site.url("document-pdf", paper.pk) if may_see_whole(user, paper) else "")
            for paper in papers
        ],
    )


def _for_reader(item: Item, *, office: bool) -> Item:
    """The item with the rules that concern who reads: where the standard contradicts itself, its
    administrators alone do."""
    rules = (
        rule for rule in item.rules if is_for_applicants(rule) or (office and not is_doubtful(rule))
    )
    return replace(item, rules=tuple(rules))
