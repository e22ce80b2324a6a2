"""初次备案: an employer files itself for the first time."""

from __future__ import annotations

from dataclasses import replace

from yonggong.cases.attempts import by_row
from yonggong.cases.kinds import CaseKind
from yonggong.cases.pages import KeyFact
from yonggong.cases.parts import Checks, Effects
from yonggong.catalogue import own_titles
from yonggong.employers.effects import employer_name, particulars_revoked, take_particulars
from yonggong.employers.forms import EMPLOYER_FORM
from yonggong.employers.initial import checks
from yonggong.employers.pages import CLAIMED, PAGES, PARTICULARS, REGISTERED

KIND = CaseKind(
    name="employer.initial",
    title=own_titles()["employer.initial"],
    form=EMPLOYER_FORM,
    exclusive=True,
    subject_name=employer_name,
    checks=Checks(
        refusals=by_row(checks.refused),
    ),
    effects=Effects(
        applied=take_particulars,
        revoked=particulars_revoked,
    ),
    event_field="licence_on",
    deadline="initial",
    agency_field="agency",
    pages=replace(
        PAGES,
        panels=(CLAIMED, REGISTERED),
        key_facts=(KeyFact(label="营业执照日期", fields=("licence_on",)), *PARTICULARS),
    ),
)
