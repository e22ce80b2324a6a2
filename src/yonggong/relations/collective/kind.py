"""集体合同审查: a collective contract is sent for review, and ends with a letter."""

from __future__ import annotations

from yonggong.cases.attempts import by_row
from yonggong.cases.kinds import CaseKind
from yonggong.cases.parts import Checks, Effects
from yonggong.cases.procedure import procedure_of
from yonggong.cases.step_forms import step_forms
from yonggong.relations.collective import checks, effects
from yonggong.relations.collective.form import FORM, ITEM
from yonggong.relations.collective.pages import PAGES
from yonggong.relations.collective.papers import OPINION
from yonggong.relations.collective.record import RECORD

KIND = CaseKind(
    name=ITEM.key,
    title=ITEM.title,
    form=FORM,
    subject_name=lambda attempt: str(attempt.values["title"])[:50],
    checks=Checks(refusals=by_row(checks.refused), findings=by_row(checks.found)),
    effects=Effects(applied=effects.applied, refused=effects.refused, revoked=effects.revoked),
    procedure=procedure_of(ITEM, {**step_forms(ITEM), "review": RECORD}),
    papers=(OPINION,),
    pages=PAGES,
)
