"""Filings as papers: what a roster or a certificate says about each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from yonggong import policy
from yonggong.cases.life import State
from yonggong.codes import tables
from yonggong.contracts import service
from yonggong.contracts.models import Filing
from yonggong.documents.models import Document
from yonggong.documents.rendering.certificates import render_certificates
from yonggong.documents.rendering.papers import EndingCertificate
from yonggong.documents.rendering.rosters import RosterKind, roster_paper
from yonggong.documents.rendering.table import render_table
from yonggong.law import periods
from yonggong.registry.models import Employer

_LAW = "劳动合同法"
_REGULATION = "劳动合同法实施条例"

# The text of the province's policy that titles each roster.
_TITLES = {
    Document.Kind.ROSTER_NEW: "roster_new",
    Document.Kind.ROSTER_RENEWAL: "roster_renewal",
    Document.Kind.ROSTER_ENDING: "roster_ending",
}


def render(
    kind: Document.Kind,
    filings: Sequence[Filing],
    *,
    employer: Employer,
    number: str | None,
    on: date,
) -> bytes:
    """The paper as a PDF; without a number a preview.

    `filings` have `worker`, `contract` and `case` with what was filed fetched with them, in the order in which they
    are to stand.
    """
    if kind == Document.Kind.CERTIFICATES:
        since = service.of_filings(filings)
        certificates = [_certificate(filing, employer, since[filing.pk]) for filing in filings]
        return render_certificates(certificates, number=number, made_on=on)
    rows = _ROWS[kind](filings)
    return render_table(
        roster_paper(
            _ROSTERS[kind],
            rows,
            title=policy.of(employer.region_code, on).text(_TITLES[kind]),
            employer=employer.name,
            credit_code=employer.credit_code,
            agency=employer.agency.name if employer.agency else "",
            made_on=on,
            number=number,
        )
    )


def _person(filing: Filing) -> dict[str, object]:
    return {
        "name": filing.name,
        "sex": tables.table("sex").label(filing.sex),
        "document_number": filing.worker.document_number,
        "job": filing.job,
        "start_on": filing.start_on,
        "end_on": filing.end_on,
    }


def _engaged(filing: Filing) -> dict[str, object]:
    return _person(filing) | {
        "employment_form": tables.table("employment_form").label(filing.employment_form),
        "term_type": tables.table("contract_type").label(filing.term_type),
        "signed_on": filing.signed_on,
        "pay": _pay(filing.case.version.data),
    }


def _new_rows(filings: Sequence[Filing]) -> list[dict[str, object]]:
    return [
        _engaged(filing)
        | {"probation_end_on": _day(filing.case.version.data.get("probation_end_on"))}
        for filing in filings
    ]


def _renewal_rows(filings: Sequence[Filing]) -> list[dict[str, object]]:
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
            _engaged(filing)
            | {
                "previous_start_on": earlier[-1].start_on if earlier else None,
                "previous_end_on": earlier[-1].end_on if earlier else None,
                "term_count": len(earlier) + 1,
            }
        )
    return rows


def _ending_rows(filings: Sequence[Filing]) -> list[dict[str, object]]:
    since, rows = service.of_filings(filings), []
    for filing in filings:
        assert filing.ended_on is not None, "an ending has its day"
        reason = tables.table("end_reason").get(filing.end_reason)
        paid = filing.case.version.data.get("severance_paid")
        rows.append(
            _person(filing)
            | {
                "ending": reason.extras["kind"],
                "ended_on": filing.ended_on,
                "end_reason": reason.name,
                "service_months": periods.full_months(since[filing.pk], filing.ended_on),
                "severance_paid": Decimal(paid) if paid is not None else None,
            }
        )
    return rows


_ROSTERS: dict[str, RosterKind] = {
    Document.Kind.ROSTER_NEW: "new",
    Document.Kind.ROSTER_RENEWAL: "renewal",
    Document.Kind.ROSTER_ENDING: "ending",
}
_ROWS: dict[str, Callable[[Sequence[Filing]], list[dict[str, object]]]] = {
    Document.Kind.ROSTER_NEW: _new_rows,
    Document.Kind.ROSTER_RENEWAL: _renewal_rows,
    Document.Kind.ROSTER_ENDING: _ending_rows,
}


def _pay(stored: Mapping[str, str]) -> Decimal | str | None:
    """The pay agreed for a month's normal work; of part-timers, for an hour."""
    if hourly := stored.get("hourly_pay"):
        return f"{Decimal(hourly):.2f}元/时"
    parts = [stored.get(name) for name in ("base_pay", "performance_pay", "allowances")]
    agreed = [Decimal(part) for part in parts if part]
    return sum(agreed, Decimal(0)) if agreed else None


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


def _certificate(filing: Filing, employer: Employer, since: date) -> EndingCertificate:
    """劳动合同法实施条例第二十四条: term, day of ending, post, years of service in the unit, of which
    `since` is the first day."""
    assert filing.ended_on is not None, "only endings are certified"
    reason = tables.table("end_reason").get(filing.end_reason)
    return EndingCertificate(
        employer=employer.name,
        credit_code=employer.credit_code,
        name=filing.name,
        sex=tables.table("sex").label(filing.sex),
        document_type=tables.table("document_type").label(filing.worker.document_type),
        document_number=filing.worker.document_number,
        job=filing.job,
        term_type=tables.table("contract_type").label(filing.term_type),
        start_on=filing.start_on,
        end_on=filing.end_on,
        ending="终止" if reason.extras["kind"] == "终止" else "解除",
        ended_on=filing.ended_on,
        service_months=periods.full_months(since, filing.ended_on),
        reason=reason.name,
        article=_cited(str(reason.extras["article"])),
    )


def _cited(article: str) -> str:
    """第三十六条 → 《中华人民共和国劳动合同法》第三十六条; the regulation's are written with its name."""
    law = _REGULATION if article.startswith(_REGULATION) else _LAW
    return f"《中华人民共和国{law}》{article.removeprefix(_REGULATION)}"
