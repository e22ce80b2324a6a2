"""The papers of a dispute: each names both sides and is there for both, as far as the platform knows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases import queries as case_queries
from yonggong.cases.models import Case
from yonggong.cases.papers import Paper
from yonggong.disputes.claims import CLAIMS, SORTS
from yonggong.disputes.models import Dispute
from yonggong.disputes.taking_part import thirds_of
from yonggong.documents.actions import save_document
from yonggong.documents.filings import answer_of
from yonggong.documents.models import Document
from yonggong.documents.rendering import page_count, render_result, written_date
from yonggong.documents.rendering.filled import render_filled
from yonggong.documents.rendering.papers import FilledForm, FilledPart, Pair, Result
from yonggong.forms import view
from yonggong.registry.actions import enter_person

COPY = Paper(name="dispute.copy", title="仲裁申请书副本", prefix="SB")
RESPOND = Paper(name="dispute.respond", title="应诉通知书", prefix="YS")
THIRD = Paper(name="dispute.third", title="参加仲裁通知书", prefix="CT")
HEARING = Paper(name="dispute.hearing", title="开庭通知书", prefix="KT")
PUT_OFF = Paper(name="dispute.putoff", title="延期开庭通知书", prefix="YK")
LONGER = Paper(name="dispute.longer", title="延长审理期限通知书", prefix="YC")
ANSWER = Paper(name="dispute.answer", title="答辩书", prefix="DB")
AWARD = Paper(name="dispute.award", title="仲裁裁决书", prefix="CJ")
SETTLED = Paper(name="dispute.settled", title="仲裁调解书", prefix="TJ")
CLOSED = Paper(name="dispute.closed", title="仲裁决定书", prefix="JD")
MERGED = Paper(name="dispute.merged", title="反申请合并处理通知书", prefix="HB")
AGREED = Paper(name="dispute.agreed", title="调解协议书", prefix="XY")
FAILED = Paper(name="dispute.failed", title="调解终止通知书", prefix="ZZ")

Parts = Sequence[tuple[str, Sequence[str]]]


def names_of(case: Case) -> tuple[str, str]:
    """Applicant and other side, as the application says them."""
    values = case.values
    unit, person = values.get("employer_name") or "", values.get("worker_name") or ""
    return (unit, person) if case.applicant.employer else (case.applicant.name, unit)


def of_case(case: Case) -> list[Document]:
    """All of them, the first one first."""
    found = Document.objects.filter(entries__case=case, kind__startswith="dispute.")
    return list(found.defer("pdf_sealed").order_by("pk"))


def issue(
    dispute: Dispute,
    paper: Paper,
    *,
    statement: str,
    facts: Sequence[Pair] = (),
    parts: Parts = (),
    nth: int = 1,
    by: User,
    now: datetime,
) -> Document:
    """A letter of the office to both sides and third parties. Call inside the transaction of what it tells of."""
    case = dispute.case
    applicant, other = names_of(case)
    thirds = [one.name for one in thirds_of(dispute)]
    beside = [("第三人", "、".join(thirds))] if thirds else []
    assert case.acting_agency is not None
    agency = case.acting_agency.name

    def render(number: str) -> bytes:
        return render_result(
            Result(
                title=paper.title,
                number=number,
                applicant="、".join((applicant, other, *thirds)),
                statement=statement,
                agency=agency,
                decided_on=timezone.localdate(now),
                facts=[
                    ("案号", case.number),
                    ("申请人", applicant),
                    ("被申请人", other),
                    *beside,
                    *facts,
                ],
                parts=parts,
            )
        )

    return _save(dispute, paper, render, nth=nth, by=by, now=now)


def issue_copy(dispute: Dispute, *, by: User, now: datetime) -> Document:
    """The application as it was sent last, whole, without what the platform found of it."""
    case = dispute.case
    version = case.current
    assert version is not None and case.came_in_on is not None
    form = case_queries.form_of(version, case)
    sections = view.sections(form, version.values_on(form), unmasked=True)
    applicant, other = names_of(case)
    pdf = FilledForm(
        title=COPY.title,
        number=case.number,
        facts=[
            ("申请人", applicant),
            ("被申请人", other),
            ("申请日期", written_date(case.came_in_on)),
        ],
        parts=[
            FilledPart(part.title, [answer_of(line) for line in part.lines]) for part in sections
        ],
        notes=("与申请人提交的仲裁申请书内容一致。含完整个人信息，请妥善保管。",),
        made_on=timezone.localdate(now),
    )
    return _save(dispute, COPY, lambda number: render_filled(pdf), by=by, now=now)


def issue_answer(
    dispute: Dispute, text: str, evidence: Sequence[str] = (), *, by: User, now: datetime
) -> Document:
    """What the other side answers, with the names of the evidence that came with it."""
    case = dispute.case
    applicant, other = names_of(case)
    parts = [FilledPart("答辩意见", [("内容", text)])]
    if evidence:
        listed = [(f"证据 {place}", name) for place, name in enumerate(evidence, 1)]
        parts.append(FilledPart("随答辩书提交的证据", listed))
    pdf = FilledForm(
        title=ANSWER.title,
        number=case.number,
        facts=[
            ("答辩人（被申请人）", other),
            ("申请人", applicant),
            ("答辩日期", written_date(timezone.localdate(now))),
        ],
        parts=parts,
        notes=(f"由{by.name}代表被申请人在网上提交。",),
        made_on=timezone.localdate(now),
    )
    return _save(dispute, ANSWER, lambda number: render_filled(pdf), by=by, now=now)


def _save(
    dispute: Dispute,
    paper: Paper,
    render: Callable[[str], bytes],
    *,
    nth: int = 1,
    by: User,
    now: datetime,
) -> Document:
    case, worker = dispute.case, dispute.worker
    person = enter_person(worker=worker, region_code=case.region_code) if worker else None
    return save_document(
        paper=paper,
        employer=dispute.employer,
        applicant=person or (None if dispute.employer else case.applicant),
        region=case.region_code,
        case_ids=[case.pk],
        render=render,
        pages=page_count,
        nth=nth,
        by=by,
        now=now,
    )


def claims_of(case: Case) -> list[str]:
    """What is claimed, in order."""
    rows = case.values.get(CLAIMS) or ()
    return [
        f"{place}. {SORTS[row['sort']][0]}" + (f" {row['amount']:,.2f} 元" if row["amount"] else "")
        for place, row in enumerate(rows, 1)
    ]
