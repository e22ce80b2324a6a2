"""Tables 2 and 3 beside what is filed: each difference, pure. What a row says in its column 说明 explains
its own difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from yonggong.annual.arithmetic import FIGURES
from yonggong.codes.identity import lifelong

Columns = Mapping[str, Sequence[Any]]
Sort = Literal["unfiled", "left_out", "differing", "endings_unfiled", "endings_left_out"]

SORTS: dict[Sort, str] = {
    "unfiled": "表二有，没有劳动合同备案",
    "left_out": "已备案且履行中，表二没有",
    "differing": "表二与劳动合同备案内容不同",
    "endings_unfiled": "表三有，没有解除（终止）备案",
    "endings_left_out": "已办解除（终止）备案，表三没有",
}
# What is compared of a person, or an ending, that stands in both.
_COMPARED = ("name", "sex", "term_type", "start_on", "end_on")


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: of which sort, whose, in which row of the table (counted from 0; None where it
    stands in none), in which columns, and what the row says of it."""

    sort: Sort
    name: str
    document_number: str
    row: int | None = None
    columns: tuple[str, ...] = ()
    remark: str = ""


def differences(
    persons: Columns, staff: Columns, endings: Columns | None, left: Columns | None
) -> list[Difference]:
    """All differences of Table 2 to the filed contracts (`staff`), and of Table 3, where it is filled
    in, to the filed endings (`left`)."""
    found = list(_between(persons, staff, "unfiled", "left_out"))
    found += _differing(persons, staff)
    return found + (ended(endings, left) if endings is not None and left is not None else [])


def ended(endings: Columns, left: Columns) -> list[Difference]:
    """All differences of Table 3 to the filed endings."""
    return list(_between(endings, left, "endings_unfiled", "endings_left_out"))


def _between(said: Columns, filed: Columns, more: Sort, less: Sort) -> Iterator[Difference]:
    here, there = keys_of(said), keys_of(filed)
    known, told = set(there), set(here)
    for row, key in enumerate(here):
        if key not in known:
            yield _of_row(more, said, row)
    for row, key in enumerate(there):
        if key not in told:
            yield Difference(less, filed["name"][row], filed["document_number"][row])


def _differing(said: Columns, filed: Columns) -> Iterator[Difference]:
    place = {key: row for row, key in enumerate(keys_of(filed))}
    columns = [(name, said[name], filed[name]) for name in _COMPARED]
    for row, key in enumerate(keys_of(said)):
        other = place.get(key)
        if other is None:
            continue
        unlike = tuple(name for name, ours, theirs in columns if ours[row] != theirs[other])
        if unlike:
            yield _of_row("differing", said, row, unlike)


def _of_row(sort: Sort, said: Columns, row: int, columns: tuple[str, ...] = ()) -> Difference:
    return Difference(
        sort,
        said["name"][row],
        said["document_number"][row],
        row,
        columns,
        said["remark"][row] or "",
    )


def keys_of(columns: Columns) -> list[str]:
    """Who each row is about: what of the document's number stays for life."""
    return [
        number if kind == "01" else f"{kind} {lifelong(kind or '01', number or '')}"
        for kind, number in zip(columns["document_type"], columns["document_number"], strict=True)
    ]


def repeated(columns: Columns) -> list[tuple[int, int]]:
    """The rows about a person who stands in an earlier one, each with that one; counted from 0."""
    first: dict[str, int] = {}
    return [
        (row, earlier)
        for row, key in enumerate(keys_of(columns))
        if (earlier := first.setdefault(key, row)) != row
    ]


def unlike(
    table_1: Mapping[str, Any], found: Mapping[str, int]
) -> tuple[tuple[str, int, int], ...]:
    """The figures of Table 1 that are other than what Table 2 comes to (`found`): what they are called,
    what is said, what it comes to. The rate follows from the others."""
    return tuple(
        (FIGURES[name], table_1[name], found[name])
        for name in FIGURES
        if name != "rate" and table_1.get(name) is not None and table_1[name] != found[name]
    )


def counted(found: Sequence[Difference]) -> dict[str, int]:
    """How many of each sort no row explains."""
    counts: dict[str, int] = dict.fromkeys(SORTS, 0)
    for one in found:
        if not one.remark:
            counts[one.sort] += 1
    return counts


def without_contract(persons: Columns) -> int:
    """Who should have a written contract, and has none that is in force."""
    return sum(
        bool(owed and not term)
        for owed, term in zip(persons["should_sign"], persons["term_type"], strict=True)
    )
