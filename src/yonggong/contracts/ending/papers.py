"""The roster of endings, and the certificates for those who leave (JL-10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from yonggong.codes import tables
from yonggong.contracts import service
from yonggong.contracts.models import Filing
from yonggong.contracts.papers import FilingPaper, person, roster_of
from yonggong.documents.rendering import EndingCertificate, render_certificates
from yonggong.law import periods
from yonggong.registry.models import Employer

_LAW = "劳动合同法"
_REGULATION = "劳动合同法实施条例"


def rows_of(filings: Sequence[Filing]) -> list[dict[str, object]]:
    """What the roster says of each ending."""
    since, rows = service.of_filings(filings), []
    for filing in filings:
        assert filing.ended_on is not None, "an ending has its day"
        reason = tables.table("end_reason").get(filing.end_reason)
        paid = filing.case.version.data.get("severance_paid")
        rows.append(
            person(filing)
            | {
                "ending": reason.extras["kind"],
                "ended_on": filing.ended_on,
                "end_reason": reason.name,
                "service_months": periods.full_months(since[filing.pk], filing.ended_on),
                "severance_paid": Decimal(paid) if paid is not None else None,
            }
        )
    return rows


def _certificates(
    filings: Sequence[Filing], employer: Employer, number: str | None, on: date
) -> bytes:
    since = service.of_filings(filings)
    certificates = [_certificate(filing, employer, since[filing.pk]) for filing in filings]
    return render_certificates(certificates, number=number, made_on=on)


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


ROSTER = FilingPaper(
    name="roster.ending",
    title="解除（终止）劳动合同备案名册",
    prefix="JC",
    word="ending",
    stage=Filing.Kind.ENDING,
    column="roster",
    button="解除终止备案生成名册",
    icon="clipboard-plus",
    render=roster_of(Path(__file__).with_name("roster.yaml"), "roster_ending", rows_of),
)
CERTIFICATES = FilingPaper(
    name="certificates",
    title="解除（终止）劳动合同证明书",
    prefix="ZM",
    word="certificates",
    stage=Filing.Kind.ENDING,
    column="certificate",
    button="终止（解除）证明书生成",
    icon="certificate",
    render=_certificates,
)
