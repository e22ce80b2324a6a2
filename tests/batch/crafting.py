"""Workbooks written cell by cell, as no library would write them: .xlsx, .xls and text.

A cell is None, a text, a number, a day, or one of the kinds below.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from struct import pack
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from yonggong.batch.cells import letters

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


class Error(NamedTuple):
    """An error value."""

    words: str


class Formula(NamedTuple):
    """A formula with the value it had."""

    words: str
    value: float


class Duration(NamedTuple):
    """So many days in a cell formatted [h]:mm:ss."""

    days: float


class Moment(NamedTuple):
    """A cell that is said to be a day, in ISO form."""

    words: str


class Serial(NamedTuple):
    """A day as a plain number."""

    day: date


@dataclass
class Sheet:
    """A tab: its cells from the first row on; hidden rows from 1, columns from 0; merged cells as
    ((row, column), (row, column)) from 0."""

    name: str
    grid: list[list[Any]]
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)


def serial(day: date, *, starts_1904: bool) -> int:
    """A day's number."""
    return (day - (date(1904, 1, 1) if starts_1904 else date(1899, 12, 30))).days


# --- .xlsx ---------------------------------------------------------------------------------


def xlsx(
    sheets: Sequence[Sheet],
    *,
    starts_1904: bool = False,
    prefix: str = "",
    part: str = "xl/worksheets/sheet{}.xml",
    shared: bool = False,
) -> bytes:
    """The sheets as .xlsx; `part` names their parts, `prefix` the main namespace."""
    strings: list[str] | None = [] if shared else None
    paths = [part.format(number) for number in range(1, len(sheets) + 1)]
    bodies = [_part(sheet, starts_1904, prefix, strings) for sheet in sheets]
    tabs = "".join(
        f'<sheet name="{escape(sheet.name)}" sheetId="{number}" r:id="rId{number}"'
        + (' state="hidden"/>' if sheet.hidden else "/>")
        for number, sheet in enumerate(sheets, 1)
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/worksheet" Target="/{path}"/>'
        for number, path in enumerate(paths, 1)
    )
    relations += f'<Relationship Id="rS" Type="{_RELATIONS}/styles" Target="styles.xml"/>'
    counted = ' date1904="1"' if starts_1904 else ""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
        f"<workbookPr{counted}/><sheets>{tabs}</sheets></workbook>",
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs><xf numFmtId="0"/>'
        '<xf numFmtId="14"/><xf numFmtId="46"/></cellXfs></styleSheet>',
        **dict(zip(paths, bodies, strict=True)),
    }
    if strings is not None:
        relations += (
            f'<Relationship Id="rT" Type="{_RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
        )
        items = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{_MAIN}">{items}</sst>'
    parts["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'
    )
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as package:
        for name, body in parts.items():
            package.writestr(name, body)
    return output.getvalue()


def _part(sheet: Sheet, starts_1904: bool, prefix: str, strings: list[str] | None) -> str:
    p = f"{prefix}:" if prefix else ""
    declared = f"xmlns:{prefix}" if prefix else "xmlns"
    columns = "".join(
        f'<{p}col min="{at + 1}" max="{at + 1}" hidden="1"/>' for at in sorted(sheet.hidden_columns)
    )
    rows = []
    for number, row in enumerate(sheet.grid, 1):
        cells = "".join(
            _cell(f"{letters(at)}{number}", cell, starts_1904, p, strings)
            for at, cell in enumerate(row)
            if cell is not None
        )
        hidden = ' hidden="1"' if number in sheet.hidden_rows else ""
        rows.append(f'<{p}row r="{number}"{hidden}>{cells}</{p}row>')
    merged = "".join(
        f'<{p}mergeCell ref="{letters(a[1])}{a[0] + 1}:{letters(b[1])}{b[0] + 1}"/>'
        for a, b in sheet.merged
    )
    return (
        f'<?xml version="1.0"?><{p}worksheet {declared}="{_MAIN}">'
        + (f"<{p}cols>{columns}</{p}cols>" if columns else "")
        + f"<{p}sheetData>{''.join(rows)}</{p}sheetData>"
        + (f"<{p}mergeCells>{merged}</{p}mergeCells>" if merged else "")
        + f"</{p}worksheet>"
    )


def _cell(place: str, cell: Any, starts_1904: bool, p: str, strings: list[str] | None) -> str:
    kind, style, value, formula = "", 0, "", ""
    match cell:
        case bool():
            kind, value = "b", str(int(cell))
        case str() if strings is not None:
            strings.append(cell)
            kind, value = "s", str(len(strings) - 1)
        case str():
            text = f"<{p}is><{p}t>{escape(cell)}</{p}t></{p}is>"
            return f'<{p}c r="{place}" t="inlineStr">{text}</{p}c>'
        case Error():
            kind, value = "e", cell.words
        case Formula():
            formula, value = f"<{p}f>{escape(cell.words)}</{p}f>", str(cell.value)
        case Duration():
            style, value = 2, str(cell.days)
        case Moment():
            kind, value = "d", cell.words
        case Serial():
            value = str(serial(cell.day, starts_1904=starts_1904))
        case date():
            style, value = 1, str(serial(cell, starts_1904=starts_1904))
        case _:
            value = str(cell)
    said = f' t="{kind}"' if kind else ""
    return f'<{p}c r="{place}" s="{style}"{said}>{formula}<{p}v>{value}</{p}v></{p}c>'


# --- .xls ----------------------------------------------------------------------------------

_ERRORS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#N/A": 42}


def xls(sheets: Sequence[Sheet], *, starts_1904: bool = False) -> bytes:
    """The sheets as .xls (BIFF8); days are plain numbers."""
    bodies = [_substream(sheet, starts_1904) for sheet in sheets]
    names = [_unicode(sheet.name, "B") for sheet in sheets]
    head = _record(0x0809, pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    head += _record(0x0022, pack("<H", int(starts_1904)))
    start = len(head) + sum(len(name) + 10 for name in names) + 4
    for sheet, name, body in zip(sheets, names, bodies, strict=True):
        head += _record(0x0085, pack("<IBB", start, int(sheet.hidden), 0) + name)
        start += len(body)
    stream = head + _record(0x000A, b"") + b"".join(bodies)
    return compound_file("Workbook", stream)


def _substream(sheet: Sheet, starts_1904: bool) -> bytes:
    records = [_record(0x0809, pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))]
    records += [
        _record(0x007D, pack("<HHHHHH", at, at, 0, 0, 1, 0)) for at in sorted(sheet.hidden_columns)
    ]
    records += [
        _record(0x0208, pack("<HHHHHHI", number - 1, 0, 9, 0, 0, 0, 0x20))
        for number in sorted(sheet.hidden_rows)
    ]
    for number, row in enumerate(sheet.grid):
        for at, cell in enumerate(row):
            if cell is not None:
                records.append(_biff_cell(pack("<HHH", number, at, 0), cell, starts_1904))
    if sheet.merged:
        ranges = b"".join(pack("<HHHH", a[0], b[0], a[1], b[1]) for a, b in sheet.merged)
        records.append(_record(0x00E5, pack("<H", len(sheet.merged)) + ranges))
    records.append(_record(0x000A, b""))
    return b"".join(records)


def _biff_cell(place: bytes, cell: Any, starts_1904: bool) -> bytes:
    match cell:
        case bool():
            return _record(0x0205, place + pack("<BB", int(cell), 0))
        case str():
            return _record(0x0204, place + _unicode(cell, "H"))
        case Error():
            return _record(0x0205, place + pack("<BB", _ERRORS[cell.words], 1))
        case Formula():
            return _record(0x0006, place + pack("<dHIH3s", cell.value, 0, 0, 3, b"\x1e\x01\x00"))
        case Serial() | date():
            day = cell.day if isinstance(cell, Serial) else cell
            return _record(0x0203, place + pack("<d", serial(day, starts_1904=starts_1904)))
        case _:
            return _record(0x0203, place + pack("<d", float(cell)))


def _record(kind: int, body: bytes) -> bytes:
    return pack("<HH", kind, len(body)) + body


def _unicode(text: str, count: str) -> bytes:
    return pack(f"<{count}B", len(text.encode("utf-16-le")) // 2, 1) + text.encode("utf-16-le")


def compound_file(name: str, stream: bytes) -> bytes:
    """A compound file of one stream."""
    stream = stream.ljust(4096, b"\x00")
    count = -(-len(stream) // 512)
    table = [0xFFFFFFFE, *range(2, count + 1), 0xFFFFFFFE]
    tables = -(-(len(table) + 1) // 127)
    table += [0xFFFFFFFD] * tables
    first_table = count + 1
    table += [0xFFFFFFFF] * (tables * 128 - len(table))
    listed = [first_table + number for number in range(tables)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, 0, 0, 4096,
                   0xFFFFFFFE, 0, 0xFFFFFFFE, 0)  # fmt: skip
    header += pack("<109I", *listed, *[0xFFFFFFFF] * (109 - tables))
    directory = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1) + _entry(name, 2, 1, len(stream))
    body = directory.ljust(512, b"\x00") + stream.ljust(count * 512, b"\x00")
    return header + body + pack(f"<{len(table)}I", *table)


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    written = name.encode("utf-16-le") + b"\x00\x00"
    none = 0xFFFFFFFF
    return written.ljust(64, b"\x00") + pack(
        "<HBBIII36xIQ", len(written), kind, 1, none, none, child, start, size
    )
