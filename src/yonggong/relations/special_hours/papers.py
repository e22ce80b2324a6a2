"""The decision on special hours (特殊工时制度审批决定)."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases.models import Case
from yonggong.cases.papers import Paper
from yonggong.documents.actions import save_document
from yonggong.documents.models import Document
from yonggong.documents.rendering import compile_paper, page_count, written_date
from yonggong.relations.special_hours.posts import posts_of

DECISION = Paper(name="special_hours.permit", title="特殊工时制度审批决定", prefix="TS")
_TEMPLATE = Path(__file__).with_name("decision.typ")


def issue(case: Case, *, by: User, now: datetime) -> Document:
    """Number the decision and keep it. Call inside the deciding transaction."""
    return save_document(
        paper=DECISION,
        employer=case.applicant.employer,
        case_ids=[case.pk],
        render=lambda number: render(case, number, timezone.localdate(now)),
        pages=page_count,
        by=by,
        now=now,
    )


def render(case: Case, number: str, on: date) -> bytes:
    """The decision as PDF: each post with its system, heads, period and term."""
    values = case.values
    assert case.acting_agency is not None
    return compile_paper(
        _TEMPLATE,
        {
            "title": DECISION.title,
            "number": number,
            "employer": case.applicant.name,
            "credit_code": values["credit_code"],
            "area": values["implementation_area"],
            "resolved": written_date(values["resolved_on"]),
            "posts": [
                [
                    post.job,
                    post.get_system_display(),
                    str(post.headcount),
                    post.cycle or "—",
                    f"{post.from_on:%Y-%m-%d} 至 {post.until_on:%Y-%m-%d}",
                ]
                for post in posts_of(values)
            ],
            "agency": case.acting_agency.name,
            "dated": written_date(on),
        },
        on,
    )
