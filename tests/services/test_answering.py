"""What an item's rules give for the answers of its form."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from yonggong import catalogue
from yonggong.benefits.rules import mapped
from yonggong.cases.attempts import Attempts
from yonggong.cases.catalogued import kind_of
from yonggong.codes.invent import invent_id_number
from yonggong.registry.parties import Party
from yonggong.services.answering import answers_of, reckoned, refusals

CAME = date(2026, 11, 20)


def given(item: str, *, by_unit: bool = True, **answers: Any) -> dict[int, str]:
    """What the rules give, by their places, for answers by their fields' labels."""
    found = catalogue.book().find(item)
    assert found is not None
    form = kind_of(found).form
    names = {field.label: field.name for field in form.fields}
    values = {names[label]: value for label, value in answers.items()}
    results = reckoned(found, answers_of(form, values, CAME), CAME, by_unit=by_unit)
    return {one.of.mapped.rule: one.result.said for one in results}


@pytest.mark.parametrize(
    ("by_unit", "said"),
    [
        (True, {0: "已超过期限 19 日（应在 2026-11-01 前）"}),
        (False, {1: "在期限以内（2027-10-02 前）"}),
    ],
)
def test_an_injury_is_told_within_thirty_days_by_a_unit_within_a_year_by_others(
    by_unit: bool, said: dict[int, str]
) -> None:
    accident = {"事故发生的时间": date(2026, 10, 2)}
    assert given("work-injury-recognition", by_unit=by_unit, **accident) == said


def test_a_number_tells_the_age() -> None:
    chance = random.Random(1)
    number = invent_id_number(chance, region="150102", birth_date=date(2012, 1, 1), sex="1")
    found = given("employment-market-information-publication", 身份证号=number)
    assert found == {}
    form = "hard-to-employ-person-recognition"
    labels = {
        field.label
        for one in catalogue.book().find(form).forms  # type: ignore[union-attr]
        for field in one.fields
        if field.source == "person.id_number" and not one.repeating and field.by != "office"
    }
    old = invent_id_number(chance, region="150102", birth_date=date(1970, 1, 1), sex="1")
    for label in sorted(labels)[:1]:
        assert "56 周岁" in given(form, by_unit=False, **{label: old})[1]


def attempts(item: str, **answers: Any) -> Attempts:
    """As much of an application as is looked at for limits."""
    kind = kind_of(catalogue.book().find(item))  # type: ignore[arg-type]
    names = {field.label: field.name for field in kind.form.fields}
    return Attempts(
        kind=kind,
        form=kind.form,
        applicant=Party(kind=Party.Kind.EMPLOYER),
        policy=None,  # type: ignore[arg-type]
        today=CAME,
        by=None,  # type: ignore[arg-type]
        columns={names[label]: [value] for label, value in answers.items()},
    )


@pytest.mark.parametrize(("begins", "refused"), [(26, True), (27, False)])
def test_a_limit_of_the_standards_own_blocks(begins: int, refused: bool) -> None:
    """Five working days before a class begins: from Friday 20 November the 27th."""
    tried = attempts(
        "employment-skills-training-class-opening", **{"培训日期（起）": date(2026, 11, begins)}
    )
    found = refusals(tried, [0])
    assert bool(found) == refused
    if refused:
        assert "已超过期限" in found[0][0].message


def test_a_missed_limit_that_may_be_extended_informs_only() -> None:
    assert not refusals(attempts("work-injury-recognition", 事故发生的时间=date(2020, 1, 1)), [0])


def test_only_what_the_standard_prints_blocks() -> None:
    blocking = [one for one in mapped().values() if "blocks" in one.told]
    assert blocking
    for one in blocking:
        item = catalogue.book().find(one.item)
        assert item is not None and item.rules[one.rule].checked


def test_nothing_is_said_where_only_the_day_of_filing_is_known() -> None:
    assert given("unemployment-benefit-claim", by_unit=False) == {}
