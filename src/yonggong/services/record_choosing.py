"""Which of an item's effects a case has: pure.

The standard lists what an item may make; several subjects or acts are alternatives, by who applied and
for what. A case never registers, begins or pays once for each.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import groupby

from yonggong.catalogue.items import Effect
from yonggong.services.record_book import NONE, Book

# What a record is in force as: "in_force", "suspended", "" for not.
State = str
_OF_UNITS = ("unit", "institution")


def chosen(
    item: str,
    effects: Sequence[Effect],
    *,
    by_unit: bool,
    answered: Collection[str],
    state: Callable[[Effect], State],
    book: Book,
) -> list[Effect]:
    """The effects that a case has, in the item's order: `by_unit` whether a unit applied; `answered`
    the labels of fields with an answer; `state` what the effect's record of its subject is in force
    as."""
    made = [one for one in effects if NONE not in (one.record, one.act)]
    told = book.told.get(item)
    kept: list[Effect] = []
    if told is not None:
        said = next((act for label, act in told.fields.items() if label in answered), None)
        act = said or told.otherwise
        kept += [one for one in made if one.record == told.record and one.act == act][:1]
        made = [one for one in made if one.record != told.record]
    made = sorted(_for_whom(made, by_unit=by_unit), key=lambda one: one.record)
    for _, group in groupby(made, lambda one: one.record):
        kept += _of_record(list(group), state, book)
    return sorted(kept, key=list(effects).index)


def _for_whom(effects: list[Effect], *, by_unit: bool) -> list[Effect]:
    """A unit's and a person's are alternatives; a unit is one of its sorts."""
    subjects = {one.subject for one in effects}
    of_units = subjects & set(_OF_UNITS)
    if "person" in subjects and of_units:
        effects = [one for one in effects if (one.subject in _OF_UNITS) == by_unit]
    if len({one.subject for one in effects} & set(_OF_UNITS)) > 1:
        first = next(one.subject for one in effects if one.subject in _OF_UNITS)
        effects = [one for one in effects if one.subject not in _OF_UNITS or one.subject == first]
    return effects


def _of_record(effects: list[Effect], state: Callable[[Effect], State], book: Book) -> list[Effect]:
    acts = {one.act: one for one in effects}
    if len(acts) < 2:
        return list(acts.values())
    for first, second in book.alternatives:
        if {first, second} <= acts.keys():
            # What was issued before records were kept here can be lost, but not found again.
            later = ("suspended",) if first == "suspend" else ("in_force", "suspended")
            return [acts[second if state(effects[0]) in later else first]]
    for first, second in book.together:
        if {first, second} <= acts.keys():
            return [acts[first], acts[second]]
    return [next(iter(acts.values()))]


def after(acts: Sequence[str], *, stands: bool) -> tuple[State, int | None]:
    """What a record is in force as after these acts, oldest first, and the place of the act that its
    beginning rests on; ("", None) where it is not in force."""
    state, begun = "", None
    for place, act in enumerate(acts):
        if act in ("begin", "issue", "resume"):
            if not state or act != "resume":
                begun = place
            state = "in_force"
        elif act == "suspend":
            begun = place if begun is None else begun
            state = "suspended"
        elif act == "end":
            state, begun = "", None
    return (state, begun) if stands else ("", None)
