"""The roster of dispatched workers whom a user unit filed."""

from __future__ import annotations

from pathlib import Path

from yonggong.contracts.posting_rosters import PostingPaper

ROSTER = PostingPaper(
    name="roster.posting",
    title="被派遣劳动者用工备案名册",
    prefix="PQ",
    layout=Path(__file__).with_name("roster.yaml"),
)
