"""Rows of a workbook as raw columns, and what of a tab could be read in two ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from yonggong.batch.cells import MOST_CHARACTERS, FileRefused
from yonggong.batch.layout import Layout
from yonggong.batch.notices import shifted
from yonggong.batch.sheet import DURATION, MERGED, TOO_LONG, Rows, Survey, Wanted
from yonggong.forms import Form
from yonggong.forms.unreadable import Unreadable

_DAY_0_OF_1904 = date(1904, 1, 1)
_LAST_SERIAL_OF_1904 = 71_588  # 2099-12-31


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a workbook, one after the other.

    numbers       each row's number in the sheet, as the person sees it
    columns       raw cells by field name, equally long
    explanations  raw cells of the column 情况说明, if there is one
    tables        of tables that have a tab of their own: by field, for each row the numbers of its
                  rows there
    """

    numbers: list[int]
    columns: dict[str, list[Any]]
    explanations: list[Any] | None = None
    tables: Mapping[str, list[list[int]]] = field(default_factory=dict)


def refuse_doubt(layout: Layout, survey: Survey) -> None:
    """Refuse what could be read in two ways."""
    for position, other, row in survey.clashes:
        if position not in survey.empty and other not in survey.empty:
            raise FileRefused(
                f"{layout.called}的 {layout.column(position)}和 {layout.column(other)}"
                f"是同一项内容，但第 {row} 行两列填写得不一样，无法确定以哪一列为准。"
                "请删除多余的一列后重新上传。"
            )
    if survey.shifted is not None:
        raise FileRefused(shifted(survey.shifted))
    if survey.formula is not None:
        raise FileRefused(
            f"{layout.called}中含有公式{f'（{survey.formula} 单元格）' if survey.formula else ''}。"
            "请全选后复制，“选择性粘贴—数值”，去掉公式后重新上传。"
        )


def with_other_column(wanted: Wanted, survey: Survey) -> Wanted:
    """Where a field has two columns and the first says nothing, the other is read."""
    instead = {one: other for one, other in wanted.doubles if one in survey.empty}
    return wanted._replace(
        positions=[instead.get(at, at) for at in wanted.positions],
        telling=[instead.get(at, at) for at in wanted.telling],
    )


def parts_of(
    frames: Iterator[Rows], names: Sequence[str], form_1904: Form | None, passed: list[int]
) -> Iterator[Part]:
    """Rows as read as columns called `names`; `passed` takes the numbers of those passed over.
    `form_1904`: the form, where the workbook's days count from 1904."""
    for frame in frames:
        passed += frame.passed
        if not frame.numbers:
            continue
        columns = frame.columns
        for place, row, what, shown in frame.odd:
            columns[place][row] = _unreadable(what, shown)
        if form_1904 is not None:
            for place, name in enumerate(names):
                if form_1904.fields_by_name[name].type.dated:
                    columns[place] = [day_of_1904(cell) for cell in columns[place]]
        explanations = columns[len(names)] if len(columns) > len(names) else None
        yield Part(
            frame.numbers, dict(zip(names, columns[: len(names)], strict=True)), explanations
        )


def _unreadable(what: str, shown: str) -> Unreadable:
    if what == DURATION:
        return Unreadable(
            shown, f"单元格是时长 {shown}", "请改成正确的内容；需要文字的，设为文本格式后填写"
        )
    if what == TOO_LONG:
        return Unreadable("", f"单元格超过 {MOST_CHARACTERS} 个字，没有读取", "请缩短后重新填写")
    assert what == MERGED
    return Unreadable(
        "", "单元格与其他单元格合并，没有自己的内容", "请填写；下次请取消合并，逐行填写"
    )


def day_of_1904(cell: Any) -> Any:
    """A plain number in a column of days, in a workbook whose days count from 1904."""
    if cell.__class__ in (int, float) and 0 < cell < _LAST_SERIAL_OF_1904:
        return (_DAY_0_OF_1904 + timedelta(days=int(cell))).isoformat()
    if cell.__class__ is str and len(cell.strip()) == 5 and cell.strip().isdigit():
        return Unreadable(
            cell, f"数字 {cell.strip()} 不能确定是哪一天", "请改成日期，如 2024-01-05"
        )
    return cell
