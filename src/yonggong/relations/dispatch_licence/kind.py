"""劳务派遣经营许可."""

from __future__ import annotations

from yonggong.cases.attempts import Attempt, by_row
from yonggong.cases.kinds import CaseKind
from yonggong.cases.parts import Checks, Effects
from yonggong.cases.procedure import procedure_of
from yonggong.registry.handling import get_agency_of
from yonggong.registry.models import Agency
from yonggong.relations.dispatch_licence import checks, effects, pages, papers
from yonggong.relations.dispatch_licence.form import FORM, ISSUE, ITEM, STEPS


def _permit_authority(tried: Attempt) -> Agency:
    """The prefecture's bureau, whoever reviews what else the unit files. Raises `NoAgency`."""
    return get_agency_of(tried.applicant.region_code, "prefecture", KIND.matter)


def _subject(tried: Attempt) -> str:
    """The unit, and what is asked for where that is not a first licence."""
    name, what = tried.applicant.name, tried.values["application_kind"]
    return name[:50] if what == ISSUE else f"{name[:40]}（{what}）"


KIND = CaseKind(
    name=ITEM.key,
    title=ITEM.title,
    form=FORM,
    subject_name=_subject,
    exclusive=True,
    sent_to=_permit_authority,
    checks=Checks(refusals=by_row(checks.refused)),
    effects=Effects(
        applied=effects.applied,
        revoked=effects.revoked,
        refused=effects.refused,
    ),
    procedure=procedure_of(ITEM, STEPS),
    papers=(papers.LICENCE,),
    pages=pages.PAGES,
)
