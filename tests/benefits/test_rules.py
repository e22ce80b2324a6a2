"""Every amount, period, deadline and threshold of the standard is computed or says why not, by the
standard's own numbers."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from yonggong import catalogue
from yonggong.benefits.figures import UNCHECKED, figures
from yonggong.benefits.functions import FUNCTIONS
from yonggong.benefits.reckoning import Input
from yonggong.benefits.rules import Mapped, mapped, of_function

ITEMS = {item.key: item for item in catalogue.book()}
WANTED = {
    (item.key, place)
    for item in ITEMS.values()
    for place, rule in enumerate(item.rules)
    if rule.kind != "condition"
}
COMPUTED = [one for one in mapped().values() if one.function]


def test_the_map_is_complete_and_names_nothing_else() -> None:
    assert mapped().keys() == WANTED
    assert len(WANTED) == 610


def test_each_rule_has_a_function_or_a_reason() -> None:
    for one in mapped().values():
        assert bool(one.function) != bool(one.why_not), (one.item, one.rule)


def test_each_function_computes_a_rule() -> None:
    assert all(of_function(name) for name in FUNCTIONS)


def test_lengths_are_those_that_the_rule_names() -> None:
    for one in COMPUTED:
        amount = one.told.get("amount", "")
        if not amount.isdigit() or int(amount) < 2:
            continue
        rule = ITEMS[one.item].rules[one.rule]
        texts = (rule.says, rule.formula, *(parameter.value for parameter in rule.parameters))
        named = {word for text in texts for word in re.findall(r"\d+", text)}
        years = str(int(amount) // 12) if int(amount) % 12 == 0 else amount
        assert not named or {amount, years} & named, (one.item, one.rule, one.told)


def test_bounds_are_those_that_the_rule_names() -> None:
    for one in of_function("bounds"):
        rule = ITEMS[one.item].rules[one.rule]
        said = f"{rule.says}{rule.formula}{[p.value for p in rule.parameters]}"
        for name in ("least", "most"):
            if name in one.told:
                assert one.told[name] in re.findall(r"\d+", said), (one.item, one.rule, name)


def test_figures_are_the_standards() -> None:
    for name, dated in figures().items():
        oldest = dated[-1]
        rule = ITEMS[oldest.item].rules[oldest.rule]
        found = next(one for one in rule.parameters if one.name == oldest.parameter)
        if oldest.words:
            assert found.value == "2/3"
            continue
        printed = Decimal(found.value.rstrip("%"))
        share = "%" in found.value or found.unit in ("%", "百分点")
        assert oldest.value == (printed / 100 if share else printed), name
        assert (oldest.checked == UNCHECKED) == (not rule.checked), name


def _answer(asked: Input) -> st.SearchStrategy[Any]:
    days = st.dates(date(1960, 1, 1), date(2035, 12, 31))
    plain = {
        "date": days,
        "month": days.map(lambda day: day.replace(day=1)),
        "money": st.decimals(0, 10**6, places=2),
        "decimal": st.decimals(0, 100, places=2),
        "integer": st.integers(0, 120),
        "boolean": st.booleans(),
        "choice": st.sampled_from(asked.choices or ("",)),
    }[asked.type]
    return plain if asked.required else st.none() | plain


@given(st.data(), st.sampled_from(COMPUTED))
def test_any_answers_are_reckoned_or_refused_in_words(data: st.DataObject, one: Mapped) -> None:
    assert one.function is not None
    given_ = {asked.name: data.draw(_answer(asked), label=asked.label) for asked in one.inputs}
    try:
        found = one.function.reckon(given_, one.told, date(2026, 11, 28))
    except ValueError as refused:
        assert re.search("[一-龥]", str(refused)), refused
        return
    assert found.said and all(found.steps)


def test_each_rule_asks_what_its_function_needs() -> None:
    for one in COMPUTED:
        names = [asked.name for asked in one.inputs]
        assert len(names) == len(set(names)) and all(asked.label for asked in one.inputs)


def test_lengths_add_up() -> None:
    """A stage ends with the last of its parts."""
    for one in of_function("stages"):
        total = sum(int(part.rsplit(":", 1)[1]) for part in one.told["stages"].split("/"))
        said = ITEMS[one.item].rules[one.rule].says
        assert f"{total}个工作日" in said or "15个工作日" in said, one.item
