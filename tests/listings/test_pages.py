"""A page of a list: what is on it, how far it counts, and that nothing asked makes it fail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.listings.orchard import ORCHARD, PHONE
from yonggong.accounts.models import User
from yonggong.listings import Column, Listing, actions, conditions, finding, pages
from yonggong.registry.models import Agency

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(make_user: Callable[..., Any]) -> Any:
    return User.objects.get(pk=make_user("bureau_supervisor", region_code="220000").pk)


@pytest.fixture
def agencies(db: None) -> list[Agency]:
    """Twenty-three agencies of Jilin, named in order, and one of another province."""
    made = [
        Agency(
            name=f"机构{number:02}",
            level="county" if number % 2 else "prefecture",
            region_code=f"2201{number % 5:02}",
            telephone=PHONE,
            reviews=number != 3,
        )
        for number in range(23)
    ]
    made.append(Agency(name="机构外", level="county", region_code="110105"))
    return Agency.objects.bulk_create(made)


def page(person: Any, listing: Listing = ORCHARD, /, **params: str) -> pages.Page:
    return pages.page_of(listing, person, {name: [value] for name, value in params.items()})


def names(found: pages.Page) -> list[str]:
    return [row.cells[0].text for row in found.rows]


@pytest.mark.usefixtures("agencies")
class TestPages:
    def test_the_first_page_has_the_first_rows_in_the_default_order(self, person: Any) -> None:
        found = page(person)
        assert names(found) == ["机构00", "机构01", "机构02", "机构03", "机构04"]
        assert (found.total_text, found.last, found.first_row, found.last_row) == ("23", 5, 1, 5)

    def test_the_pages_together_have_every_row_once(self, person: Any) -> None:
        seen = [name for number in range(1, 6) for name in names(page(person, page=str(number)))]
        assert seen == [f"机构{number:02}" for number in range(23)]

    def test_rows_out_of_the_scope_are_not_there(self, person: Any) -> None:
        assert page(person, name="机构外").total == 0

    def test_a_page_beyond_the_last_is_the_last(self, person: Any) -> None:
        found = page(person, page="999999")
        assert (found.number, names(found)) == (5, ["机构20", "机构21", "机构22"])

    def test_conditions_narrow_together(self, person: Any) -> None:
        found = page(person, level="county", code="220101")
        assert names(found) == ["机构01", "机构11", "机构21"]
        assert found.asked.words == ("区划代码：“220101”", "层级：县级")

    def test_what_rows_refer_to_is_looked_up_first(self, person: Any) -> None:
        above = Agency.objects.create(name="省厅", level="province", region_code="220000")
        Agency.objects.filter(name="机构07").update(parent=above)
        assert names(page(person, above="省")) == ["机构07"]
        assert page(person, above="无此机构").total == 0

    def test_too_many_to_refer_to_are_told_beside_the_condition(
        self, person: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(conditions, "_MOST_RELATED", 1)
        for name in ("省厅甲", "省厅乙"):
            Agency.objects.create(name=name, level="province", region_code="220000")
        assert "超过1个，请输入得更完整一些" in page(person, above="省").asked.problems["above"]
        assert page(person, above="省厅甲").asked.problems == {}

    def test_a_condition_that_cannot_be_read_shows_no_rows_and_says_why(self, person: Any) -> None:
        found = page(person, level="planet")
        assert (found.rows, found.asked.problems) == ((), {"level": "请从列表中选择层级。"})

    def test_a_column_sorts_both_ways(self, person: Any) -> None:
        assert names(page(person, sort="-name"))[0] == "机构22"
        assert names(page(person, sort="name"))[0] == "机构00"

    def test_a_column_that_cannot_be_sorted_by_is_not(self, person: Any) -> None:
        assert page(person, sort="-phone").asked.sort is None

    def test_personal_data_is_masked(self, person: Any) -> None:
        assert page(person).rows[0].cells[3].text == "138****5678"

    def test_only_selectable_rows_can_be_ticked(self, person: Any) -> None:
        assert [row.selectable for row in page(person).rows] == [True, True, True, False, True]

    def test_actions_that_need_a_power_are_shown_to_those_who_have_it(
        self, person: Any, reviewer: Any
    ) -> None:
        assert [action.name for action in page(person).actions] == ["close", "print"]
        reviewer = User.objects.get(pk=reviewer.pk)
        assert [action.name for action in page(reviewer).actions] == ["close", "print", "review"]

    def test_chosen_columns_and_size_are_kept(self, person: Any) -> None:
        actions.choose(listing=ORCHARD, columns=["level", "name", "none"], page_size=10, by=person)
        found = page(person)
        assert [column.name for column in found.asked.columns] == ["name", "level"]
        assert len(found.rows) == 10
        actions.forget_choice(listing=ORCHARD, by=person)
        assert len(page(person).rows) == 5

    def test_the_address_keeps_what_was_asked(self, person: Any) -> None:
        found = page(person, level="county", sort="-name", page="2", reviews="")
        assert found.here == "?level=county&sort=-name&page=2"
        assert found.address(sort="") == "?level=county"

    def test_rows_are_counted_and_sorted_in_one_scan(self, person: Any) -> None:
        with CaptureQueriesContext(connection) as captured:
            assert page(person, code="220101", sort="-name").total == 5
        scans = [query for query in captured if "registry_agency" in query["sql"]]
        assert len(scans) == 2  # the keys with their count, and the rows for them

    def test_counting_stops_at_the_limit(
        self, person: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(finding, "COUNT_LIMIT", 10)
        found = page(person)
        assert (found.total_text, found.last, found.numbers) == ("10+", 2, [1, 2])
        assert page(person, page="9").number == 2
        assert page(person, page="9").notice == pages.TOO_MANY

    def test_beyond_the_limit_only_quick_columns_sort(
        self, person: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(finding, "COUNT_LIMIT", 10)
        slow, quick = page(person, sort="-name"), page(person, sort="-region")
        assert names(slow)[0] == "机构00" and "未按“机构名称”排序" in slow.notice
        assert quick.rows[0].cells[1].text == "220104" and not quick.notice

    def test_a_list_that_takes_too_long_is_given_up_with_a_word(
        self, person: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pages, "_STATEMENT_SECONDS", 0.05)
        asleep = replace(
            ORCHARD, rows=lambda user: Agency.objects.extra(where=["pg_sleep(0.02) IS NOT NULL"])
        )
        found = page(person, asleep)
        assert found.rows == () and "请补充条件" in found.notice

    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(
        params=st.dictionaries(
            st.sampled_from(
                ["name", "code", "any", "above", "level", "region", "page", "size", "sort"]
            ),
            st.lists(st.text(max_size=20) | st.sampled_from(["-name", "0", "-1", "county"])),
        )
    )
    def test_nothing_anybody_sends_makes_a_page_fail(
        self, person: Any, params: dict[str, list[str]]
    ) -> None:
        found = pages.page_of(ORCHARD, person, params)
        assert 1 <= found.number <= found.last
        assert len(found.rows) <= found.asked.size


def test_an_empty_list_has_one_empty_page(person: Any) -> None:
    found = page(person)
    assert (found.rows, found.total, found.last, found.numbers) == ((), 0, 1, [1])


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, [1, 2, 3, None, 20]),
        (10, [1, None, 8, 9, 10, 11, 12, None, 20]),
        (20, [1, None, 18, 19, 20]),
    ],
)
def test_page_numbers_show_both_ends_and_what_is_near(
    person: Any, number: int, expected: list[int | None]
) -> None:
    asked = pages.read(ORCHARD, person, {})
    assert pages.Page(asked, (), 100, number).numbers == expected


@pytest.mark.parametrize(
    "columns",
    [
        (Column(name="a", label="甲", value=str), Column(name="a", label="乙", value=str)),
    ],
)
def test_a_list_that_contradicts_itself_is_refused(columns: tuple[Column, ...]) -> None:
    with pytest.raises(ValueError, match="two columns"):
        Listing(name="wrong", title="错", columns=columns, rows=ORCHARD.rows)


def test_a_condition_may_not_take_a_name_the_list_needs() -> None:
    wrong = replace(ORCHARD.conditions[0], name="page")
    with pytest.raises(ValueError, match="taken"):
        Listing(
            name="wrong",
            title="错",
            columns=ORCHARD.columns,
            rows=ORCHARD.rows,
            conditions=(wrong,),
        )
