"""Rosters of 1,000 and 10,000 rows against a plain Typst table of the same cells."""

from __future__ import annotations

import time
from datetime import date

import typst

from bench.results import Result
from yonggong.contracts.models import Filing
from yonggong.contracts.new.papers import ROSTER
from yonggong.documents.rendering.fonts import font_paths


def run() -> list[Result]:
    """From the filings in the database to the PDF."""
    results = []
    for count, target in ((1_000, "≤ 1 s"), (10_000, "ratio ≤ 2")):
        filings = list(
            Filing.objects.filter(kind="new", state="approved")
            .select_related("worker", "contract", "case__current", "employer__agency")
            .order_by("case")[:count]
        )
        employer = filings[0].employer
        began = time.perf_counter()
        ROSTER.render(filings, employer, "XD000", date.today())
        ours = time.perf_counter() - began
        results.append(Result(f"roster: {count:,} rows", "s", ours, _bare(filings), target))
    return results


def _bare(filings: list[Filing]) -> float:
    cells = []
    for place, filing in enumerate(filings, start=1):
        cells += [
            str(place), filing.name, filing.sex, "220104199003072130", filing.job, "全日制", "固定期限",
            str(filing.signed_on), str(filing.start_on), str(filing.end_on), "", "5200.00",
        ]  # fmt: skip
    body = ", ".join(f"[{cell}]" for cell in cells)
    source = (
        '#set page(paper: "a4", flipped: true)\n#set text(font: "Noto Serif SC", size: 9pt)\n'
        f"#table(columns: (1fr,) * 12, table.header(..range(12).map(n => [头])), {body})"
    )
    began = time.perf_counter()
    typst.compile(source.encode(), font_paths=[str(path) for path in font_paths()])
    return time.perf_counter() - began
