"""企业经济性裁员报告."""

from __future__ import annotations

from yonggong.cases.attempts import by_row
from yonggong.cases.kinds import CaseKind
from yonggong.cases.parts import Checks, Effects
from yonggong.cases.procedure import procedure_of
from yonggong.cases.step_forms import step_forms
from yonggong.relations.layoffs import checks, effects, pages
from yonggong.relations.layoffs.form import FORM, ITEM, KEY

KIND = CaseKind(
    name=KEY,
    title=ITEM.title,
    form=FORM,
    subject_name=lambda attempt: f"裁员 {attempt.values['layoff_count']} 人",
    checks=Checks(refusals=by_row(checks.refused), findings=by_row(checks.found)),
    effects=Effects(applied=effects.applied, revoked=effects.revoked),
    procedure=procedure_of(ITEM, step_forms(ITEM)),
    pages=pages.PAGES,
)
