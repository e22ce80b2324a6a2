"""The provisions that rules cite, read from ``tables/laws.csv`` and ``tables/articles.csv``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from yonggong.law.findings import Article
from yonggong.law.tables import rows


@dataclass(frozen=True, slots=True)
class Law:
    """One law or document: short and full title, document number, dates in force, source."""

    short: str
    title: str
    number: str
    since: date
    until: date | None
    source: str
    checked: bool
    note: str


@cache
def laws() -> dict[str, Law]:
    """Give every law cited, by short title."""
    return {
        row["short"]: Law(
            short=row["short"],
            title=row["title"],
            number=row["number"],
            since=date.fromisoformat(row["since"]),
            until=date.fromisoformat(row["until"]) if row["until"] else None,
            source=row["source"],
            checked=row["checked"] == "yes",
            note=row["note"],
        )
        for row in rows("laws")
    }


def _key(law: str, number: int, paragraph: int | None, item: int | None) -> str:
    return ".".join(
        [law, str(number), *(str(part) for part in (paragraph, item) if part is not None)]
    )


@cache
def articles() -> dict[str, Article]:
    """Give every provision in the table, keyed ``law.article[.paragraph[.item]]``."""
    found: dict[str, Article] = {}
    for row in rows("articles"):
        paragraph = int(row["paragraph"]) if row["paragraph"] else None
        item = int(row["item"]) if row["item"] else None
        provision = Article(
            law=row["law"],
            number=int(row["article"]),
            paragraph=paragraph,
            item=item,
            text_short=row["text"],
            checked=row["checked"] == "yes",
        )
        found[_key(provision.law, provision.number, paragraph, item)] = provision
    return found


def article(
    law: str, number: int, paragraph: int | None = None, item: int | None = None
) -> Article:
    """Give one provision by its place; KeyError when the table does not hold it.

    Rules cite through this function, so a rule cannot name an article nobody wrote down.
    """
    return articles()[_key(law, number, paragraph, item)]
