"""The certificate of an orchard."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from yonggong.cases.models import Case
from yonggong.cases.papers import Paper
from yonggong.documents.rendering import compile_paper, written_date
from yonggong.forms.view import line

CERTIFICATE = Paper(name="orchard.certificate", title="果园登记证", prefix="GY")
_TEMPLATE = Path(__file__).with_name("certificate.typ")


def render(case: Case, number: str, on: date) -> bytes:
    """The certificate as PDF: the orchard, its plots with their totals."""
    values, form = case.values, case.definition.form
    plots = line(form.fields_by_name["plots"], values["plots"]).table
    assert plots is not None
    return compile_paper(
        _TEMPLATE,
        {
            "title": CERTIFICATE.title,
            "number": number,
            "orchard": values["orchard"],
            "keeper": values["keeper"],
            "holder": case.subject_name,
            "headings": plots.headings,
            "rows": plots.rows,
            "totals": plots.totals,
            "agency": str(case.agency),
            "dated": written_date(on),
        },
        on,
    )
