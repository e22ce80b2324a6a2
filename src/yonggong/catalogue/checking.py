"""Whether all of the source arrived: counts, and what is missing or does not follow its schema."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator

from yonggong.catalogue.book import Book, book, own_sources, standard_sources
from yonggong.catalogue.items import Item
from yonggong.catalogue.schema import own_schema, standard_schema

Raw = Mapping[str, Any]

_COUNTED = {
    "事项": lambda item: 1,
    "表单": lambda item: len(item.forms),
    "字段": lambda item: sum(len(form.fields) for form in item.forms),
    "材料": lambda item: len(item.materials),
    "环节": lambda item: sum(not stage.added for stage in item.procedure),
    "规则": lambda item: len(item.rules),
}


def counts(items: Iterable[Item]) -> dict[str, int]:
    """How many items, forms, fields, materials, stages and rules there are."""
    total: Counter[str] = Counter()
    for item in items:
        for name, count in _COUNTED.items():
            total[name] += count(item)
    return dict(total)


def source_counts(sources: Iterable[Raw]) -> dict[str, int]:
    """The same, counted in the data as it came."""
    total: Counter[str] = Counter()
    for raw in sources:
        total["事项"] += 1
        total["表单"] += len(raw["forms"])
        total["字段"] += sum(len(form["fields"]) for form in raw["forms"])
        total["材料"] += len(raw["materials"])
        total["环节"] += len(raw["procedure"])
        total["规则"] += len(raw["rules"])
    return dict(total)


def compared(held: Book | None = None) -> Iterator[tuple[str, Mapping[str, tuple[int, int]]]]:
    """The standard's items and the platform's own: of each what was counted in the data as it came, and
    in what was loaded of it."""
    held = held or book()
    for title, sources in (
        ("服务标准", list(standard_sources())),
        ("平台自有事项", list(own_sources())),
    ):
        loaded = counts(item for raw in sources if (item := held.find(raw["id"])) is not None)
        there = source_counts(sources)
        yield title, {name: (count, loaded.get(name, 0)) for name, count in there.items()}


def gaps(held: Book | None = None) -> Iterator[str]:
    """What does not hold, a sentence each: data that breaks its schema, items or parts of them that
    did not arrive, keys that stand twice in an item."""
    held = held or book()
    for sources, schema in (
        (list(standard_sources()), standard_schema()),
        (list(own_sources()), own_schema()),
    ):
        validator = Draft202012Validator(schema)
        for raw in sources:
            for error in validator.iter_errors(json.loads(json.dumps(raw))):
                place = "/".join(str(part) for part in error.path)
                yield f"{raw.get('id', '?')} {place}：{error.message}"
            item = held.find(raw["id"])
            if item is None:
                yield f"{raw['id']}：没有载入"
            else:
                yield from _differences(raw, item)


def _differences(raw: Raw, item: Item) -> Iterator[str]:
    there, here = source_counts([raw]), counts([item])
    for name, count in there.items():
        if here[name] != count:
            yield f"{item.key}：{name}应有 {count}，载入 {here[name]}"
    for what, keys in (
        ("环节", [stage.key for stage in item.procedure]),
        ("表单", [form.key for form in item.forms]),
        *((form.name, [field.key for field in form.fields]) for form in item.forms),
    ):
        for key, count in Counter(keys).items():
            if count > 1:
                yield f"{item.key}：{what}中 {key} 出现 {count} 次"
