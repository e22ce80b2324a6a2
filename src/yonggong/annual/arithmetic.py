"""The arithmetic of Table 1 (SX-2), pure: what each figure is, and what must hold between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from yonggong.law.periods import full_months, last_day, lasts_months

FIXED, OPEN, TASK = "1", "2", "3"
# Forty thousand persons are paid more yuan in a year than a form's integers hold unless told.
MOST_YUAN = 999_999_999_999

# Table 1's figures, in its order, as its form calls them.
FIGURES = {
    "staff": "在册职工",
    "men": "男职工",
    "women": "女职工",
    "on_post": "在岗职工",
    "off_post": "不在岗职工",
    "rural": "农民工",
    "should_sign": "应签劳动合同人数",
    "signed": "实签劳动合同人数",
    "task": "以完成一定工作任务为期限",
    "short": "三年以下",
    "middle": "三年至十年",
    "long": "十年以上和无固定期限",
    "rate": "劳动合同签订率",
}
SIGNED_AS = ("task", "short", "middle", "long")


class Wrong(NamedTuple):
    """A figure that cannot be: which, and what it should hold."""

    name: str
    code: str
    message: str


def service_years(begun_on: date, as_of: date) -> int:
    """Years of service with an employer: counted in months, part of a year as a year. A person who
    begins on the last day has one."""
    return max(1, -(-full_months(begun_on, as_of) // 12))


def term_of(term_type: str | None, start_on: date | None, end_on: date | None) -> str | None:
    """Under which of the four a contract counts (3 years belong to 3–10, 10 too); None for none.
    A fixed term without its days counts as under three years."""
    if term_type == TASK:
        return "task"
    if term_type == OPEN:
        return "long"
    if term_type != FIXED:
        return None
    if start_on is None or end_on is None or not lasts_months(start_on, end_on, 36):
        return "short"
    return "middle" if end_on <= last_day(start_on, 120) else "long"


def rate(signed: int, should_sign: int) -> int:
    """The signing rate as a whole percent, half a percent upward; 100 where nobody should."""
    return (signed * 200 + should_sign) // (2 * should_sign) if should_sign else 100


def figures_of(columns: Mapping[str, Sequence[Any]]) -> dict[str, int]:
    """What Table 2, by columns as they are stored, comes to."""
    sexes, should, terms = columns["sex"], columns["should_sign"], columns["term_type"]
    counted = dict.fromkeys(SIGNED_AS, 0)
    rows = zip(should, terms, columns["start_on"], columns["end_on"], strict=True)
    for owed, term_type, start_on, end_on in rows:
        if owed and (term := term_of(term_type, _day(start_on), _day(end_on))):
            counted[term] += 1
    on_post = sum(map(bool, columns["on_post"]))
    owing, signed = sum(map(bool, should)), sum(counted.values())
    return {
        "staff": len(sexes),
        "men": sum(sex == "1" for sex in sexes),
        "women": sum(sex == "2" for sex in sexes),
        "on_post": on_post,
        "off_post": len(sexes) - on_post,
        # Of those on post: “在岗职工不小于农民工”.
        "rural": sum(
            bool(rural and there)
            for rural, there in zip(columns["rural"], columns["on_post"], strict=True)
        ),
        "should_sign": owing,
        "signed": signed,
        **counted,
        "rate": rate(signed, owing),
    }


def added(parts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """The figures of several parts of a table together."""
    total = {name: sum(part[name] for part in parts) for name in FIGURES if name != "rate"}
    return {**total, "rate": rate(total["signed"], total["should_sign"])}


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


def wrong(figures: Mapping[str, Any]) -> Iterator[Wrong]:
    """What does not hold between the figures of Table 1; what is not given is not spoken of."""
    yield from _sum(figures, "staff", ("men", "women"))
    yield from _sum(figures, "staff", ("on_post", "off_post"))
    yield from _sum(figures, "signed", SIGNED_AS)
    yield from _at_most(figures, "on_post", "staff")
    yield from _at_most(figures, "rural", "on_post")
    yield from _at_most(figures, "should_sign", "staff")
    yield from _at_most(figures, "signed", "should_sign")
    signed, should, said = (figures.get(name) for name in ("signed", "should_sign", "rate"))
    if signed is None or should is None or said is None or signed > should:
        return
    if said != (reckoned := rate(signed, should)):
        yield Wrong(
            "rate",
            "not_the_rate",
            f"应为 {reckoned}%（实签 {signed} 人，应签 {should} 人，取整数）",
        )


def _sum(figures: Mapping[str, Any], total: str, parts: Sequence[str]) -> Iterator[Wrong]:
    given = [one for name in (total, *parts) if (one := figures.get(name)) is not None]
    if len(given) <= len(parts) or given[0] == sum(given[1:]):
        return
    words = "、".join(f"“{FIGURES[name]}”" for name in parts)
    yield Wrong(total, "not_the_sum", f"不等于{words}之和 {sum(given[1:])}")


def _at_most(figures: Mapping[str, Any], less: str, more: str) -> Iterator[Wrong]:
    small, large = figures.get(less), figures.get(more)
    if small is not None and large is not None and small > large:
        yield Wrong(less, "more_than", f"大于“{FIGURES[more]}”{large}")
