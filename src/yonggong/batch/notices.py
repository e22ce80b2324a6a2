"""What a person is told of a workbook before any of it is filed: everything in it that is not read,
and everything read that they may not see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress

from yonggong.batch.cells import FileRefused
from yonggong.batch.layout import LISTS_TAB, NOTES_TAB, Layout, Source, heading_row
from yonggong.batch.sheet import Survey
from yonggong.forms import Form
from yonggong.forms.columns import match

_MOST_SPANS = 10


def notices(
    source: Source,
    tabs: Sequence[tuple[str, bool]],
    layout: Layout,
    survey: Survey,
    form: Form,
    *,
    taken: Collection[int] = (),
) -> list[str]:
    """One sentence each, in the order of what weighs most. Raises `FileRefused` where what is not read
    may belong to what is."""
    told = [*_other_tabs(source, tabs, layout, form, taken)]
    above = layout.above()
    if above:
        told.append(
            f"标题行（第 {layout.heading_row} 行）上方的{spans(above)}没有读取。"
            "如有人员，请移到标题行下方。"
        )
    if survey.hidden:
        told.append(
            f"{spans(survey.hidden)}被隐藏或筛选掉了，也会读取并提交。"
            "不需要提交的，请删除后重新上传。"
        )
    if survey.hidden_columns:
        names = "、".join(layout.column(at) for at in survey.hidden_columns)
        told.append(f"{names}是隐藏的列，也会读取并提交。")
    told += [_unread(layout, position, row) for position, row in survey.unread]
    return told


def of_table(layout: Layout, survey: Survey) -> list[str]:
    """The same of a tab that holds a table, or the answers of one case."""
    told = []
    above = layout.above()
    if above:
        told.append(f"{layout.called}标题行上方的{spans(above)}没有读取。")
    if survey.hidden:
        told.append(f"{layout.called}{spans(survey.hidden)}被隐藏或筛选掉了，也已读入。")
    if survey.hidden_columns:
        names = "、".join(layout.column(at) for at in survey.hidden_columns)
        told.append(f"{layout.called}的 {names}是隐藏的列，也已读入。")
    for position, row in survey.unread:
        headed = position < len(layout.headings) and layout.headings[position]
        why = "不是表格中的列" if headed else f"没有标题（第 {row} 行起有内容）"
        told.append(f"{layout.called}的 {layout.column(position)}{why}，没有读取。")
    return told


def _other_tabs(
    source: Source,
    tabs: Sequence[tuple[str, bool]],
    layout: Layout,
    form: Form,
    taken: Collection[int],
) -> Iterable[str]:
    for tab, (name, hidden) in enumerate(tabs):
        if tab == layout.tab or tab in taken or not source.holds_table(tab):
            continue
        if name in (NOTES_TAB, LISTS_TAB) and not _has_headings(source, tab, form):
            continue
        yield (
            f"{'隐藏的' if hidden else ''}工作表“{name}”没有读取，只读取工作表“{layout.name}”。"
            "如其中也有人员，请另存为单独的文件上传。"
        )


def _has_headings(source: Source, tab: int, form: Form) -> bool:
    """Whether a tab called as one of the template's holds a table of people all the same. The
    template's notes name a column a row, whose example may be called as another column is."""
    with suppress(FileRefused):
        head = source.look(tab).head
        row = heading_row(head, form)
        return (
            row is not None and len(match(form, [str(cell or "") for cell in head[row]]).names) > 2
        )
    return True


def _unread(layout: Layout, position: int, row: int) -> str:
    if position < len(layout.headings) and layout.headings[position]:
        return f"{layout.column(position)}不是模板中的列，没有读取。"
    if not layout.name:
        raise FileRefused(shifted(row))
    return f"{layout.column(position)}没有标题，没有读取（第 {row} 行起有内容）。"


def shifted(row: int) -> str:
    """What is said of a row of text whose cells stand in wrong columns."""
    return (
        f"第 {row} 行与标题行的列对不上，可能是内容里有分隔符或换行，后面的内容因此错位，文件没有读取。"
        "请给这一行含分隔符或换行的内容加上双引号，或另存为“Excel 工作簿（.xlsx）”后上传。"
    )


def spans(rows: Sequence[int]) -> str:
    """Row numbers as people say them: 第 3、5—9 行."""
    found: list[list[int]] = []
    for row in rows:
        if found and row == found[-1][1] + 1:
            found[-1][1] = row
        else:
            found.append([row, row])
    words = [f"{first}" if first == last else f"{first}—{last}" for first, last in found]
    more = f" 行等共 {len(rows)} 行" if len(words) > _MOST_SPANS else " 行"
    return f"第 {'、'.join(words[:_MOST_SPANS])}{more}"
