"""From JSON or YAML to `Item`, with what the least overlay says where the source says nothing.

The source stays untouched; what is added here follows fixed rules, so that nothing is a guess:

- stages before the first application are `phase` "before";
- an item whose stages name no acceptance gets one after the application, unless it is a query;
- an acceptance may always return, once and naming all that is missing (ST-3);
- keys of stages are their kinds, numbered where a kind comes twice; keys of forms and materials are
  their places, since names repeat;
- a repeating form belongs to the form before it that does not repeat;
- what the extraction quotes of the office's screens by way of example is left out, and what it says of
  where the standard lists a material or prints its form.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from yonggong.catalogue.items import (
    Archive,
    Basis,
    Effect,
    FormField,
    Item,
    ItemForm,
    ItemRule,
    Limit,
    Material,
    NamedCheck,
    Parameter,
    Precheck,
    Sharing,
    Stage,
)

Raw = Mapping[str, Any]

# What the extraction marks as known from the law in general, not from the standard's text.
_UNPRINTED = "依法条，标准未写明"
# What it saw on the office's screens: an example in brackets or behind a sign, a list without its choices.
_SCREENS = re.compile(
    "（[^（）]*界面示例[^（）]*）|[；：](?:界面|后台)(?:示例|样例)[^；（]*|(?<=[^；：，。（])界面示例(?=：)"
    "|；后台系统：[^；]*|(?:^|；)下拉选择，界面未列选项|，界面未列选项"
)
# What it says of where the standard lists a material, or prints its form.
_OF_LISTS = re.compile("材料表未列；|，空表未附")
# An item of nothing but looking something up needs no acceptance.
_OF_QUERIES = frozenset({"apply", "query", "deliver"})


def read_item(raw: Raw, overlay: Raw) -> Item:
    """One item. `overlay` holds what the source does not say: region, from, departments, word."""
    return Item(
        key=raw["id"],
        title=raw["name"],
        word=overlay.get("word", ""),
        category=raw["category"],
        page=raw["page"],
        region=overlay.get("region", ""),
        holds_from=_day(overlay.get("from")),
        departments=tuple(overlay.get("departments", ())),
        line=overlay.get("line", ""),
        audience=tuple(raw["audience"]),
        levels=tuple(raw["levels"]),
        kind=raw["kind"] or "",
        statutory_limit=_limit(raw["statutory_limit"]),
        promised_limit=_limit(raw["promised_limit"]),
        channels=tuple(raw["channels"]),
        online=raw["online"],
        fee=raw["fee"],
        conditions=tuple(raw["conditions"]),
        materials=_materials(raw["materials"]),
        steps=tuple(raw["steps"]),
        acceptance_checks=tuple(raw["acceptance_checks"]),
        handling_checks=tuple(raw["handling_checks"]),
        prechecks=tuple(Precheck(**one) for one in raw["prechecks"]),
        sharing=tuple(_sharing(one) for one in raw["sharing"]),
        risks=tuple(raw["risks"]),
        archive=_archive(raw.get("archive")),
        legal_basis=tuple(_basis(one) for one in raw["legal_basis"]),
        forms=_forms(raw["forms"]),
        results=tuple(raw["results"]),
        notes=tuple(map(_without_screens, raw["notes"])),
        procedure=_procedure(raw["procedure"]),
        effects=tuple(Effect(**one) for one in raw["effects"]),
        rules=tuple(_rule(one) for one in raw["rules"]),
        events=tuple(raw["events"]),
        words=tuple(raw["words"]),
        checks=tuple(
            NamedCheck(name=one["name"], told=one.get("with", {})) for one in raw.get("checks", ())
        ),
    )


def _without_screens(text: str) -> str:
    return _SCREENS.sub("", text)


def _day(value: Any) -> date | None:
    return value if value is None or isinstance(value, date) else date.fromisoformat(value)


def _limit(raw: Raw | None) -> Limit | None:
    return None if raw is None else Limit(**raw)


def _materials(raw: Iterable[Raw]) -> tuple[Material, ...]:
    return tuple(
        Material(
            key=f"m{place}",
            name=one["name"],
            source=one["source"] or "",
            type=one["type"] or "",
            copies=one["copies"],
            forms=tuple(one["form"]),
            required=one["required"],
            condition=_OF_LISTS.sub("", one.get("condition", "")),
            shareable=one["shareable"],
            keep_paper=one.get("keep_paper"),
            prints=one.get("prints", ""),
            signed_by=tuple(one.get("signed_by", ())),
        )
        for place, one in enumerate(raw, 1)
    )


def _sharing(raw: Raw) -> Sharing:
    return Sharing(
        need=raw["need"],
        method=raw["method"] or "",
        provider=raw["provider"] or "",
        fields=tuple(raw["fields"]),
    )


def _archive(raw: Raw | None) -> Archive | None:
    if raw is None:
        return None
    return Archive(**{name: value or "" for name, value in raw.items()})


def _basis(raw: Raw) -> Basis:
    return Basis(title=raw["title"], number=raw["number"] or "", article=raw["article"] or "")


def _forms(raw: Sequence[Raw]) -> tuple[ItemForm, ...]:
    forms = []
    head = ""
    for place, one in enumerate(raw, 1):
        key = f"f{place}"
        if not one["repeating"]:
            head = key
        forms.append(
            ItemForm(
                key=key,
                name=one["name"],
                repeating=one["repeating"],
                by=one["by"],
                fields=tuple(_field(field) for field in one["fields"]),
                of=head if one["repeating"] else "",
            )
        )
    return tuple(forms)


def _field(raw: Raw) -> FormField:
    return FormField(
        key=raw["id"],
        label=raw["label"],
        type=raw["type"],
        required=raw["required"],
        choices=tuple(raw.get("choices", ())),
        section=raw.get("section", ""),
        hint=_without_screens(raw.get("hint", "")),
        source=raw["from"] or "",
        personal=raw["personal"],
        by=raw["by"],
    )


def _procedure(raw: Sequence[Raw]) -> tuple[Stage, ...]:
    kinds = [one["kind"] for one in raw]
    first = kinds.index("apply") if "apply" in kinds else 0
    seen: Counter[str] = Counter()
    stages = []
    for place, one in enumerate(raw):
        kind = one["kind"]
        seen[kind] += 1
        outcomes = tuple(one["outcomes"])
        if kind == "accept" and "return" not in outcomes:
            outcomes = (*outcomes, "return")
        stages.append(
            Stage(
                key=kind if seen[kind] == 1 else f"{kind}-{seen[kind]}",
                name=one["name"],
                kind=kind,
                by=one["by"],
                actor=one["actor"],
                limit=_limit(one["limit"]),
                outcomes=outcomes,
                phase="before" if place < first else "case",
            )
        )
    is_query = "query" in kinds and set(kinds) <= _OF_QUERIES
    if "accept" not in kinds and not is_query:
        at = first + 1 if "apply" in kinds else 0
        stages.insert(at, _acceptance())
    return tuple(stages)


def _acceptance() -> Stage:
    return Stage(
        key="accept",
        name="受理",
        kind="accept",
        by="office",
        actor="",
        limit=None,
        outcomes=("next", "return", "refuse"),
        added=True,
    )


def _rule(raw: Raw) -> ItemRule:
    return ItemRule(
        kind=raw["kind"],
        says=_without_screens(raw["says"]),
        inputs=tuple(raw["inputs"]),
        formula=raw["formula"],
        parameters=tuple(Parameter(**one) for one in raw["parameters"]),
        checked=_UNPRINTED not in raw["says"] and _UNPRINTED not in raw["formula"],
    )
