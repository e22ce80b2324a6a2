"""The paper of an approved application: titled as the province calls it, numbered, kept with its case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.cases.models import Case
from yonggong.cases.papers import Paper
from yonggong.documents.actions import save_document
from yonggong.documents.models import Document
from yonggong.documents.rendering import compile_paper, page_count


def keep_paper(
    case: Case,
    paper: Paper,
    text: str,
    template: Path,
    said: Callable[[str, str], Mapping[str, Any]],
    *,
    by: User,
    now: datetime,
) -> Document:
    """Number the paper and keep it. `text` names the province's title of it, `said` gives what stands
    on it, of title and number."""
    today = timezone.localdate(now)
    title = policy.of(case.region_code, today).text(text)
    return save_document(
        paper=paper,
        heading=title,
        employer=None,
        applicant=case.applicant,
        region=case.region_code,
        case_ids=[case.pk],
        render=lambda number: compile_paper(template, said(title, number), today),
        pages=page_count,
        by=by,
        now=now,
    )
