"""What the papers of contract filings have in common: which filings stand on one, how it is made.

Each kind's package has its own papers (`papers.py`, `roster.yaml`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from django.db.models import Q

from yonggong import policy
from yonggong.cases.kinds import all_papers
from yonggong.cases.life import State
from yonggong.cases.papers import Paper
from yonggong.codes import tables
from yonggong.contracts.models import Filing
from yonggong.documents.rendering import render_table, roster, roster_paper
from yonggong.registry.models import Employer

# Makes the PDF of filings for an employer, with a number or (None) as a preview, on a day.
Render = Callable[[Sequence[Filing], Employer, str | None, date], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingPaper(Paper):
    """A paper of contract filings.

    word    for it in addresses
    stage   the filings that stand on it
    column  of `Filing`, which keeps the paper made
    button  what makes it, with an icon
    render  makes the PDF. The filings have `worker`, `contract` and `case` with what was filed
            fetched with them, in the order in which they are to stand
    """

    word: str
    stage: Filing.Kind
    column: Literal["roster", "certificate"]
    button: str
    icon: str
    render: Render

    @property
    def waiting(self) -> Q:
        """The filings that wait for it."""
        return Q(state=State.APPROVED, kind=self.stage, **{f"{self.column}__isnull": True})

    @property
    def preset(self) -> dict[str, str]:
        """The same as conditions of a list."""
        told = {"roster": "rostered", "certificate": "certified"}[self.column]
        return {"kind": self.stage.value, told: "0"}


def filing_papers() -> tuple[FilingPaper, ...]:
    """All papers of contract filings."""
    return tuple(paper for paper in all_papers() if isinstance(paper, FilingPaper))


def without(column: Literal["roster", "certificate"]) -> Q:
    """Approved filings for which a paper kept in `column` is still to be made (JL-10); a kind
    without such a paper waits for none."""
    stages = [paper.stage for paper in filing_papers() if paper.column == column]
    return Q(state=State.APPROVED, kind__in=stages, **{f"{column}__isnull": True})


def printed() -> list[Filing.Kind]:
    """The kinds of filing that stand on a paper."""
    return list(dict.fromkeys(paper.stage for paper in filing_papers()))


def roster_of(
    layout: Path, text: str, rows: Callable[[Sequence[Filing]], list[dict[str, object]]]
) -> Render:
    """How a roster is made: its columns from `layout`, its title the province's `text`."""

    def render(
        filings: Sequence[Filing], employer: Employer, number: str | None, on: date
    ) -> bytes:
        return render_table(
            roster_paper(
                roster(layout),
                rows(filings),
                title=policy.of(employer.region_code, on).text(text),
                employer=employer.name,
                credit_code=employer.credit_code,
                agency=employer.agency.name if employer.agency else "",
                made_on=on,
                number=number,
            )
        )

    return render


def person(filing: Filing) -> dict[str, object]:
    """Who, and which contract."""
    return {
        "name": filing.name,
        "sex": tables.table("sex").label(filing.sex),
        "document_number": filing.worker.document_number,
        "job": filing.job,
        "start_on": filing.start_on,
        "end_on": filing.end_on,
    }


def engaged(filing: Filing) -> dict[str, object]:
    """The same, with what was agreed."""
    return person(filing) | {
        "employment_form": tables.table("employment_form").label(filing.employment_form),
        "term_type": tables.table("contract_type").label(filing.term_type),
        "signed_on": filing.signed_on,
        "pay": _pay(filing.case.version.data),
    }


def _pay(stored: Mapping[str, str]) -> Decimal | str | None:
    """The pay agreed for a month's normal work; of part-timers, for an hour."""
    if hourly := stored.get("hourly_pay"):
        return f"{Decimal(hourly):.2f}元/时"
    parts = [stored.get(name) for name in ("base_pay", "performance_pay", "allowances")]
    agreed = [Decimal(part) for part in parts if part]
    return sum(agreed, Decimal(0)) if agreed else None
