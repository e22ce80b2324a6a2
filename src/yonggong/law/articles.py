"""The provisions that rules cite, read from ``tables/laws.csv`` and ``tables/articles.csv``.

Both say of every line where its text was compared, and when (``tables/sources.csv``), or 待核.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from yonggong.codes.seen import UNCHECKED, Seen
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
    checked: Seen | None
    note: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where texts were compared: a published text or a copy of it, and how much of it was seen."""

    title: str
    note: str


@cache
def sources() -> dict[str, Source]:
    """Give every source that ``checked`` columns name, by its key."""
    return {row["key"]: Source(row["title"], row["note"]) for row in rows("sources")}


def read_checked(text: str) -> Seen | None:
    """Read a ``checked`` column: a key of ``tables/sources.csv`` and a day, or 待核 (None)."""
    if text == UNCHECKED:
        return None
    key, _, day = text.partition(" ")
    if key not in sources():
        raise ValueError(
            f"checked 应当是“{UNCHECKED}”，或者 sources.csv 中的来源和日期，不是“{text}”"
        )
    return Seen(sources()[key].title, date.fromisoformat(day))


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
            checked=read_checked(row["checked"]),
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
            checked=read_checked(row["checked"]),
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
