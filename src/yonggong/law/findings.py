"""What a rule of law says about a set of facts: the article it rests on, and the finding.

How much a finding weighs (refuse the filing, ask for an explanation, only tell) is decided by
the policy of a province; law only names the default of each rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from enum import StrEnum
from types import MappingProxyType

from yonggong.codes.seen import Seen

_DIGITS = "零一二三四五六七八九"
_NOTHING: Mapping[str, object] = MappingProxyType({})


class Severity(StrEnum):
    """How a finding is treated: refuse, accept only with an explanation, or only tell."""

    BLOCK = "block"
    WARN = "warn"
    INFORM = "inform"

    @property
    def label(self) -> str:
        """The word shown to users."""
        return {"block": "禁止", "warn": "需说明", "inform": "提示"}[self.value]


def chinese_number(number: int) -> str:
    """Write 0–9999 as articles are numbered: 19 → 十九, 105 → 一百零五, 1259 → 一千二百五十九."""
    if number == 0:
        return _DIGITS[0]
    said, gap = "", False
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, value)
        if not digit:
            gap = bool(said)
            continue
        said += ("零" if gap else "") + _DIGITS[digit] + unit
        gap = False
    return said.removeprefix("一") if said.startswith("一十") else said


@dataclass(frozen=True, slots=True)
class Article:
    """One provision: law (short title), article, paragraph and item numbers, its text in short.

    ``number`` 0 means the document as a whole (a reply or a standard without articles).
    ``checked`` is None where nobody compared the text with a source (待核).
    """

    law: str
    number: int
    paragraph: int | None = None
    item: int | None = None
    text_short: str = ""
    checked: Seen | None = None

    def __str__(self) -> str:
        name = f"《{self.law}》"
        if self.number:
            name += f"第{chinese_number(self.number)}条"
        if self.paragraph is not None:
            name += f"第{chinese_number(self.paragraph)}款"
        if self.item is not None:
            name += f"第（{chinese_number(self.item)}）项"
        return name

    @property
    def cited(self) -> str:
        """The provision as it is cited to readers: what nobody checked is marked 待核."""
        return str(self) if self.checked else f"{self}（待核）"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the facts say against a rule.

    ``message`` is plain Chinese with the numbers that led to it; ``field`` is the name of the
    fact to look at; ``numbers`` holds the same numbers for statistics; ``remedy`` says what to
    do. ``severity`` stays None until a policy has decided it.
    """

    rule: str
    message: str
    articles: tuple[Article, ...]
    field: str
    remedy: str
    numbers: Mapping[str, object] = dataclass_field(default_factory=lambda: _NOTHING)
    severity: Severity | None = None

    @property
    def is_open(self) -> bool:
        """Say whether none of the articles it rests on was compared with a source (待核)."""
        return not any(article.checked for article in self.articles)

    def weighed(self, severity: Severity, *said: str) -> Finding:
        """Give the same finding with the severity that a policy decided, and what to say of it."""
        message = self.message
        if said:
            message = f"{message.rstrip('。')}（{'；'.join(said)}）"
        return replace(self, severity=severity, message=message)

    @property
    def basis(self) -> str:
        """Name the articles in one line: 《劳动合同法》第十九条第一款、第七十条."""
        return name_articles(self.articles)


def name_articles(articles: Iterable[Article]) -> str:
    """Name several articles in one line, saying law and article only when they change.

    What nobody checked is marked 待核.
    """
    parts: list[str] = []
    before: Article | None = None
    for article in articles:
        name = str(article)
        if before is not None and article.law == before.law:
            within = name.removeprefix(f"《{article.law}》")
            if article.number == before.number and article.number:
                within = within.removeprefix(f"第{chinese_number(article.number)}条")
            name = within or name
        parts.append(name if article.checked else f"{name}（待核）")
        before = article
    return "、".join(parts)
