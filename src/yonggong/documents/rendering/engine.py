"""Typst, kept alive: type is loaded once in a process, then a paper is data for a template.

Data reaches a template as JSON in `sys.inputs` and is placed as strings, so nothing in it can
become markup or code.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst

from yonggong.documents.rendering.fonts import font_paths

TEMPLATES = Path(__file__).parent / "templates"

# Archival, self-contained: ISO 19005-2 level B, as DA/T 47 asks of papers kept for long.
_STANDARD: Literal["a-2b"] = "a-2b"
SHANGHAI = timezone(timedelta(hours=8))
# Typst keeps the layout of a document through its next ten compilations. A large paper would so
# hold hundreds of megabytes for a repetition that never comes; empty documents push it out.
_LARGE_BYTES = 100_000
_GENERATIONS = 11
_PAGE_COUNT = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)", re.DOTALL)

_lock = threading.Lock()


def compile_paper(template: str | Path, values: Mapping[str, object], made_on: date) -> bytes:
    """Give the PDF/A that a template makes of the values (JSON types only). A template is the name of
    one that stands here, or a file of another room's, which imports `/frame.typ` of these.

    `made_on` becomes the file's creation date, at midnight in China, so that the same values give
    the same bytes on any day. One paper at a time in a process; others wait, without holding the
    interpreter. Raises `fonts.MissingFont`.
    """
    paper = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    made_at = datetime(made_on.year, made_on.month, made_on.day, tzinfo=SHANGHAI)
    compiler = _compiler()
    source: Any = template.read_bytes() if isinstance(template, Path) else TEMPLATES / template
    with _lock:
        pdf = compiler.compile(
            source,
            sys_inputs={"paper": paper},
            pdf_standards=[_STANDARD],
            timestamp=made_at,
        )
        if len(paper) > _LARGE_BYTES:
            for _ in range(_GENERATIONS):
                compiler.compile(b"", sys_inputs={})
    assert isinstance(pdf, bytes)  # a list only for images of several pages
    return pdf


def page_count(pdf: bytes) -> int:
    """Give the number of pages of a PDF made here. Raises `ValueError` for other files."""
    counts = [int(count) for count in _PAGE_COUNT.findall(pdf)]
    if not counts:
        raise ValueError("not a PDF made by this platform")
    return max(counts)


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(path) for path in font_paths()],
    )
    return typst.Compiler(root=str(TEMPLATES), font_paths=fonts)
