"""The roster of renewals (JL-10)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from yonggong.cases.life import State
from yonggong.contracts.models import Filing
from yonggong.contracts.papers import FilingPaper, engaged, roster_of


def _rows(filings: Sequence[Filing]) -> list[dict[str, object]]:
    """Each renewal beside the term it follows, and the how manieth contract it is."""
    terms: dict[int, list[Filing]] = defaultdict(list)
    for filing in Filing.objects.filter(
        contract__in={filing.contract_id for filing in filings},
        kind__in=(Filing.Kind.NEW, Filing.Kind.RENEWAL),
        state=State.APPROVED,
    ).order_by("start_on", "case_id"):
        terms[filing.contract_id].append(filing)
    rows = []
    for filing in filings:
        earlier = [term for term in terms[filing.contract_id] if term.start_on < filing.start_on]
        rows.append(
            engaged(filing)
            | {
                "previous_start_on": earlier[-1].start_on if earlier else None,
                "previous_end_on": earlier[-1].end_on if earlier else None,
                "term_count": len(earlier) + 1,
            }
        )
    return rows


ROSTER = FilingPaper(
    name="roster.renewal",
    title="续订劳动合同备案名册",
    prefix="XQ",
    word="renewal",
    stage=Filing.Kind.RENEWAL,
    column="roster",
    button="续订备案生成名册",
    icon="clipboard-plus",
    render=roster_of(Path(__file__).with_name("roster.yaml"), "roster_renewal", _rows),
)
