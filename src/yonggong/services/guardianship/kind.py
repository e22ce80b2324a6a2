"""为子女、父母代办: reviewed by an office on the household register, it becomes an authority."""

from __future__ import annotations

from yonggong.cases.attempts import by_row
from yonggong.cases.kinds import CaseKind
from yonggong.cases.pages import KeyFact, Pages
from yonggong.cases.parts import Checks, Effects
from yonggong.catalogue.items import PERSON
from yonggong.policy import Material
from yonggong.services.guardianship import checks, effects
from yonggong.services.guardianship.form import GUARDIANSHIP_FORM

KIND = CaseKind(
    name="person.guardianship",
    title="为子女、父母代办申请",
    form=GUARDIANSHIP_FORM,
    audience=(PERSON,),
    subject_name=lambda attempt: str(attempt.values["ward_name"]),
    checks=Checks(refusals=by_row(lambda attempt: list(checks.refused(attempt)))),
    effects=Effects(applied=effects.applied, revoked=effects.revoked),
    materials=(
        Material(
            name=effects.HOUSEHOLD,
            label="户口簿或者其他关系证明",
            hint="户口簿首页、本人页和对方页合为一个文件；不在同一户口簿的，提供出生医学证明等关系证明",
        ),
        Material(
            name=checks.AUTHORISATION,
            label="授权委托书",
            required=False,
            hint="为父母代办的，须有其签名",
        ),
    ),
    pages=Pages(key_facts=(KeyFact(label="关系", fields=("relation", "ward_name", "until")),)),
)
