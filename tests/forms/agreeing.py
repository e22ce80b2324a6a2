"""Data generated from a JSON Schema alone, and the same data spoilt in one place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from random import Random
from typing import Any

import jsonschema
from hypothesis import strategies as st

from yonggong.codes.invent import (
    invent_bank_card,
    invent_credit_code,
    invent_id_number,
    invent_mobile,
)
from yonggong.codes.tables import table
from yonggong.forms.choices import table_choices

Schema = Mapping[str, Any]
_WORDS = st.text("试验甲乙丙东南西北山水", min_size=1, max_size=8)
_MOST_DAYS = ("1900-01-01", "2100-12-31")

# Formats whose check digits no pattern says.
_INVENTED: dict[str, Callable[[Random], str]] = {
    "id_number": lambda rng: invent_id_number(
        rng,
        region="220104",
        birth_date=date(rng.randint(1950, 2005), rng.randint(1, 12), rng.randint(1, 28)),
        sex=rng.choice("12"),
    ),
    "credit_code": lambda rng: invent_credit_code(rng, region="220104"),
    "mobile": invent_mobile,
    "phone": invent_mobile,
    "bank_account": invent_bank_card,
    "account_number": invent_bank_card,
    "email": lambda rng: f"member{rng.randrange(1000)}@example.com",
    "postcode": lambda rng: f"1300{rng.randrange(100):02d}",
}
# Whose last character checks the others.
_CHECKED = {"id_number", "credit_code", "bank_account"}


@lru_cache(None)
def _codes(name: str, depth: int) -> list[str]:
    """Codes of a table that lie deep enough."""
    found = [line.code for line in table(name) if len(table_choices(name).path(line.code)) >= depth]
    return found[:: max(1, len(found) // 200)]


@st.composite
def instances(draw: st.DrawFn, schema: Schema, *, every: bool = False, row: int = 0) -> Any:
    """A value that satisfies the schema; `every` property that may stand does. `row`: in which row of
    a table, whose numbers are then others than those of the rows before."""
    if "enum" in schema:
        return draw(st.sampled_from(schema["enum"]))
    kind = schema["type"]
    if kind == "object":
        return draw(_objects(schema, every, row))
    if kind == "array":
        return draw(_arrays(schema, every))
    if kind == "boolean":
        return draw(st.booleans())
    if kind == "integer":
        return draw(st.integers(schema["minimum"], schema["maximum"]))
    return draw(_texts(schema, row))


@st.composite
def _texts(draw: st.DrawFn, schema: Schema, row: int) -> str:
    named = schema.get("format")
    if named in _INVENTED:
        return _INVENTED[named](Random(f"{draw(st.integers(0, 10**6))}/{row}"))
    if "x-table" in schema:
        return draw(st.sampled_from(_codes(schema["x-table"], schema.get("x-depth", 1))))
    if named == "date":
        least, most = (
            max(_MOST_DAYS[0], schema["formatMinimum"]),
            min(_MOST_DAYS[1], schema["formatMaximum"]),
        )
        return draw(st.dates(date.fromisoformat(least), date.fromisoformat(most))).isoformat()
    if named == "decimal":
        return draw(_amounts(schema))
    if "maxLength" in schema:
        text = draw(_WORDS)[: schema["maxLength"]]
        return text
    if "pattern" in schema:
        return draw(st.from_regex(re.compile(schema["pattern"], re.ASCII), fullmatch=True))
    return draw(_WORDS)


@st.composite
def _amounts(draw: st.DrawFn, schema: Schema) -> str:
    whole = int(re.search(r"\[0-9\]\{1,(\d+)\}", schema["pattern"])[1])  # type: ignore[index]
    least = Decimal(schema.get("formatMinimum", -999 if schema["pattern"].startswith("^-?") else 0))
    most = Decimal(schema.get("formatMaximum", 10**whole - 1))
    places = 2 if r"\." in schema["pattern"] else 0
    return str(draw(st.decimals(least, most, places=min(places, 2))))


@st.composite
def _arrays(draw: st.DrawFn, schema: Schema, every: bool) -> list[Any]:
    size = draw(
        st.integers(schema["minItems"], min(schema.get("maxItems", 4), schema["minItems"] + 2))
    )
    items = schema["items"]
    if items["type"] != "object":
        return draw(st.lists(instances(items), min_size=1, max_size=max(size, 1), unique=True))
    keys = schema.get("x-unique", ())
    rows: list[Any] = []
    while len(rows) < size:
        row = draw(instances(items, every=every, row=len(rows)))
        if all(_key(row, key) not in [_key(one, key) for one in rows] for key in keys):
            rows.append(row)
    return rows


def _key(row: Mapping[str, Any], names: list[str]) -> tuple[Any, ...]:
    found = tuple(row.get(name) for name in names)
    return found if None not in found else (object(),)


@st.composite
def _objects(draw: st.DrawFn, schema: Schema, every: bool, row: int) -> dict[str, Any]:
    """Property by property, since what may stand depends on those before."""
    told = {
        name for one in schema["properties"].values() for name in one.get("x-fills", {}).values()
    }
    made: dict[str, Any] = {}
    for name, described in schema["properties"].items():
        if name in told or described.get("readOnly") or not _may(schema, name, made):
            continue
        if _must(schema, name, made) or every or draw(st.booleans()):
            made[name] = draw(instances(described, every=every, row=row))
    return made


def _rules(schema: Schema, made: Mapping[str, Any]) -> Any:
    for rule in schema.get("allOf", ()):
        holds = jsonschema.Draft202012Validator(rule["if"]).is_valid(made)
        yield rule.get("then" if holds else "else", {})


def _may(schema: Schema, name: str, made: Mapping[str, Any]) -> bool:
    return all(said.get("properties", {}).get(name) is not False for said in _rules(schema, made))


def _must(schema: Schema, name: str, made: Mapping[str, Any]) -> bool:
    return name in schema["required"] or any(
        name in said.get("required", ()) for said in _rules(schema, made)
    )


@st.composite
def spoilt(draw: st.DrawFn, schema: Schema) -> tuple[str, dict[str, Any]]:
    """Data that breaks the schema in one place, with the path of the place."""
    whole = draw(instances(schema, every=True))
    path, owner, described, name = draw(st.sampled_from(list(_places(schema, whole, ""))))
    ways = list(_breaking(described, required=name in schema_of(schema, path)["required"]))
    way = draw(st.sampled_from(ways)) if ways else None
    if way is None:
        return "", whole
    if way is _MISSING:
        del owner[name]
    else:
        owner[name] = way(owner[name])
    return path, whole


_MISSING = object()


def schema_of(schema: Schema, path: str) -> Schema:
    """The object schema that the property at `path` (a__1__b) belongs to."""
    parts = path.split("__")
    found: Schema = schema["properties"][parts[0]]["items"] if len(parts) > 1 else schema
    return found


def _places(schema: Schema, made: dict[str, Any], before: str) -> Any:
    for name, value in made.items():
        described = schema["properties"][name]
        yield f"{before}{name}", made, described, name
        if described["type"] == "array" and described["items"]["type"] == "object":
            for number, row in enumerate(value, 1):
                yield from _places(described["items"], row, f"{name}__{number}__")


def _breaking(described: Schema, *, required: bool) -> Any:
    """Ways to break one property; none where any text does."""
    if required:
        yield _MISSING
    kind = described["type"]
    if "enum" in described or kind == "boolean" or "x-table" in described:
        yield lambda value: "没有这一项"
    elif kind == "integer":
        yield lambda value: described["maximum"] + 1
        yield lambda value: described["minimum"] - 1
    elif kind == "array" and described["items"]["type"] == "object":
        yield lambda value: value * (described["maxItems"] // len(value) + 1)
        if described["minItems"] > 1:
            yield lambda value: value[:1]
        if "x-unique" in described:
            yield lambda value: [*value[:-1], value[0]] if len(value) > 1 else [value[0]] * 2
    elif kind == "array":
        yield lambda value: ["没有这一项"]
    elif described.get("format") in ("date", "decimal"):
        yield lambda value: "不详"
        if "formatMaximum" in described:
            yield lambda value: _beyond(described["formatMaximum"])
    elif described.get("format") in _INVENTED:
        yield lambda value: "不详"
        if described["format"] in _CHECKED:
            yield lambda value: value[:-1] + ("1" if value[-1] == "0" else "0")
    elif "maxLength" in described:
        yield lambda value: "长" * (described["maxLength"] + 1)


def _beyond(bound: str) -> str:
    if "-" in bound[1:]:
        return f"{int(bound[:4]) + 1}{bound[4:]}"
    return str(Decimal(bound) + 1)
