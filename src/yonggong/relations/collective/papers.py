"""The letter with which a review ends (集体合同审查意见书)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases.models import Case
from yonggong.cases.papers import Paper
from yonggong.documents.actions import save_document
from yonggong.documents.models import Document
from yonggong.documents.rendering import compile_paper, page_count, written_date
from yonggong.law.rules.collective import effective_on, may_object
from yonggong.relations.collective import record
from yonggong.relations.collective.form import ENDED

OPINION = Paper(name="collective.opinion", title="集体合同审查意见书", prefix="JT")
_TEMPLATE = Path(__file__).with_name("opinion.typ")
# As the standard prints it.
_PASSED = (
    "报送的集体合同，经审查，我们认为集体协商双方主体资格、集体协商程序和集体协商内容符合法律、法规、规章以及"
    "相关政策的规定。请自收到本意见书之日起十日内，以书面形式向全体职工公布并遵照执行。"
)
_OBJECTED = (
    "报送的集体合同，经审查，我们提出以下异议。请双方就提出异议的事项经集体协商重新签订，"
    "并自签订之日起按规定期限重新报送审查。提出异议的集体合同不发生效力。"
)
_TOO_LATE = (
    "报送的集体合同，自收到文本之日起十五日内未提出异议，已经依法生效。经审查，我们认为以下内容不符合规定，"
    "请双方经集体协商依法变更，并将变更后的文本报送审查。"
)


def issue(
    case: Case,
    written: Mapping[str, Any],
    *,
    received: date,
    by: User,
    now: datetime,
) -> Document:
    """Number the letter and keep it. Call inside the deciding transaction."""
    return save_document(
        paper=OPINION,
        heading=OPINION.title,
        employer=case.applicant.employer,
        case_ids=[case.pk],
        render=lambda number: render(case, written, number, received, timezone.localdate(now)),
        pages=page_count,
        by=by,
        now=now,
    )


def says(written: Mapping[str, Any], received: date, on: date) -> str:
    """The verdict of a letter that goes out on a day, after the day on which the text came in."""
    if not record.objects(written):
        return _PASSED
    return _OBJECTED if may_object(received, on) else _TOO_LATE


def render(
    case: Case,
    written: Mapping[str, Any],
    number: str,
    received: date,
    on: date,
) -> bytes:
    """The letter as PDF. What 集体合同规定第四十五条 wants stands on it: both sides and their address,
    the day of receipt, the opinion, its day."""
    values, objected = case.values, record.objects(written)
    notes = []
    if not objected and values["signing_kind"] != ENDED:
        notes.append(
            f"劳动行政部门自收到文本之日起十五日内未提出异议的，集体合同自{written_date(effective_on(received))}"
            "起生效；合同约定的起始日期在此之后的，从其约定。"
        )
    assert case.acting_agency is not None
    return compile_paper(
        _TEMPLATE,
        {
            "title": OPINION.title,
            "number": number,
            "party_a": case.applicant.name,
            "party_b": written["party_b"],
            "address": values["address"],
            "contract": values["title"],
            "term": f"{written_date(values['collective_contract_start'])}至"
            f"{written_date(values['collective_contract_end'])}",
            "opinion": written_date(received) + says(written, received, on),
            "objections": [
                [row["clause"], row["says"], row["basis"]] for row in written["objections"] or []
            ],
            "remarks": written["remarks"] or "",
            "notes": notes,
            "agency": case.acting_agency.name,
            "dated": written_date(on),
        },
        on,
    )
