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
