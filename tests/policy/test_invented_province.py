"""A fourth province is one more file, and no code (ALL-2)."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from yonggong import policy
from yonggong.policy.book import EXTRA_FOLDERS, book_of_files

INVENTED = Path(__file__).parent / "invented"
XINING = "630102"


def test_its_values_hold_from_their_day_and_older_cases_keep_theirs(
    invented: policy.Book,
) -> None:
    by_day = {
        date(2026, 1, 31): policy.Period(30, "natural", since="hired"),
        date(2026, 2, 1): policy.Period(15, "working"),
        date(2026, 12, 31): policy.Period(15, "working"),
        date(2027, 1, 1): policy.Period(10, "working"),
    }
    for on, period in by_day.items():
        assert invented.of(XINING, on).deadline("contract_signed") == period


def test_what_it_does_not_say_is_the_nations(invented: policy.Book) -> None:
    found = invented.of(XINING, date(2026, 3, 1))
    assert found.deadline("contract_ended") == policy.Period(7, "natural")
    assert found.text("hotline") == "12333"
    assert found.text("portal_title") == "虚构省网上大厅"


def test_what_it_withdraws_falls_back_to_the_nation(invented: policy.Book) -> None:
    before = invented.of(XINING, date(2026, 12, 31)).materials("contract.new")
    after = invented.of(XINING, date(2027, 1, 1)).materials("contract.new")
    assert [material.name for material in before] == ["photo"]
    assert [material.name for material in after] == ["contract_text"]


def test_its_routing_duties_wages_and_cases_work(invented: policy.Book) -> None:
    found = invented.of(XINING, date(2026, 3, 1))
    assert found.routing("20", "50", "110", XINING).region == "630100"
    assert found.routing("10", "50", "110", XINING).region == XINING
    (duty,) = found.annual_duties
    assert duty.due_on(2027) == date(2027, 4, 15)
    assert not duty.binds("20")
    assert found.accepts("annual.return")
    assert not found.accepts("contract.renewal")
    wages = {
        code: wage.monthly
        for code in (XINING, "630121", "632801", "632802")
        if (wage := found.minimum_wage(code, date(2026, 3, 1)))
    }
    assert wages == {
        XINING: Decimal("2000"),
        "630121": Decimal("1900"),
        "632801": Decimal("2000"),
        "632802": Decimal("1900"),
    }


def test_the_day_of_checking_is_the_earlier_of_rate_and_area(invented: policy.Book) -> None:
    wage = invented.of(XINING, date(2026, 3, 1)).minimum_wage(XINING, date(2026, 3, 1))
    assert wage is not None
    assert wage.checked == date(2026, 10, 1)


def test_the_other_provinces_do_not_notice_it(invented: policy.Book) -> None:
    for region in ("220104", "150302", "140105", "110105"):
        with_it = invented.of(region, date(2026, 11, 20))
        assert with_it.values == policy.of(region, date(2026, 11, 20)).values


def test_its_file_is_sound(invented: policy.Book) -> None:
    assert [gap for gap in policy.check_book(invented) if gap.level == "error"] == []


def test_an_installation_names_its_own_folders_in_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(EXTRA_FOLDERS, str(INVENTED))
    book = book_of_files.__wrapped__()
    assert book.of(XINING, date(2026, 3, 1)).title == "虚构省"
