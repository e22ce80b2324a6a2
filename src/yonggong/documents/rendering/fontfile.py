"""What a TrueType font file holds: which characters it draws and how wide each one is.

Reads two tables of the file (`cmap` format 12 and `hmtx`, OpenType 1.9) and nothing else; Typst
itself reports a character without a glyph only when it refuses a PDF/A, which is too late.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

# (platform, encoding) of the tables that reach beyond the Basic Multilingual Plane.
_FULL_UNICODE = {(3, 10), (0, 4), (0, 6)}


class BrokenFont(Exception):
    """The file is not a TrueType font with a full Unicode table."""


def read_advances(path: Path) -> dict[str, float]:
    """Give every character that the font draws, with its advance width in em.

    Raises `BrokenFont` for anything but a TrueType file with a `cmap` of format 12.
    """
    try:
        with path.open("rb") as file:
            tables = _table_offsets(file)
            units_per_em = _unpack(file, tables["head"] + 18, ">H")[0]
            long_metrics = _unpack(file, tables["hhea"] + 34, ">H")[0]
            metrics = _unpack(file, tables["hmtx"], f">{'Hh' * long_metrics}")
            groups = _character_groups(file, tables["cmap"])
    except (struct.error, KeyError) as error:
        raise BrokenFont(f"{path}: not a usable TrueType font") from error
    # Glyphs past the long metrics all share the last advance width.
    widths = [metrics[2 * glyph] / units_per_em for glyph in range(long_metrics)]
    return {
        chr(code): widths[min(glyph + code - first, long_metrics - 1)]
        for first, last, glyph in groups
        for code in range(first, last + 1)
    }


def _unpack(file: BinaryIO, offset: int, form: str) -> tuple[int, ...]:
    file.seek(offset)
    return struct.unpack(form, file.read(struct.calcsize(form)))


def _table_offsets(file: BinaryIO) -> dict[str, int]:
    count = _unpack(file, 4, ">H")[0]
    file.seek(12)
    directory = file.read(16 * count)
    return {
        tag.decode("latin-1"): offset
        for tag, _, offset, _ in struct.iter_unpack(">4sIII", directory)
    }


def _character_groups(file: BinaryIO, cmap: int) -> list[tuple[int, int, int]]:
    """Give the groups (first code, last code, first glyph) of the full Unicode table."""
    for index in range(_unpack(file, cmap + 2, ">H")[0]):
        platform, encoding, offset = _unpack(file, cmap + 4 + 8 * index, ">HHI")
        if (platform, encoding) not in _FULL_UNICODE:
            continue
        start = cmap + offset
        if _unpack(file, start, ">H")[0] == 12:
            count = _unpack(file, start + 12, ">I")[0]
            numbers = _unpack(file, start + 16, f">{3 * count}I")
            return list(zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True))
    raise KeyError("cmap format 12")
