"""What the approval of an orchard writes: its certificate."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from tests.cases.orchard.papers import CERTIFICATE, render
from yonggong.accounts.models import User
from yonggong.cases.models import Case
from yonggong.documents.actions import save_document
from yonggong.documents.rendering import page_count


def revoked(case: Case, by: User, now: datetime) -> None:
    """The certificate stays as it was issued; its case tells that it is void."""


def applied(case: Case, by: User, now: datetime) -> None:
    """Number the certificate and keep it."""
    save_document(
        paper=CERTIFICATE,
        employer=case.applicant.employer,
        case_ids=[case.pk],
        render=lambda number: render(case, number, timezone.localdate(now)),
        pages=page_count,
        by=by,
        now=now,
    )
