"""The roster of new contracts (JL-10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from yonggong.contracts.models import Filing
from yonggong.contracts.papers import FilingPaper, engaged, roster_of


def _rows(filings: Sequence[Filing]) -> list[dict[str, object]]:
    return [
        engaged(filing)
        | {"probation_end_on": _day(filing.case.version.data.get("probation_end_on"))}
        for filing in filings
    ]


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


ROSTER = FilingPaper(
    name="roster.new",
    title="新订劳动合同备案名册",
    prefix="XD",
    word="new",
    stage=Filing.Kind.NEW,
    column="roster",
    button="新签备案生成名册",
    icon="clipboard-plus",
    render=roster_of(Path(__file__).with_name("roster.yaml"), "roster_new", _rows),
)
