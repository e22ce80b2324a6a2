"""单位基本信息 (manual 1.2): the page to which all filings about an employer itself belong."""

from __future__ import annotations

from yonggong.cases.pages import Pages

PAGES = Pages(
    word="particulars", place="单位基本信息", notice="notice_initial", materials_apart=True
)
