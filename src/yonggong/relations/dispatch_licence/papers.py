"""劳务派遣经营许可证: the original to hang up, the copy behind it."""

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
from yonggong.relations.licence_models import DispatchLicence

LICENCE = Paper(name="licence.dispatch", title="劳务派遣经营许可证", prefix="PX")
_TEMPLATE = Path(__file__).with_name("licence.typ")


def issue(case: Case, licence: DispatchLicence, *, by: User, now: datetime) -> Document:
    """Make the licence as it stands now. Call inside the deciding transaction."""
    on = timezone.localdate(now)
    return save_document(
        paper=LICENCE,
        heading=f"{LICENCE.title} {licence.number}",
        employer=licence.employer,
        region=licence.region_code,
        case_ids=[case.pk],
        render=lambda number: render(case, licence, number, on),
        pages=page_count,
        by=by,
        now=now,
    )


def render(case: Case, licence: DispatchLicence, number: str, on: date) -> bytes:
    """The licence as PDF, original and copy a page each."""
    values = case.values
    return compile_paper(
        _TEMPLATE,
        {
            "title": LICENCE.title,
            "number": licence.number,
            "paper": number,
            "name": licence.name,
            "credit_code": licence.employer.credit_code,
            "address": licence.address,
            "representative": values["legal_representative_name"],
            "capital": f"{licence.capital_10k.normalize():f} 万元",
            "scope": "劳务派遣业务",
            "from": written_date(licence.valid_from),
            "until": written_date(licence.valid_until),
            "agency": licence.agency.name,
            "dated": written_date(on),
        },
        on,
    )
