"""What every room needs to know of a paper on which approved cases of a kind are printed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A kind of paper; a room with papers of its own says in a class of this how it is made.

    name    key in the database ("roster.new")
    title   what users call it
    prefix  what its numbers begin with
    """

    name: str
    title: str
    prefix: str


# The result of an item that has no code, and so no paper of its own.
RESULT = Paper(name="item.result", title="事项办理结果", prefix="BJ")
# What an applicant is told in writing on the way.
ACCEPTED = Paper(name="notice.accepted", title="受理通知书", prefix="SL")
INCOMPLETE = Paper(name="notice.incomplete", title="一次性告知书", prefix="BZ")
EXTENDED = Paper(name="notice.extended", title="延期办理通知书", prefix="YQ")
SERVED = Paper(name="notice.served", title="送达回证", prefix="SD")
NOTICES = (ACCEPTED, INCOMPLETE, EXTENDED, SERVED)
# Papers that stand with their case alone, and on no list of rosters.
OF_A_CASE = tuple(paper.name for paper in (RESULT, *NOTICES))
