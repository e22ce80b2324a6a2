"""The catalogue: all of the standard arrives, what it leaves open stays open, versions by day."""

from __future__ import annotations

import copy
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from yonggong.catalogue import book, own_titles
from yonggong.catalogue.book import Book, own_sources, standard_sources, with_signing
from yonggong.catalogue.checking import compared, counts, gaps, source_counts
from yonggong.catalogue.comparing import differences
from yonggong.catalogue.items import Item
from yonggong.catalogue.reading import read_item
from yonggong.catalogue.schema import own_schema, standard_schema
from yonggong.serving.commands import dispatch

STANDARD = list(standard_sources())


def _read(key: str, **changes: Any) -> Item:
    raw = next(raw for raw in STANDARD if raw["id"] == key)
    return read_item({**copy.deepcopy(raw), **changes}, {})


def test_all_of_the_standard_arrives() -> None:
    """The counts of the extraction's own notes: read twice against the text."""
    standard = [book().get(raw["id"]) for raw in STANDARD]
    assert counts(standard) == {
        "事项": 153,
        "表单": 200,
        "字段": 3440,
        "材料": 483,
        "环节": 772,
        "规则": 1600,
    }


def test_what_was_loaded_is_counted_beside_the_source(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert dispatch(["catalogue", "check"]) == 0
    said = capsys.readouterr().out
    assert "服务标准（来源/载入）：事项 153/153，表单 200/200，字段 3440/3440" in said
    short = Book(item for item in book() if item.key != "labour-dispatch-licence")
    counted = dict(compared(short))["服务标准"]
    assert counted["事项"] == (153, 152) and counted["材料"][0] > counted["材料"][1]


def test_there_are_no_gaps() -> None:
    assert list(gaps()) == []


def test_a_part_that_did_not_arrive_is_a_gap() -> None:
    item = book().get("labour-dispatch-licence")
    short = Book([*(i for i in book() if i.key != item.key), replace(item, materials=())])
    (found,) = gaps(short)
    assert found.startswith("labour-dispatch-licence：材料应有")


def test_an_item_that_did_not_arrive_is_a_gap() -> None:
    assert list(gaps(Book(i for i in book() if i.key != "labour-dispatch-licence"))) == [
        "labour-dispatch-licence：没有载入"
    ]


@pytest.mark.parametrize("raw", STANDARD, ids=lambda raw: raw["id"])
def test_every_item_keeps_what_the_source_says(raw: dict[str, Any]) -> None:
    item = book().get(raw["id"])
    assert (item.title, item.category, item.page) == (raw["name"], raw["category"], raw["page"])
    assert [m.name for m in item.materials] == [m["name"] for m in raw["materials"]]
    assert [s.name for s in item.procedure if not s.added] == [s["name"] for s in raw["procedure"]]
    assert [[f.label for f in form.fields] for form in item.forms] == [
        [f["label"] for f in form["fields"]] for form in raw["forms"]
    ]
    assert (item.promised_limit is None) == (raw["promised_limit"] is None)


@pytest.mark.parametrize("raw", list(own_sources()), ids=lambda raw: raw["id"])
def test_the_platforms_own_items_follow_their_schema(raw: dict[str, Any]) -> None:
    assert list(Draft202012Validator(own_schema()).iter_errors(raw)) == []


def test_a_standard_item_may_not_say_what_only_the_platforms_own_may() -> None:
    raw = {**STANDARD[0], "word": "登记"}
    assert not Draft202012Validator(standard_schema()).is_valid(raw)


def test_titles_stand_in_one_place() -> None:
    """The title of an ending differed between the province's page and the case."""
    from yonggong.cases.kinds import all_kinds

    titles = {kind.name: kind.title for kind in all_kinds() if kind.name in own_titles()}
    assert titles["contract.ending"] == "劳动合同解除/终止备案"
    assert titles == {key: own_titles()[key] for key in titles}


def test_an_item_without_an_acceptance_gets_one_after_the_application() -> None:
    stages = [("申请", "apply", "applicant"), ("审核", "review", "office")]
    item = _read("labour-dispatch-licence", procedure=_procedure(stages))
    assert [(s.key, s.added) for s in item.procedure] == [
        ("apply", False),
        ("accept", True),
        ("review", False),
    ]


def test_a_query_needs_no_acceptance() -> None:
    stages = [("查询", "query", "applicant"), ("出具", "deliver", "system")]
    item = _read("labour-dispatch-licence", procedure=_procedure(stages))
    assert [stage.kind for stage in item.procedure] == ["query", "deliver"]


def test_an_acceptance_may_always_return() -> None:
    """ST-3: incomplete is returned once, naming all that is missing."""
    for item in book():
        for stage in item.procedure:
            if stage.kind == "accept":
                assert "return" in stage.outcomes, item.key


def test_what_comes_before_the_application_is_no_step_of_the_case() -> None:
    item = book().get("economic-layoff-report")
    assert [stage.kind for stage in item.stages("before")] == ["publicity", "survey"]
    assert item.stages()[0].kind == "apply"


def test_several_stages_of_a_kind_have_keys_of_their_own() -> None:
    item = book().get("harmonious-labour-relations-recognition")
    keys = [stage.key for stage in item.procedure if stage.kind == "approve"]
    assert keys == ["approve", "approve-2", "approve-3"]


def test_a_table_belongs_to_the_form_before_it() -> None:
    forms = [{**f, "repeating": r} for f, r in zip(_two_forms(), (False, True), strict=True)]
    head, table = _read("labour-dispatch-licence", forms=forms).forms
    assert (head.of, table.of) == ("", head.key)


def test_what_the_standard_does_not_print_is_not_checked() -> None:
    """131 rules come from general knowledge of the law: they inform and never block."""
    unprinted = [rule for item in book() for rule in item.rules if not rule.checked]
    assert len(unprinted) == 131


def test_what_the_standard_leaves_open_stays_open() -> None:
    item = book().get("harmonious-labour-relations-recognition")
    assert (item.statutory_limit, item.promised_limit, item.kind) == (None, None, "")


def test_the_standard_holds_in_its_region_only() -> None:
    assert book().find("labour-dispatch-licence", region="150102") is not None
    assert book().find("labour-dispatch-licence", region="220104") is None
    assert book().find("contract.new", region="220104") is not None


def test_the_standard_holds_from_its_month_on() -> None:
    find = book().find
    assert find("labour-dispatch-licence", region="150000", on=date(2024, 8, 31)) is None
    assert find("labour-dispatch-licence", region="150000", on=date(2024, 9, 1)) is not None


def test_a_city_goes_before_its_province_and_the_later_before_the_earlier() -> None:
    item = replace(book().get("labour-dispatch-licence"), region="150000")
    old = replace(item, title="旧", holds_from=date(2024, 9, 1))
    new = replace(item, title="新", holds_from=date(2025, 1, 1))
    city = replace(item, title="市", region="150300", holds_from=date(2024, 9, 1))
    held = Book([old, city, new])
    key = item.key
    assert held.get(key, region="150100", on=date(2024, 12, 31)).title == "旧"
    assert held.get(key, region="150100", on=date(2025, 1, 1)).title == "新"
    assert held.get(key, region="150302", on=date(2025, 1, 1)).title == "市"
    assert [item.title for item in held.holding(region="150302", on=date(2025, 1, 1))] == ["市"]


def test_two_items_of_one_key_for_one_region_and_day_are_refused() -> None:
    item = book().get("labour-dispatch-licence")
    with pytest.raises(ValueError, match="stands twice"):
        Book([item, item])


def test_an_unknown_key_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        book().get("no-such-item")


def test_limits_in_words() -> None:
    limits = {str(item.promised_limit) for item in book() if item.promised_limit}
    assert {"即时办结", "15个工作日", "30日"} <= limits


def test_source_and_catalogue_are_counted_alike() -> None:
    assert source_counts(STANDARD) == counts(book().get(raw["id"]) for raw in STANDARD)


def _procedure(stages: list[tuple[str, str, str]]) -> list[dict[str, Any]]:
    return [
        {"name": n, "kind": k, "by": b, "actor": "", "limit": None, "outcomes": ["next"]}
        for n, k, b in stages
    ]


def _two_forms() -> list[dict[str, Any]]:
    forms: list[dict[str, Any]] = next(r for r in STANDARD if len(r["forms"]) > 1)["forms"]
    return forms[:2]


def test_when_a_material_is_needed_says_nothing_of_the_standards_lists() -> None:
    for item in book():
        for one in item.materials:
            assert "未列" not in one.condition and "空表" not in one.condition, (item.key, one.name)


def test_versions_are_compared_in_words() -> None:
    old = next(raw for raw in standard_sources() if raw["id"] == "work-injury-medical-transfer")
    new = copy.deepcopy(dict(with_signing(old)))
    new["procedure"][2]["kind"] = "review"
    said = {(one.old, one.new) for one in differences(old, new)}
    assert ("申请人", "签章人手写") in said and ("受理", "审核") in said
    assert not any(re.fullmatch("[a-z_]+", word) for pair in said for word in pair)
