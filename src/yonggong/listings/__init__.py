"""A list described once: its conditions, columns, sort, pages, actions and exports."""

from yonggong.listings.conditions import (
    Choice,
    ChoiceCondition,
    Condition,
    DateRangeCondition,
    DigestCondition,
    RegionCondition,
    RelatedTextCondition,
    TextCondition,
    YesNoCondition,
)
from yonggong.listings.listing import Badge, BulkAction, Column, Listing, chosen, seen_through

__all__ = [
    "Badge",
    "BulkAction",
    "Choice",
    "ChoiceCondition",
    "Column",
    "Condition",
    "DateRangeCondition",
    "DigestCondition",
    "Listing",
    "RegionCondition",
    "RelatedTextCondition",
    "TextCondition",
    "YesNoCondition",
    "chosen",
    "seen_through",
]
