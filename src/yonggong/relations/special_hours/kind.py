"""特殊工时审批: posts that work averaged or flexible hours, permitted from a day to a day."""

from __future__ import annotations

from yonggong.cases.attempts import by_row
from yonggong.cases.kinds import CaseKind
from yonggong.cases.parts import Checks, Effects
from yonggong.cases.procedure import procedure_of
from yonggong.cases.step_forms import step_forms
from yonggong.relations.special_hours import checks, effects
from yonggong.relations.special_hours.form import FORM, ITEM
from yonggong.relations.special_hours.pages import PAGES
from yonggong.relations.special_hours.papers import DECISION

KIND = CaseKind(
    name=ITEM.key,
    title=ITEM.title,
    form=FORM,
    subject_name=lambda attempt: (
        str(attempt.values["application_kind"]).removeprefix("实行").removesuffix("申报")
    ),
    checks=Checks(refusals=by_row(checks.refused), findings=by_row(checks.found)),
    effects=Effects(applied=effects.applied, refused=effects.refused, revoked=effects.revoked),
    procedure=procedure_of(ITEM, step_forms(ITEM)),
    papers=(DECISION,),
    pages=PAGES,
)
