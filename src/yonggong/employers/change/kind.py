"""变更备案: what is filed of an employer has changed."""

from __future__ import annotations

from dataclasses import replace

from yonggong.cases.attempts import by_row
from yonggong.cases.kinds import CaseKind
from yonggong.cases.pages import KeyFact
from yonggong.cases.parts import Checks, Effects
from yonggong.catalogue import own_titles
from yonggong.employers.change import checks
from yonggong.employers.change.form import CHANGE_FORM
from yonggong.employers.effects import employer_name, particulars_revoked, present, take_particulars
from yonggong.employers.pages import PAGES, PARTICULARS, REGISTERED

KIND = CaseKind(
    name="employer.change",
    title=own_titles()["employer.change"],
    form=CHANGE_FORM,
    exclusive=True,
    subject_name=employer_name,
    checks=Checks(
        refusals=by_row(checks.refused),
    ),
    effects=Effects(
        applied=take_particulars,
        revoked=particulars_revoked,
    ),
    present=present,
    event_field="changed_on",
    deadline="employer_changed",
    agency_field="agency",
    pages=replace(
        PAGES,
        panels=(REGISTERED,),
        key_facts=(KeyFact(label="变更事项", fields=("change_kind", "changed_on")), *PARTICULARS),
    ),
)
