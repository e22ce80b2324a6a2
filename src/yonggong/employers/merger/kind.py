"""合并备案: an employer merges into another, which goes on with its contracts."""

from __future__ import annotations

from yonggong.cases.attempts import by_row
from yonggong.cases.kinds import CaseKind
from yonggong.cases.pages import KeyFact, Pages
from yonggong.cases.parts import Checks, Effects
from yonggong.catalogue import own_titles
from yonggong.employers import successors
from yonggong.employers.effects import applicant_name
from yonggong.employers.merger import checks, effects
from yonggong.employers.merger.form import MERGER_FORM

KIND = CaseKind(
    name="employer.merge",
    title=own_titles()["employer.merge"],
    form=MERGER_FORM,
    exclusive=True,
    subject_name=applicant_name,
    participants=checks.participants,
    checks=Checks(refusals=by_row(lambda attempt: list(checks.refused(attempt)))),
    effects=Effects(
        applied=effects.applied, revoked=successors.taken_back, lengthy=successors.lengthy
    ),
    event_field="merged_on",
    deadline="employer_changed",
    pages=Pages(
        panels=successors.PANELS,
        key_facts=(
            KeyFact(label="合并方式", fields=("merger_kind", "merged_on")),
            KeyFact(label="承继单位", fields=("name", "credit_code")),
            KeyFact(label="经济补偿", fields=("severance_paid",)),
        ),
    ),
)
