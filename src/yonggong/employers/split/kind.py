"""分立备案: an employer is split, and others go on with contracts of it."""

from __future__ import annotations

from yonggong.cases.attempts import by_row
from yonggong.cases.kinds import CaseKind
from yonggong.cases.pages import KeyFact, Pages
from yonggong.cases.parts import Checks, Effects
from yonggong.catalogue import own_titles
from yonggong.employers import successors
from yonggong.employers.effects import applicant_name
from yonggong.employers.split import checks, effects
from yonggong.employers.split.form import SPLIT_FORM

KIND = CaseKind(
    name="employer.split",
    title=own_titles()["employer.split"],
    form=SPLIT_FORM,
    exclusive=True,
    subject_name=applicant_name,
    participants=checks.participants,
    checks=Checks(refusals=by_row(lambda attempt: list(checks.refused(attempt)))),
    effects=Effects(
        applied=effects.applied, revoked=successors.taken_back, lengthy=successors.lengthy
    ),
    event_field="split_on",
    deadline="employer_changed",
    pages=Pages(
        panels=successors.PANELS,
        key_facts=(
            KeyFact(label="分立方式", fields=("split_kind", "split_on")),
            KeyFact(label="经济补偿", fields=("severance_paid",)),
        ),
    ),
)
