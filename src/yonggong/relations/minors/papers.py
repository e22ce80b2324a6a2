"""《未成年工登记证》, which the minor has at work (未成年工特殊保护规定, 9)."""

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
from yonggong.law.periods import ONE_DAY
from yonggong.relations.minor_models import Minor

CERTIFICATE = Paper(name="minor.certificate", title="未成年工登记证", prefix="WD")
_TEMPLATE = Path(__file__).with_name("certificate.typ")


def issue(case: Case, minor: Minor, *, by: User, now: datetime) -> Document:
    """Make the certificate. Call inside the deciding transaction."""
    on = timezone.localdate(now)
    return save_document(
        paper=CERTIFICATE,
        heading=f"{CERTIFICATE.title} {minor.number}",
        employer=minor.employer,
        region=minor.region_code,
        case_ids=[case.pk],
        render=lambda number: render(case, minor, on),
        pages=page_count,
        by=by,
        now=now,
    )


def render(case: Case, minor: Minor, on: date) -> bytes:
    """The certificate as PDF."""
    due = minor.next_check
    return compile_paper(
        _TEMPLATE,
        {
            "title": CERTIFICATE.title,
            "number": minor.number,
            "name": minor.worker.name,
            "sex": case.values["f1_sex"],
            "birth": written_date(minor.birth_on),
            "employer": minor.employer.name,
            "occupation": minor.occupation,
            "begins": written_date(minor.begins_on),
            "until": written_date(minor.adult_on - ONE_DAY),
            "next": f"{written_date(due.on)}（{due.why}）" if due else "无",
            "agency": str(case.acting_agency),
            "dated": written_date(on),
        },
        on,
    )
