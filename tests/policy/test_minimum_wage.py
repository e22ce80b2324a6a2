"""The minimum wage of a place on a day; the most specific area wins."""

from datetime import date
from decimal import Decimal

import pytest

from yonggong import policy
from yonggong.codes.tables import table

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("region", "on", "monthly", "hourly", "area"),
    [
        # Jilin, notice of 2021-09-30 and 吉政函〔2024〕66号: both sides of each change.
        ("220104", date(2021, 11, 30), "1780", "17", "第一档"),
        ("220104", date(2021, 12, 1), "1880", "19", "第一档"),
        ("220104", date(2024, 9, 30), "1880", "19", "第一档"),
        ("220104", date(2024, 10, 1), "2120", "21", "第一档"),
        ("220112", date(2024, 10, 1), "2120", "21", "第一档"),
        ("220122", date(2024, 10, 1), "1780", "18", "第三档"),
        ("220202", date(2024, 10, 1), "1920", "19.5", "第二档"),
        ("220281", date(2024, 10, 1), "1780", "18", "第三档"),
        ("222401", date(2021, 11, 30), "1580", "15", "第三档"),
        ("222401", date(2021, 12, 1), "1760", "18", "第二档"),
        ("222404", date(2024, 10, 1), "1920", "19.5", "第二档"),
        ("220602", date(2021, 12, 1), "1640", "17", "第三档"),
        ("220602", date(2024, 10, 1), "1920", "19.5", "第二档"),
        ("220721", date(2021, 12, 1), "1640", "17", "第三档"),
        ("220802", date(2021, 12, 1), "1540", "16", "第四档"),
        ("220104", date(2025, 12, 1), "2230", "22", "第一档"),
        # Inner Mongolia: 内政办发〔2024〕46号 and its successor.
        ("150102", date(2024, 11, 30), "1980", "20.8", "一类地区"),
        ("150102", date(2024, 12, 1), "2270", "22.4", "一类地区"),
        ("150302", date(2025, 12, 1), "2380", "23.5", "一类地区"),
        ("150702", date(2025, 12, 1), "2310", "22.8", "二类地区"),
        ("150703", date(2025, 12, 1), "2380", "23.5", "一类地区"),
        ("150782", date(2025, 12, 1), "2250", "22.2", "三类地区"),
        ("152501", date(2025, 12, 1), "2380", "23.5", "一类地区"),
        # Shanxi.
        ("140105", date(2022, 12, 31), "1880", "19.8", "一类地区"),
        ("140105", date(2023, 1, 1), "1980", "21.3", "一类地区"),
        ("140181", date(2023, 1, 1), "1780", "19.1", "三类地区"),
    ],
)
def test_the_wage_follows_place_and_day(
    region: str, on: date, monthly: str, hourly: str, area: str
) -> None:
    found = policy.of(region, TODAY).minimum_wage(region, on)
    assert found is not None
    assert (found.monthly, found.hourly, found.area) == (Decimal(monthly), Decimal(hourly), area)


def test_every_county_of_the_three_provinces_has_a_wage() -> None:
    counties = [
        line.code
        for line in table("region")
        if line.level == 3 and line.code[:2] in ("14", "15", "22")
    ]
    assert len(counties) > 270
    assert all(policy.of(code, TODAY).minimum_wage(code, TODAY) for code in counties)


def test_inner_mongolia_has_as_many_counties_a_class_as_its_notice_counts() -> None:
    by_area: dict[str, int] = {}
    for line in table("region"):
        if line.level == 3 and line.code.startswith("15"):
            wage = policy.of(line.code, TODAY).minimum_wage(line.code, date(2024, 12, 1))
            assert wage is not None
            by_area[wage.area] = by_area.get(wage.area, 0) + 1
    assert by_area == {"一类地区": 18 + 2 + 12, "二类地区": 16 + 14, "三类地区": 15 + 26}


def test_a_province_without_a_file_has_none() -> None:
    assert policy.of("110105", TODAY).minimum_wage("110105", TODAY) is None


def test_the_day_before_the_first_known_wage_has_none() -> None:
    assert policy.of("150102", TODAY).minimum_wage("150102", date(2021, 11, 30)) is None


def test_work_done_in_another_province_takes_that_provinces_wage() -> None:
    found = policy.of("220104", TODAY).minimum_wage("150302", TODAY)
    assert found is not None
    assert found.monthly == Decimal("2380")


def test_a_wage_says_since_when_and_whether_anybody_saw_its_source() -> None:
    seen = policy.of("220104", TODAY).minimum_wage("220104", date(2024, 10, 1))
    unseen = policy.of("220104", TODAY).minimum_wage("220104", TODAY)
    assert seen is not None and unseen is not None
    assert (seen.since, seen.checked) == (date(2024, 10, 1), date(2026, 11, 20))
    assert "吉政函〔2024〕66号" in seen.source
    assert (unseen.since, unseen.checked) == (date(2025, 12, 1), None)
