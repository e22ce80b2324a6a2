"""What people type into conditions is read, or refused beside the condition; it never fails."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from tests.listings.orchard import CONDITIONS, READ_ONLY
from yonggong.listings.conditions import Condition, DateRangeCondition

# All but the one that looks into the database; it is in test_pages.py.
BY_NAME: dict[str, Condition] = {
    item.name: item for item in (*CONDITIONS, *READ_ONLY) if item.name != "above"
}


class Someone:
    """As much of a user as conditions ask of one."""

    pk = 7

    class scope:
        @staticmethod
        def regions(*powers: object) -> tuple[str, ...]:
            return ("220100",)


def read(name: str, /, **params: str) -> Any:
    return BY_NAME[name].read({key: [value] for key, value in params.items()}, Someone())  # type: ignore[arg-type]


@pytest.mark.parametrize("name", BY_NAME)
def test_a_condition_left_empty_asks_for_nothing(name: str) -> None:
    reading = BY_NAME[name].read({}, Someone())  # type: ignore[arg-type]
    assert (reading.q, reading.words, reading.problem) == (None, "", "")


@pytest.mark.parametrize(
    ("name", "params", "words"),
    [
        ("name", {"name": " 朝阳 "}, "机构名称：以“朝阳”开头"),
        ("name", {"name": "\u3000长春\u3000机构"}, "机构名称：以“长春 机构”开头"),
        ("code", {"code": "２２０１ ０４"}, "区划代码：“220104”"),
        ("any", {"any": "关系"}, "关键字：包含“关系”"),
        ("level", {"level": "county"}, "层级：县级"),
        ("reviews", {"reviews": "1"}, "受理审核：是"),
        ("reviews", {"reviews": "0"}, "受理审核：否"),
        ("region", {"region": "220104"}, "行政区划：朝阳区"),
        ("signed", {"signed_from": "2026-01-01"}, "签订日期：2026-01-01 至 不限"),
        ("signed", {"signed_to": "2026-01-31"}, "签订日期：不限 至 2026-01-31"),
    ],
)
def test_a_condition_says_in_words_what_it_asks(
    name: str, params: dict[str, str], words: str
) -> None:
    reading = read(name, **params)
    assert reading.words == words
    assert reading.q is not None and not reading.problem


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("name", {"name": "长" * 61}),
        ("name", {"name": "a\x00b"}),
        ("level", {"level": "planet"}),
        ("reviews", {"reviews": "2"}),
        ("region", {"region": "110105"}),
        ("number", {"number": "123"}),
        ("signed", {"signed_from": "2026-02-30"}),
        ("signed", {"signed_from": "2026-W01-1"}),
        ("signed", {"signed_from": "0001-01-01"}),
        ("signed", {"signed_to": "9999-12-31"}),
        ("signed", {"signed_from": "2026-02-01", "signed_to": "2026-01-01"}),
    ],
)
def test_what_cannot_be_read_is_a_problem_and_not_a_condition(
    name: str, params: dict[str, str]
) -> None:
    reading = read(name, **params)
    assert reading.problem.endswith("。")
    assert reading.q is None


def test_a_number_is_looked_up_by_its_digest_and_masked_in_words() -> None:
    reading = read("number", number="22010419900101x01x")
    assert reading.q == Q(document_digest__in=[b"22010419900101X0"])
    assert reading.words == "证件号码：2201…1X"


def test_a_number_stands_in_addresses_sealed_for_whoever_seeks_it() -> None:
    reading = read("number", number="22010419900101x01x")
    (sealed,) = reading.typed.values()
    assert "2201041990" not in sealed and reading.shown == {"number": "22010419900101X01X"}
    again = read("number", number=sealed)
    assert (again.q, again.words, again.shown) == (reading.q, reading.words, reading.shown)

    class Other(Someone):
        pk = 8

    theirs = BY_NAME["number"].read({"number": [sealed]}, Other())  # type: ignore[arg-type]
    assert theirs.q is None and "本人" in theirs.problem and theirs.typed == {"number": ""}


def test_a_region_asks_for_all_that_lies_below_it() -> None:
    assert read("region", region="220100").q == Q(
        region_code__gte="220100", region_code__lt="220200"
    )


def test_regions_are_offered_only_from_those_a_person_reaches() -> None:
    codes = {choice.code for choice in BY_NAME["region"].choices_for(Someone())}  # type: ignore[arg-type]
    assert {"220100", "220104"} <= codes
    assert all(code.startswith("2201") for code in codes)


def test_both_days_of_a_range_are_included() -> None:
    reading = read("signed", signed_from="2026-01-01", signed_to="2026-01-31")
    assert reading.q == Q(signed_on__gte=date(2026, 1, 1), signed_on__lt=date(2026, 2, 1))


def test_a_range_says_what_only_such_rows_are_and_how_late_another_day_can_be() -> None:
    ended = DateRangeCondition(
        name="ended", label="终止日期", field="ended_on", after="filed_at", only=Q(kind="ending")
    )
    reading = ended.read({"ended_to": ["2026-03-05"]}, Someone())  # type: ignore[arg-type]
    assert reading.q == Q(kind="ending") & Q(ended_on__lt=date(2026, 3, 6))
    assert str(reading.bound) == str(
        Q(filed_at__lt=datetime(2026, 3, 6, tzinfo=ZoneInfo("Asia/Shanghai")))
    )
    assert ended.read({}, Someone()).q is None  # type: ignore[arg-type]


def test_a_range_of_moments_begins_and_ends_at_midnight_in_shanghai() -> None:
    q = read("filed", filed_from="2026-01-01", filed_to="2026-01-01").q
    bounds = {name: moment.isoformat() for name, moment in q.children}
    assert bounds == {
        "filed_at__gte": "2026-01-01T00:00:00+08:00",
        "filed_at__lt": "2026-01-02T00:00:00+08:00",
    }


@given(st.data())
def test_nothing_anybody_sends_makes_a_condition_fail(data: st.DataObject) -> None:
    condition = data.draw(st.sampled_from(list(BY_NAME.values())))
    values = st.lists(st.text(max_size=80) | st.from_regex(r"\d{4}-\d\d-\d\d"), max_size=3)
    params = {name: data.draw(values) for name in condition.params}
    reading = condition.read(params, Someone())  # type: ignore[arg-type]
    assert not (reading.q is not None and reading.problem)
    assert set(reading.typed) == set(condition.params)
    assert (reading.q is not None) == bool(reading.words)
