"""Papers as PDF: plain values in, bytes out. No database, no clock, no request."""

from __future__ import annotations

from yonggong.documents.rendering.certificates import render_certificates
from yonggong.documents.rendering.engine import compile_paper, page_count
from yonggong.documents.rendering.fonts import MissingFont, font_paths, missing_glyphs
from yonggong.documents.rendering.papers import (
    Column,
    EndingCertificate,
    Proof,
    Receipt,
    Result,
    Served,
    TablePaper,
)
from yonggong.documents.rendering.receipts import render_receipt
from yonggong.documents.rendering.results import render_result
from yonggong.documents.rendering.rosters import Roster, roster, roster_paper
from yonggong.documents.rendering.served import render_served
from yonggong.documents.rendering.table import render_table
from yonggong.documents.rendering.wording import written_date

__all__ = [
    "Column",
    "EndingCertificate",
    "MissingFont",
    "Proof",
    "Receipt",
    "Result",
    "Roster",
    "Served",
    "TablePaper",
    "compile_paper",
    "font_paths",
    "missing_glyphs",
    "page_count",
    "render_certificates",
    "render_receipt",
    "render_result",
    "render_served",
    "render_table",
    "roster",
    "roster_paper",
    "written_date",
]
