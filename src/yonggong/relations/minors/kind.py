"""录用未成年工登记备案."""

from __future__ import annotations

from yonggong.cases.attempts import by_row
from yonggong.cases.kinds import CaseKind
from yonggong.cases.parts import Checks, Effects
from yonggong.cases.procedure import procedure_of
from yonggong.cases.step_forms import step_forms
from yonggong.relations.minors import checks, effects, pages, papers
from yonggong.relations.minors.form import FORM, ITEM, KEY

KIND = CaseKind(
    name=KEY,
    title=ITEM.title,
    form=FORM,
    subject_name=lambda attempt: str(attempt.values["f1_person_name"]),
    checks=Checks(refusals=by_row(checks.refused), findings=by_row(checks.found)),
    effects=Effects(
        applied=effects.applied,
        revoked=effects.revoked,
        refused=effects.refused,
    ),
    procedure=procedure_of(ITEM, step_forms(ITEM)),
    papers=(papers.CERTIFICATE,),
    pages=pages.PAGES,
)
