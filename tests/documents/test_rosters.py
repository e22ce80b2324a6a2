"""The three rosters of filings (manual 1.10, 1.11)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.documents.papers import (
    AGENCY,
    EMPLOYER,
    credit_code,
    id_number,
    layout_of,
    page_texts,
    roster_of,
    roster_row,
)
from yonggong.documents.rendering import render_table
from yonggong.documents.rendering.table import table_values

KINDS: list[tuple[str, str]] = [
    ("new", "新订劳动合同备案名册"),
    ("renewal", "续订劳动合同备案名册"),
    ("ending", "解除（终止）劳动合同备案名册"),
]


@pytest.mark.parametrize(("kind", "title"), KINDS)
def test_each_roster_names_itself_the_employer_the_agency_and_the_number_of_people(
    kind: str, title: str
) -> None:
    text = page_texts(render_table(roster_of(kind, [roster_row(n) for n in range(3)])))[0]
    for part in (
        title,
        f"用人单位：{EMPLOYER}",
        f"统一社会信用代码：{credit_code()}",
        f"备案机构：{AGENCY}",
        "备案人数：3人",
        "合计：3人",
        "用人单位（盖章）",
        "人力资源社会保障部门（盖章）",
    ):
        assert part in text


@pytest.mark.parametrize(("kind", "title"), KINDS)
def test_columns_fill_the_width_of_the_page(kind: str, title: str) -> None:
    described = layout_of(kind)
    assert described.title == title
    assert sum(column.column.width for column in described.columns) == 267


@pytest.mark.parametrize(("kind", "title"), KINDS)
def test_usual_values_stand_on_one_line(kind: str, title: str) -> None:
    ending_x = next(n for n in range(1000) if id_number(n).endswith("X"))
    row = roster_row(
        ending_x,
        name="巴特尔·苏和",
        job="会计",
        pay=Decimal("123456.78"),
        severance_paid=Decimal("1234567.89"),
        service_months=12 * 12 + 11,
        end_reason="劳动合同期满",
    )
    pages = table_values(roster_of(kind, [row]))["pages"]
    assert isinstance(pages, list)
    assert not [cell for cell in pages[0]["cells"] if "\n" in cell]


def test_values_are_worded_by_their_kind() -> None:
    new = roster_of("new", [roster_row(1)]).rows[0]
    assert new == [
        "1", "巴特尔·苏和", "女", id_number(1), "操作工", "全日制", "固定期限",
        "2024-12-30", "2025-01-01", "2027-12-31", "2025-03-31", "4500.00",
    ]  # fmt: skip
    assert "3年6个月" in roster_of("ending", [roster_row(1)]).rows[0]
    assert "2" in roster_of("renewal", [roster_row(1)]).rows[0]


def test_what_a_filing_rightly_lacks_is_a_dash() -> None:
    row = roster_row(1, term_type="无固定期限", end_on=None, probation_end_on=None)
    assert roster_of("new", [row]).rows[0][9:11] == ["—", "—"]


def test_an_hourly_pay_is_printed_as_worded() -> None:
    assert roster_of("new", [roster_row(1, pay="25.00元/时")]).rows[0][-1] == "25.00元/时"


def test_a_missing_key_is_refused_and_not_left_blank() -> None:
    row = roster_row(1)
    del row["job"]
    with pytest.raises(KeyError, match="job"):
        roster_of("new", [row])


def test_totals_count_each_sort() -> None:
    rows = [
        roster_row(n, term_type=sort) for n, sort in enumerate(["固定期限"] * 2 + ["无固定期限"])
    ]
    assert roster_of("new", rows).totals == "合计：3人，其中固定期限2人，无固定期限1人。"
    assert roster_of("new", []).totals == "合计：0人。"


def test_totals_of_endings_add_up_the_severance() -> None:
    rows = [
        roster_row(1, severance_paid=Decimal("0.10")),
        roster_row(2, severance_paid=Decimal("0.20"), ending="终止"),
        roster_row(3, severance_paid=None),
    ]
    assert roster_of("ending", rows).totals == (
        "合计：3人，其中解除2人，终止1人。经济补偿金合计0.30元。"
    )


def test_the_serial_counts_from_one() -> None:
    paper = roster_of("ending", [roster_row(n, ended_on=date(2025, 6, 30)) for n in range(3)])
    assert [row[0] for row in paper.rows] == ["1", "2", "3"]
