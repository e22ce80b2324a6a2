"""What a province's file may say, read from ``schema.yaml``: sections, values, their titles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import yaml

from yonggong.catalogue import own_titles, standard_keys
from yonggong.policy.shapes import READERS


@dataclass(frozen=True, slots=True)
class Value:
    """One value of the schema; ``name`` is ``*`` where any name of kind ``names`` may stand.

    ``required`` means that the national base must hold it, so that every region has an answer.
    """

    section: str
    name: str
    shape: str
    required: bool
    names: str
    title: str
    title_en: str
    about: str
    about_en: str

    @property
    def read(self) -> Callable[[Any], Any]:
        """Give the reader of the value's shape."""
        return READERS[self.shape]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a file with its values, wildcard last."""

    name: str
    title: str
    title_en: str
    about: str
    about_en: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Schema:
    """Everything that files may say, and the names they may use for it; `items` gives titles by key,
    `takeable` what a province may take: those and the standard's."""

    sections: Mapping[str, Section]
    items: Mapping[str, str]
    takeable: frozenset[str]
    wage_rules: tuple[str, ...]

    def find(self, section: str, name: str) -> Value | None:
        """Give the description of ``section.name``, or None where the schema has none."""
        held = self.sections.get(section)
        return (held.values.get(name) or held.values.get("*")) if held else None

    def named(self, path: str) -> Value:
        """Give the description of a path that was read already; KeyError for any other."""
        section, name = path.split(".", 1)
        value = self.find(section, name)
        if value is None:
            raise KeyError(path)
        return value

    def required(self) -> Iterator[str]:
        """Give the paths that every region must have an answer for."""
        for section in self.sections.values():
            for value in section.values.values():
                if value.required:
                    yield f"{section.name}.{value.name}"


@cache
def schema() -> Schema:
    """Read the schema that comes with the package."""
    text = (resources.files(__package__) / "schema.yaml").read_text(encoding="utf-8")
    raw = yaml.safe_load(text)
    sections = {}
    for section, about in raw["sections"].items():
        values = {
            name: Value(
                section=section,
                name=name,
                shape=one["shape"],
                required=one.get("required", False),
                names=one.get("names", ""),
                title=one["title"],
                title_en=one["title_en"],
                about=one["about"],
                about_en=one["about_en"],
            )
            for name, one in about["values"].items()
        }
        sections[section] = Section(
            name=section,
            title=about["title"],
            title_en=about["title_en"],
            about=about["about"],
            about_en=about["about_en"],
            values=MappingProxyType(values),
        )
    return Schema(
        sections=MappingProxyType(sections),
        items=own_titles(),
        takeable=frozenset(own_titles()) | standard_keys(),
        wage_rules=tuple(raw["wage_rules"]),
    )
