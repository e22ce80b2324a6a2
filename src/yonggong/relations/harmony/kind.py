"""和谐劳动关系认定: assessed by itself, recommended level by level, recognised."""

from __future__ import annotations

from yonggong.cases.attempts import by_row
from yonggong.cases.kinds import CaseKind
from yonggong.cases.parts import Checks, Effects
from yonggong.relations.harmony import checks, effects
from yonggong.relations.harmony.form import FORM, ITEM
from yonggong.relations.harmony.pages import PAGES
from yonggong.relations.harmony.papers import RECOGNITION
from yonggong.relations.harmony.steps import procedure

KIND = CaseKind(
    name=ITEM.key,
    title=ITEM.title,
    form=FORM,
    subject_name=lambda attempt: attempt.applicant.name[:50],
    exclusive=True,
    checks=Checks(refusals=by_row(checks.refused)),
    effects=Effects(applied=effects.applied, refused=effects.refused, revoked=effects.revoked),
    procedure=procedure(),
    papers=(RECOGNITION,),
    pages=PAGES,
)
