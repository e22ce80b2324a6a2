"""``policy check`` finds every gap and contradiction, and says where it stands."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from yonggong import policy
from yonggong.policy.__main__ import main
from yonggong.policy.book import Book, BrokenPolicy, book_of_files

HEAD = """
region: "630000"
title: 虚构省
sources:
  decree: {title: 《虚构省规定》, issued: 2026-01-05}
values:
"""
ENTRY = "source: decree, checked: 2026-11-20"

WRONG_VALUES = yaml.safe_load(
    (Path(__file__).parent / "wrong_values.yaml").read_text(encoding="utf-8")
)
FIRST = f"{{from: 2026-02-01, value: null, {ENTRY}}}"
LATER = f"{{from: 2026-03-01, value: null, {ENTRY}}}"


def errors(book: Book) -> list[policy.Gap]:
    return [gap for gap in policy.check_book(book) if gap.level == "error"]


def test_the_packages_own_files_have_no_error() -> None:
    assert [gap for gap in policy.check() if gap.level == "error"] == []


def test_what_nobody_compared_with_its_source_is_listed_but_is_no_error() -> None:
    unchecked = [gap for gap in policy.check() if "待核" in gap.message]
    assert any(gap.where == "jilin.yaml" for gap in unchecked)
    assert all(gap.level == "note" for gap in unchecked)


def with_entries(path: str, *entries: str) -> str:
    """Write a file of the invented province with one value of the entries given."""
    section, name = path.split(".", 1)
    lines = "".join(f"      - {entry}\n" for entry in entries)
    return f"{HEAD}  {section}:\n    {name}:\n{lines}"


@pytest.mark.parametrize("wrong", WRONG_VALUES, ids=lambda wrong: wrong["said"])
def test_it_names_what_is_wrong_with_a_value_and_where(
    book_with: Callable[[str], Book], wrong: dict[str, Any]
) -> None:
    value = json.dumps(wrong["value"], ensure_ascii=False)
    entry = f"{{from: 2026-02-01, value: {value}, {ENTRY}}}"
    found = errors(book_with(with_entries(wrong["path"], entry)))
    assert any(
        (gap.where, gap.path) == ("added.yaml", wrong["path"]) and wrong["said"] in gap.message
        for gap in found
    ), found


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([f"{{from: soon, value: null, {ENTRY}}}"], "from 应当是日期"),
        (["{from: 2026-02-01, value: null}"], "from、value、source、checked"),
        (["{from: 2026-02-01, value: null, source: rumour, checked: 待核}"], "没有“rumour”"),
        (["{from: 2026-02-01, value: null, source: decree, checked: yes}"], "checked 应当是"),
        ([FIRST, FIRST], "同一天起有两个规定"),
        ([LATER, FIRST], "由早到晚"),
    ],
)
def test_it_names_what_is_wrong_with_dates_and_sources(
    book_with: Callable[[str], Book], entries: list[str], said: str
) -> None:
    found = errors(book_with(with_entries("deadlines.initial", *entries)))
    assert [gap.path for gap in found] == ["deadlines.initial"]
    assert said in found[0].message


@pytest.mark.parametrize(
    ("values", "path", "said"),
    [
        ("  nonsense: {x: []}", "nonsense.x", "不认识的名称"),
        ("  deadlines: {lost: []}", "deadlines.lost", "不认识的名称"),
        ("  deadlines: []", "deadlines", "一组名称"),
        ("  deadlines: {initial: {days: 3}}", "deadlines.initial", "列表"),
    ],
)
def test_it_names_what_the_schema_does_not_have(
    book_with: Callable[[str], Book], values: str, path: str, said: str
) -> None:
    (found,) = errors(book_with(HEAD + values))
    assert (found.path, said in found.message) == (path, True)


@pytest.mark.parametrize(
    ("rates", "areas", "said"),
    [
        ({"甲类": 1}, None, "缺少地区类别"),
        (None, {"甲类": ["630000"]}, "缺少标准"),
        ({"乙类": 1}, {"甲类": ["630000"]}, "只出现在标准和地区类别之一"),
        ({"甲类": 1}, {"甲类": ["630100"]}, "不属于任何一类"),
    ],
)
def test_rates_and_areas_must_speak_of_the_same_classes_and_cover_every_county(
    book_with: Callable[[str], Book],
    rates: dict[str, int] | None,
    areas: dict[str, list[str]] | None,
    said: str,
) -> None:
    parts: dict[str, object] = {
        "rates": rates and {area: {"monthly": "2000", "hourly": "20"} for area in rates},
        "areas": areas,
    }
    text = (
        HEAD
        + "  minimum_wage:\n"
        + "".join(
            f"    {name}:\n      - {{from: 2026-02-01, value: {json.dumps(value)}, {ENTRY}}}\n"
            for name, value in parts.items()
            if value
        )
    )
    assert any(said in gap.message for gap in errors(book_with(text)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("region: [", "不是可读的 YAML"),
        ("a: 1\na: 2", "键重复：a"),
        ("x: 2026-02-31", "不是可读的 YAML"),
        ("- 1", "region、title、sources、values"),
        ("region: 630000\ntitle: 甲\nsources: {}\nvalues: {}", "六位行政区划代码"),
        ('region: "639999"\ntitle: 甲\nsources: {}\nvalues: {}', "639999 不存在"),
        ('region: "220000"\ntitle: 甲\nsources: {}\nvalues: {}', "220000 已有文件 jilin.yaml"),
        ('region: "630000"\nsources: {}\nvalues: {}', "缺少名称"),
        ('region: "630000"\ntitle: 甲\nvalues: {}', "缺少依据的文件"),
        ('region: "630000"\ntitle: 甲\nsources: {}', "没有任何规定"),
        ('region: "630000"\ntitle: 甲\nsources: {a: {}}\nvalues: {}', "缺少文件名称"),
        ('region: "630000"\ntitle: 甲\nsources: {}\nvalues: {}\nextra: 1', "不认识的键：extra"),
    ],
)
def test_it_finds_what_is_wrong_with_a_file_as_a_whole(
    book_with: Callable[[str], Book], text: str, said: str
) -> None:
    assert any(said in gap.message for gap in errors(book_with(text)))


def test_a_city_cannot_be_laxer_than_its_province(book_with: Callable[[str], Book]) -> None:
    city = HEAD.replace("630000", "150200") + (
        f"  deadlines:\n    contract_ended:\n"
        f"      - {{from: 2026-02-01, value: {{days: 40, kind: natural}}, {ENTRY}}}"
    )
    assert any("比内蒙古自治区的期限长" in gap.message for gap in errors(book_with(city)))


def test_a_value_older_than_its_document_and_an_unused_document_are_noted(
    book_with: Callable[[str], Book],
) -> None:
    text = HEAD.replace("values:", "  spare: {title: 《另一规定》}\nvalues:") + (
        f"  rosters:\n    ending_needs_roster:\n      - {{from: 2026-01-04, value: true, {ENTRY}}}"
    )
    notes = [gap.message for gap in policy.check_book(book_with(text)) if gap.where == "added.yaml"]
    assert any("早于依据文件的发文日期 2026-01-05" in note for note in notes)
    assert any("没有规定引用这个文件" in note for note in notes)
    assert errors(book_with(text)) == []


def test_a_severity_that_nobody_checked_must_not_block(book_with: Callable[[str], Book]) -> None:
    unseen = ENTRY.replace("2026-11-20", "待核")
    for value, entry, wrong in (
        ("block", unseen, True),
        ("{default: warn, contract.new: block}", unseen, True),
        ("warn", unseen, False),
        ("block", ENTRY, False),
    ):
        text = HEAD + (
            f"  severities:\n    minimum-age:\n      - {{from: 2026-02-01, value: {value}, {entry}}}\n"
        )
        found = [gap for gap in errors(book_with(text)) if "却禁止提交" in gap.message]
        assert bool(found) is wrong


def test_a_falling_wage_is_noted(book_with: Callable[[str], Book]) -> None:
    rate = 'value: {{甲类: {{monthly: "{}", hourly: "20"}}}}'
    text = HEAD + (
        "  minimum_wage:\n    rates:\n"
        f"      - {{from: 2026-02-01, {rate.format(2000)}, {ENTRY}}}\n"
        f"      - {{from: 2026-03-01, {rate.format(1999)}, {ENTRY}}}\n"
        f'    areas:\n      - {{from: 2026-02-01, value: {{甲类: ["630000"]}}, {ENTRY}}}\n'
    )
    assert any("低于此前标准" in gap.message for gap in policy.check_book(book_with(text)))


def test_the_national_base_must_answer_everything() -> None:
    gaps = policy.check_book(Book([]))
    assert [gap.message for gap in gaps] == ['缺少全国基础文件（region: "000000"）']


def test_a_broken_file_stops_the_platform_instead_of_falling_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "half.yaml").write_text('region: "630000"', encoding="utf-8")
    monkeypatch.setenv("YONGGONG_POLICY_FOLDERS", str(tmp_path))
    with pytest.raises(BrokenPolicy, match=r"half\.yaml"):
        book_of_files.__wrapped__()


def test_the_command_prints_the_count_and_tells_by_its_exit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--errors-only"]) == 0
    assert capsys.readouterr().out.startswith("共 5 个文件，0 处错误")
    (tmp_path / "half.yaml").write_text('region: "630000"', encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 1
    assert "错误　half.yaml" in capsys.readouterr().out
