"""Filings as papers: what a roster or a certificate says about each of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.codes import regions, tables
from yonggong.contracts.models import Filing
from yonggong.documents.models import Document
from yonggong.documents.rendering.certificates import render_certificates
from yonggong.documents.rendering.papers import Column, EndingCertificate, TablePaper
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

_PERSON = (
    Column("序号", 4),
    Column("姓名", 8),
    Column("性别", 4),
    Column("证件号码", 16),
)
_ENGAGED_COLUMNS = (
    *_PERSON,
    Column("用工形式", 8),
    Column("合同期限类型", 11),
    Column("合同起始日期", 9),
    Column("合同结束日期", 9),
    Column("签订日期", 9),
    Column("岗位工作", 12, "left"),
    Column("备案日期", 9),
    Column("备注", 8, "left"),
)
_ENDED_COLUMNS = (
    *_PERSON,
    Column("用工形式", 8),
    Column("合同起始日期", 9),
    Column("合同结束日期", 9),
    Column("解除（终止）日期", 9),
    Column("解除（终止）原因", 26, "left"),
    Column("备案日期", 9),
    Column("备注", 8, "left"),
)


def render(
    kind: Document.Kind,
    filings: Sequence[Filing],
    *,
    employer: Employer,
    number: str | None,
    by: User,
    on: date,
) -> bytes:
    """The paper as a PDF; without a number a preview.

    `filings` have `worker` (and for certificates `contract`) fetched with them, in the order in
    which they are to stand.
    """
    if kind == Document.Kind.CERTIFICATES:
        certificates = [_certificate(filing, employer) for filing in filings]
        return render_certificates(certificates, number=number, made_on=on)
    ended = kind == Document.Kind.ROSTER_ENDING
    line = _ended_line if ended else _engaged_line
    return render_table(
        TablePaper(
            title=policy.of(employer.region_code, on).text(_TITLES[kind]),
            header=_header(employer, by),
            columns=_ENDED_COLUMNS if ended else _ENGAGED_COLUMNS,
            rows=[(str(place), *line(filing)) for place, filing in enumerate(filings, start=1)],
            made_on=on,
            number=number,
            totals=_totals(filings),
            seals=("用人单位（盖章）", "备案机构（盖章）"),
        )
    )


def _header(employer: Employer, by: User) -> tuple[tuple[str, str], ...]:
    return (
        ("用人单位", employer.name),
        ("统一社会信用代码", employer.credit_code),
        ("备案机构", employer.agency.name if employer.agency else ""),
        ("行政区划", regions.full_name(employer.region_code)),
        ("单位经办人", by.name),
    )


def _engaged_line(filing: Filing) -> tuple[str, ...]:
    return (
        *_person(filing),
        tables.table("contract_type").label(filing.term_type),
        _day(filing.start_on),
        _day(filing.end_on),
        _day(filing.signed_on),
        filing.job,
        _day(filing.filed_on),
        _remark(filing),
    )


def _ended_line(filing: Filing) -> tuple[str, ...]:
    return (
        *_person(filing),
        _day(filing.start_on),
        _day(filing.end_on),
        _day(filing.ended_on),
        tables.table("end_reason").label(filing.end_reason),
        _day(filing.filed_on),
        _remark(filing),
    )


def _person(filing: Filing) -> tuple[str, ...]:
    return (
        filing.name,
        tables.table("sex").label(filing.sex),
        filing.worker.document_number,
        tables.table("employment_form").label(filing.employment_form),
    )


def _remark(filing: Filing) -> str:
    return f"逾期 {filing.late_days} 天" if filing.late_days else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else "—"


def _totals(filings: Sequence[Filing]) -> str:
    men = sum(1 for filing in filings if filing.sex == "1")
    women = sum(1 for filing in filings if filing.sex == "2")
    return f"合计：{len(filings)} 人，其中男 {men} 人，女 {women} 人"


def _certificate(filing: Filing, employer: Employer) -> EndingCertificate:
    """劳动合同法实施条例第二十四条: term, day of ending, post, years of service in the unit."""
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
        service_months=periods.full_months(filing.contract.work_start_on, filing.ended_on),
        reason=reason.name,
        article=_cited(str(reason.extras["article"])),
    )


def _cited(article: str) -> str:
    """第三十六条 → 《中华人民共和国劳动合同法》第三十六条; the regulation's are written with its name."""
    law = _REGULATION if article.startswith(_REGULATION) else _LAW
    return f"《中华人民共和国{law}》{article.removeprefix(_REGULATION)}"
