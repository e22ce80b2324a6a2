"""The departments and business lines that the items name: what agencies are told apart by."""

from __future__ import annotations

from yonggong.catalogue.book import book


def departments() -> list[tuple[str, str]]:
    """The departments that handle items, as choices, in the order of the data."""
    named = (name for item in book() for name in item.departments)
    return [(name, name) for name in dict.fromkeys(named)]


def lines() -> list[tuple[str, str]]:
    """The business lines of items, as choices, in the order of the data."""
    return [(name, name) for name in dict.fromkeys(item.line for item in book()) if name]
