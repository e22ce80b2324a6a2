"""An item's content as a version keeps it: one schema for what comes with the package and for what
administrators write."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from yonggong.catalogue.book import (
    lines,
    own_sources,
    standard_overlay,
    standard_sources,
    with_signing,
)
from yonggong.catalogue.items import Item
from yonggong.catalogue.reading import read_item
from yonggong.catalogue.schema import OWN_CATEGORIES, standard_schema

Content = Mapping[str, Any]

# Longest key that fits wherever a case's kind is kept.
LONGEST_KEY = 66


@dataclass(frozen=True, slots=True)
class Packaged:
    """An item as it comes with the package: for a region ("" everywhere), from a day on (None: ever)."""

    key: str
    region: str
    since: date | None
    content: Content


def packaged() -> Iterator[Packaged]:
    """Every item that comes with the package, its overlay laid over what its source says."""
    overlay = standard_overlay()
    for raw in standard_sources():
        said = {"departments": overlay["departments"], "line": lines()[raw["category"]]}
        content = {**with_signing(raw), **said}
        yield Packaged(raw["id"], overlay["region"], overlay["from"], content)
    for raw in own_sources():
        yield Packaged(raw["id"], "", None, {**raw, "line": lines()[raw["category"]]})


def read_version(content: Content, *, region: str, since: date | None) -> Item:
    """The item that a version's content describes. Raises KeyError or ValueError for content that
    does not follow the schema."""
    line = content.get("line") or lines().get(content["category"], "")
    said = {
        "region": region,
        "from": since,
        "departments": content["departments"],
        "line": line,
        "word": content.get("word", ""),
    }
    return read_item(content, said)


def digest(content: Content) -> str:
    """SHA-256 of what the content says, whatever the order it is written in."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def version_schema() -> dict[str, Any]:
    """The schema of a version's content: the standard's, with what the platform says beside it."""
    schema = copy.deepcopy(standard_schema())
    schema["required"] = [*schema["required"], "departments"]
    said = schema["properties"]
    said["id"] |= {"pattern": "^[a-z0-9]+([._-][a-z0-9]+)*$", "maxLength": LONGEST_KEY}
    said["name"] |= {"minLength": 1, "maxLength": 100}
    said["page"] = {"type": ["integer", "null"]}
    said["category"]["enum"] = [*said["category"]["enum"], *OWN_CATEGORIES]
    said["procedure"]["items"]["properties"]["name"]["minLength"] = 1
    said["departments"] = {
        "type": "array",
        "minItems": 1,
        "items": {"type": "string", "minLength": 1},
    }
    said["line"] = said["word"] = {"type": "string"}
    said["checks"] = {"type": "array", "items": _CHECK}
    form = schema["$defs"]["form"]["properties"]
    form["name"]["minLength"] = 1
    form["fields"]["minItems"] = 1
    field = form["fields"]["items"]["properties"]
    field["label"]["minLength"] = 1
    field["by"]["enum"] = [*field["by"]["enum"], "signer"]
    material = schema["$defs"]["material"]["properties"]
    material["prints"] = {"type": "string"}
    material["signed_by"] = {"type": "array", "items": {"type": "string", "minLength": 1}}
    field["id"] |= {"pattern": "^[a-z][a-z0-9]*(_[a-z0-9]+)*$", "maxLength": 60}
    return schema


# A check between fields of the applicant's form: its name, and what it is told.
_CHECK = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "with": {"type": "object"},
    },
}
