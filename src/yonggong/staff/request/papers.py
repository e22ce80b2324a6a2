"""The official sheet: 山西省人力资源和社会保障业务系统账号申请（变更）单 (annex 2 of 晋人社厅函〔2022〕1142号)."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases import queries as case_queries
from yonggong.cases.models import Case, Step
from yonggong.cases.papers import Paper
from yonggong.documents.models import Document
from yonggong.documents.rendering import written_date
from yonggong.forms import view
from yonggong.staff.papers import keep_paper
from yonggong.staff.request.form import FORM

SHEET = Paper(name="account.sheet", title="账号申请（变更）单", prefix="ZH")
_TEMPLATE = Path(__file__).with_name("sheet.typ")
# Stand in the head of the sheet, not among what is applied for.
_HEAD = {"system", "contact", "phone"}


def save_sheet(case: Case, *, by: User, now: datetime) -> Document:
    """Number the sheet with its opinions, and keep it."""
    return keep_paper(
        case, SHEET, "account_sheet", _TEMPLATE, partial(sheet_of, case), by=by, now=now
    )


def sheet_of(case: Case, title: str, number: str) -> dict[str, Any]:
    """What stands on the sheet, as plain values."""
    lines = {
        line.name: line
        for section in view.sections(FORM, case.values, unmasked=True)
        for line in section.lines
    }
    steps = {step.key: step for step in case_queries.steps_of(case) if step.acted_at}
    assert case.filed_at is not None
    return {
        "title": title,
        "number": number,
        "system": lines["system"].text,
        "contact": lines["contact"].text,
        "phone": lines["phone"].text,
        "matter": [
            [line.label, line.text]
            for name, line in lines.items()
            if name not in _HEAD and line.text
        ],
        "unit": case.applicant.name,
        "filed": written_date(timezone.localdate(case.filed_at)),
        **{key: _opinion(steps.get(key)) for key in ("head", "business", "information")},
    }


def _opinion(step: Step | None) -> dict[str, str]:
    if step is None or step.acted_by is None or step.acted_at is None:
        return {"said": "", "by": "", "office": "", "on": ""}
    return {
        "said": step.opinion or "同意",
        "by": step.acted_by.name,
        "office": str(step.agency),
        "on": written_date(timezone.localdate(step.acted_at)),
    }
