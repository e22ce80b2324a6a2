"""A form as it was filled in, on paper."""

from __future__ import annotations

from datetime import date

from tests.documents.papers import page_texts
from yonggong.documents.rendering.filled import render_filled
from yonggong.documents.rendering.papers import FilledForm, FilledPart, FilledTable

ROWS = [[f"试员{number}", f"{number}00.00"] for number in range(1, 91)]
CREW = FilledTable("船员名单", ["姓名", "每日工资"], ROWS, ["", "409500.00"])


def paper(*parts: FilledPart) -> FilledForm:
    return FilledForm(
        title="参赛申请（第 1 版）",
        number="2026112800000001",
        facts=[("申请人", "长春试验商贸有限公司"), ("经办人", "试安澜")],
        parts=parts,
        notes=["个人信息已遮蔽。"],
        made_on=date(2026, 11, 28),
    )


def test_answers_stand_under_the_titles_of_their_parts() -> None:
    (page,) = page_texts(render_filled(paper(FilledPart("船", [("船名", "白鹭"), ("备注", "")]))))
    for text in (
        "参赛申请（第1版）",
        "长春试验商贸有限公司",
        "船名白鹭",
        "备注—",
        "个人信息已遮蔽",
    ):
        assert text in page
    assert "第1页共1页" in page and "办件编号：2026112800000001" in page


def test_a_table_goes_on_over_pages_with_its_heads_its_numbers_and_its_totals() -> None:
    pages = page_texts(render_filled(paper(FilledPart("船员", [CREW]))))
    assert len(pages) > 1
    assert all("姓名每日工资" in page for page in pages)
    assert "90试员909000.00" in pages[-1] and "合计409500.00" in pages[-1]


def test_a_long_answer_is_printed_whole() -> None:
    said = "需要说明的内容" * 300
    pages = page_texts(render_filled(paper(FilledPart("说明", [("情况", said)]))))
    assert "".join(pages).count("需") == 300


def test_markup_in_answers_is_printed_as_it_is() -> None:
    (page,) = page_texts(render_filled(paper(FilledPart("船", [("船名", "#pagebreak() *白鹭*")]))))
    assert "#pagebreak()*白鹭*" in page


def test_equal_values_give_equal_bytes() -> None:
    assert render_filled(paper(FilledPart("船员", [CREW]))) == render_filled(
        paper(FilledPart("船员", [CREW]))
    )
