"""The package of an .xlsx: what may be in it, which part is which tab, and what a part says of its
cells that the reader of cells does not tell."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from functools import cached_property
from typing import Any
from xml.etree import ElementTree

from yonggong.batch import calamine
from yonggong.batch.cells import FileRefused, Tab, Table
from yonggong.batch.foreign import refuse_other_package
from yonggong.batch.markup import MEGABYTE, Marks, check_strings, fills_a_row, scan

_MOST_UNPACKED = 900 * MEGABYTE
# Sheets of text compress about ten to one, repeated cells perhaps forty.
_MOST_RATIO = 150
_MOST_DESCRIPTION = 32 * MEGABYTE
_MOST_TABS = 255
# What the package's library raises of a part that is broken, sealed or packed in a way unknown to it.
_UNREADABLE = (zipfile.BadZipFile, OSError, RuntimeError)
_DAMAGED = "文件已损坏，无法打开。请在表格软件中重新保存后上传。"
_WORKBOOK = "xl/workbook.xml"
# What relations are called at their end, in both editions of the standard.
_OF_WORKBOOK, _OF_SHEET, _OF_STRINGS = "/officeDocument", "/worksheet", "/sharedStrings"


class Package:
    """An .xlsx as a workbook."""

    def __init__(self, content: bytes) -> None:
        """Raises `FileRefused`."""
        self._content = content
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OverflowError) as error:
            raise FileRefused(_DAMAGED) from error
        self._parts = {entry.filename.lower(): entry for entry in self._zip.infolist()}
        self._workbook = self._main_part()
        self._check()
        workbook = self._described(self._workbook)
        self.starts_1904 = _starts_1904(workbook)
        self._related = self._relations(self._workbook)
        self.tabs, self._part_of = self._sheets(workbook)

    def _check(self) -> None:
        names = {entry.filename for entry in self._parts.values()}
        if self._workbook not in self._parts:
            refuse_other_package(names, self._read("mimetype", 200))
        unpacked = sum(entry.file_size for entry in self._parts.values())
        packed = sum(entry.compress_size for entry in self._parts.values()) or 1
        if unpacked > _MOST_UNPACKED or (
            unpacked > 20 * MEGABYTE and unpacked / packed > _MOST_RATIO
        ):
            raise FileRefused(
                f"文件展开后有 {unpacked // MEGABYTE} MB，超出限制。"
                "请删除空白行和多余的工作表后重新保存。"
            )
        if any(name.endswith("vbaproject.bin") for name in self._parts):
            raise FileRefused("文件含有宏，不能上传。请另存为“Excel 工作簿（.xlsx）”后上传。")
        if any(name.startswith("xl/externallinks/") for name in self._parts):
            raise FileRefused("文件引用了其他工作簿。请断开外部链接（数据—编辑链接）后上传。")
        for name in ("styles.xml", posixpath.basename(self._workbook)):
            if any(
                part.endswith(f"/{name}") and entry.file_size > _MOST_DESCRIPTION
                for part, entry in self._parts.items()
            ):
                raise FileRefused(
                    "文件的样式或定义过多，无法读取。请把数据复制到新建的工作簿后上传。"
                )

    def _read(self, name: str, most: int = _MOST_DESCRIPTION) -> bytes:
        """The beginning of a part; nothing where there is none."""
        entry = self._parts.get(name.lower())
        if entry is None:
            return b""
        try:
            with self._zip.open(entry) as file:
                return file.read(most)
        except _UNREADABLE as error:
            raise FileRefused(_DAMAGED) from error

    def _described(self, name: str) -> ElementTree.Element:
        body = self._read(name)
        if b"<!DOCTYPE" in body:
            raise FileRefused(_DAMAGED)
        try:
            return ElementTree.fromstring(body)
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise FileRefused(_DAMAGED) from error

    def _main_part(self) -> str:
        """The part that the package says is its workbook."""
        if "_rels/.rels" not in self._parts:
            return _WORKBOOK
        found = [path for sort, path in self._relations("").values() if sort.endswith(_OF_WORKBOOK)]
        return found[0] if found else _WORKBOOK

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """(sort, path) of what a part relates to, by key; of the package for no part."""
        folder, name = posixpath.split(part)
        found = {}
        for relation in self._described(posixpath.join(folder, "_rels", f"{name}.rels")):
            path = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            found[relation.get("Id", "")] = (relation.get("Type", ""), path.lstrip("/").lower())
        return found

    def _sheets(self, workbook: ElementTree.Element) -> tuple[list[Tab], list[str]]:
        """The tabs in their order, and the part of each; a chart has none."""
        tabs, parts = [], []
        for sheet in workbook.iter():
            if _local(sheet.tag) != "sheet":
                continue
            key = next((value for name, value in sheet.items() if name.endswith("}id")), None)
            tabs.append(Tab(sheet.get("name", ""), sheet.get("state", "visible") != "visible"))
            sort, path = self._related.get(key or "", ("", ""))
            parts.append(path if sort.endswith(_OF_SHEET) else "")
        if not any(part in self._parts for part in parts):
            raise FileRefused("文件中没有工作表。请使用下载的模板填写。")
        if len(tabs) > _MOST_TABS or len({tab.name for tab in tabs}) < len(tabs):
            raise FileRefused("文件的工作表过多或重名。请把数据复制到新建的工作簿后上传。")
        return tabs, parts

    @cached_property
    def _book(self) -> Any:
        for sort, path in self._related.values():
            strings = self._parts.get(path) if sort.endswith(_OF_STRINGS) else None
            if strings is None:
                continue
            try:
                with self._zip.open(strings) as file:
                    check_strings(file)
            except _UNREADABLE as error:
                raise FileRefused(_DAMAGED) from error
        return calamine.open_book(self._content)

    def table(self, tab: int) -> Table:
        name, part = self.tabs[tab].name, self._part_of[tab]
        if part not in self._parts:
            raise FileRefused(f"工作表“{name}”是图表，没有单元格。")
        marks = self._marks(name, part)
        sheet = calamine.open_sheet(self._book, name, tab)
        return Table(
            rows=lambda: calamine.rows(sheet),
            height=calamine.height(sheet),
            width=calamine.width(sheet),
            errors=marks.errors,
            formulas=marks.formulas,
            hidden_rows=frozenset(marks.hidden_rows),
            hidden_columns=frozenset(marks.hidden_columns),
            merged=sheet.merged_cell_ranges or (),
        )

    def _marks(self, name: str, part: str) -> Marks:
        try:
            with self._zip.open(self._parts[part]) as file:
                return scan(file, name)
        except _UNREADABLE as error:
            raise FileRefused(_DAMAGED) from error

    def holds_table(self, tab: int) -> bool:
        part = self._part_of[tab]
        return part in self._parts and fills_a_row(self._read(part, MEGABYTE))


def _starts_1904(workbook: ElementTree.Element) -> bool:
    return any(
        _local(element.tag) == "workbookPr"
        and element.get("date1904", "").lower() in ("1", "true", "on")
        for element in workbook
    )


def _local(tag: str) -> str:
    return re.sub(r"^\{.*\}", "", tag)
