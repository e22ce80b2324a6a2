"""What an item's data may look like: the standard's schema, and the little the platform adds."""

from __future__ import annotations

import copy
import json
from functools import cache
from importlib import resources
from typing import Any

# Categories of the platform's own items, beside the standard's twelve.
OWN_CATEGORIES = ("用工备案", "企业员工录用")


@cache
def standard_schema() -> dict[str, Any]:
    """The schema of `standard/*.json`, as it came with them."""
    file = resources.files(__package__) / "standard" / "item.schema.json"
    read: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return read


@cache
def own_schema() -> dict[str, Any]:
    """The same for the platform's own items: their keys name a family, they stand
    on no page of the standard, and they say themselves what the standard's items have overlaid."""
    schema = copy.deepcopy(standard_schema())
    properties = schema["properties"]
    properties["id"]["pattern"] = "^[a-z]+([._-][a-z]+)*$"
    properties["page"] = {"type": "null"}
    properties["category"]["enum"] = [*properties["category"]["enum"], *OWN_CATEGORIES]
    properties["word"] = {"type": "string"}
    properties["departments"] = {"type": "array", "items": {"type": "string"}, "minItems": 1}
    return schema
