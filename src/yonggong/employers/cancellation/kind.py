"""注销备案: an employer closes."""

from __future__ import annotations

from dataclasses import replace

from yonggong.cases.attempts import by_row
from yonggong.cases.kinds import CaseKind
from yonggong.cases.parts import Checks, Effects
from yonggong.catalogue import own_titles
from yonggong.employers.cancellation import checks, effects, panels
from yonggong.employers.cancellation.form import CANCELLATION_FORM
from yonggong.employers.effects import employer_name
from yonggong.employers.pages import PAGES

KIND = CaseKind(
    name="employer.cancel",
    title=own_titles()["employer.cancel"],
    form=CANCELLATION_FORM,
    exclusive=True,
    subject_name=employer_name,
    checks=Checks(
        refusals=by_row(checks.refused),
        findings=by_row(checks.found),
    ),
    effects=Effects(
        applied=effects.applied,
        revoked=effects.revoked,
        lengthy=effects.lengthy,
    ),
    event_field="closed_on",
    deadline="employer_closed",
    pages=replace(PAGES, notice="", panels=panels.PANELS),
)
