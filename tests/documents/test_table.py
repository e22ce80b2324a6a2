"""Tables on A4: what a counter looks for on the paper."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from tests.documents.papers import (
    NUMBER,
    PROOF,
    page_texts,
    reader,
    roster_of,
    roster_row,
    table,
)
from yonggong.documents.rendering import Column, page_count, render_table
from yonggong.documents.rendering.table import table_values

LONG = table(rows=[[str(n), "张三"] for n in range(1, 101)])


def test_it_is_a4_in_landscape_or_portrait() -> None:
    for landscape, size in ((True, (842, 595)), (False, (595, 842))):
        page = reader(render_table(table(landscape=landscape))).pages[0]
        assert (round(page.mediabox.width), round(page.mediabox.height)) == size


def test_upright_a_credit_code_numbers_and_days_stand_whole_in_their_lines() -> None:
    header = [
        ("用人单位", "长春市试验用精密机械制造有限责任公司"),
        ("统一社会信用代码", "91220104MA0Y1QG08X"),
        ("备案年度", "2025 年度（截至 2025-12-31）"),
        ("送审机构", "长春市朝阳区劳动关系科"),
        ("所有制性质", "私营企业"),
    ]
    values = table_values(table(landscape=False, header=header, number="202611290000012345"))
    said = [cell for row in values["fields"] for cell in row]  # type: ignore[attr-defined]
    assert not [cell for cell in said if "\n" in cell]
    assert [*map("：".join, header)] == [cell for cell in said if cell][:5]
    assert said[-2:] == ["编号：202611290000012345", "制表日期：2025年1月2日"]


def test_it_is_archival_and_titled() -> None:
    pdf = reader(render_table(table()))
    metadata = pdf.xmp_metadata
    assert metadata is not None
    assert (metadata.pdfaid_part, metadata.pdfaid_conformance) == ("2", "B")
    assert pdf.metadata is not None and pdf.metadata.title == "试验名册"


def test_all_type_is_embedded_and_is_the_serif() -> None:
    fonts = reader(render_table(table())).pages[0]["/Resources"]["/Font"]
    names = [font.get_object()["/BaseFont"] for font in fonts.values()]
    assert names and all("NotoSerifSC" in name for name in names)


def test_the_first_page_bears_title_number_date_and_every_pair() -> None:
    text = page_texts(render_table(table()))[0]
    for part in ("试验名册", f"编号：{NUMBER}", "制表日期：2025年1月2日"):
        assert part in text
    for label, value in table().header:
        assert f"{label}：{value}" in text


def test_every_page_has_its_number_of_all_pages() -> None:
    texts = page_texts(render_table(LONG))
    assert len(texts) > 3
    for number, text in enumerate(texts, start=1):
        assert f"第{number}页共{len(texts)}页" in text


def test_heads_repeat_and_following_pages_name_paper_and_employer() -> None:
    first, *following = page_texts(render_table(LONG))
    assert "序号姓名" in first
    for text in following:
        assert "序号姓名" in text
        assert "试验名册（续）" in text
        assert f"编号：{NUMBER}" in text
        assert LONG.header[0][1] in text


def test_every_row_is_printed_once_in_order() -> None:
    rows = [[str(n), f"第{n}人"] for n in range(1, 301)]
    text = "".join(page_texts(render_table(table(rows=rows))))
    places = [text.index(f"第{n}人") for n in range(1, 301)]
    assert places == sorted(places)
    assert all(text.count(f"第{n}人") == 1 for n in range(1, 301))


def test_totals_and_seals_stand_on_the_last_page_only() -> None:
    *earlier, last = page_texts(render_table(LONG))
    for part in ("合计：1人。", "用人单位（盖章）", "人力资源社会保障部门（盖章）", "经办人："):
        assert part in last
        assert not any(part in text for text in earlier)


@pytest.mark.parametrize("count", range(1, 60))
def test_seals_never_stand_without_a_row(count: int) -> None:
    values = table_values(table(rows=[[str(n), "张三"] for n in range(count)]))
    pages = values["pages"]
    assert isinstance(pages, list)
    assert sum(len(page["heights"]) for page in pages) == count
    assert all(page["heights"] for page in pages)


@pytest.mark.parametrize("count", [0, 1, 13, 14, 19, 20, 21, 42, 43])
def test_typst_needs_exactly_the_planned_pages(count: int) -> None:
    paper = table(rows=[[str(n), "张三"] for n in range(count)], proof=PROOF, notes=["试验。"])
    pages = table_values(paper)["pages"]
    assert isinstance(pages, list)
    assert len(reader(render_table(paper)).pages) == len(pages)


def test_long_cells_make_rows_taller_and_pages_still_hold() -> None:
    rows = [[str(n), "生产车间装配线操作工" * (n % 30)] for n in range(1, 60)]
    paper = table(
        columns=[
            Column("序号", 10),
            Column("岗位", 20),
        ],
        rows=rows,
        landscape=False,
    )
    pages = table_values(paper)["pages"]
    assert isinstance(pages, list)
    assert len(reader(render_table(paper)).pages) == len(pages)


def test_a_cell_longer_than_a_page_is_printed_whole() -> None:
    words = "".join(f"第{n:04d}字" for n in range(2000))
    columns = [Column("序号", 10), Column("说明", 10), Column("备注", 40)]
    text = "".join(page_texts(render_table(table(columns=columns, rows=[["1", words, ""]]))))
    assert all(f"{n:04d}" in text for n in range(2000))


def test_a_preview_says_so_on_every_page_and_has_no_number() -> None:
    texts = page_texts(render_table(table(rows=LONG.rows, number=None)))
    for text in texts:
        assert "预览" in text
        assert "预览件，不作为备案凭证" in text
        assert NUMBER not in text
    assert "编号：（保存后生成）" in texts[0]


def test_a_numbered_paper_is_no_preview() -> None:
    assert not any("预览" in text for text in page_texts(render_table(LONG)))


def test_the_code_of_a_proof_stands_on_every_page_and_the_way_to_check_once() -> None:
    texts = page_texts(render_table(table(rows=LONG.rows, proof=PROOF)))
    assert all(f"验证码：{PROOF.code}" in text for text in texts)
    assert [PROOF.where in text for text in texts] == [False] * (len(texts) - 1) + [True]


def test_markup_in_values_is_printed_as_it_is() -> None:
    hostile = ["#panic()", "*x*", "$a$", "_y_", "<z>", "@ref", "= 标题", "\\u{41}", "[#1]", '"q"']
    rows = [[str(n), text] for n, text in enumerate(hostile)]
    paper = table(title="#panic(1)", header=[("#a", "*b*")], rows=rows, totals="#c", notes=["$d$"])
    text = page_texts(render_table(paper))[0]
    for part in ["#panic(1)", "#a：*b*", "#c", "$d$", *hostile]:
        assert part.replace(" ", "") in text


def test_the_same_values_give_the_same_bytes() -> None:
    paper = roster_of("new", [roster_row(n) for n in range(50)], proof=PROOF)
    first = render_table(paper)
    render_table(LONG)
    assert render_table(paper) == first


def test_threads_may_render_at_the_same_time() -> None:
    papers = [table(rows=[[str(n), f"第{n}人"]]) for n in range(12)]
    with ThreadPoolExecutor(4) as pool:
        pdfs = list(pool.map(render_table, papers))
    assert [f"第{n}人" in page_texts(pdf)[0] for n, pdf in enumerate(pdfs)] == [True] * 12


def test_the_page_count_is_read_from_the_file() -> None:
    for paper in (table(), LONG):
        pdf = render_table(paper)
        assert page_count(pdf) == len(reader(pdf).pages)
    with pytest.raises(ValueError):
        page_count(b"%PDF-1.7")


def test_a_thousand_rows_stay_a_small_file() -> None:
    pdf = render_table(roster_of("new", [roster_row(n) for n in range(1000)]))
    assert len(pdf) < 500_000


def test_the_creation_date_is_the_papers_own() -> None:
    metadata = reader(render_table(table())).metadata
    assert metadata is not None and metadata.creation_date is not None
    assert metadata.creation_date == datetime(2025, 1, 1, 16, tzinfo=UTC)  # midnight in China


def test_rows_must_fit_the_columns() -> None:
    with pytest.raises(ValueError, match="row 1 has 1 cells for 2 columns"):
        table(rows=[["1", "张三"], ["2"]])
    with pytest.raises(ValueError, match="needs columns"):
        table(columns=[], rows=[])


def test_a_paper_without_totals_has_no_last_line() -> None:
    assert "合计" not in "".join(page_texts(render_table(table(totals=""))))
