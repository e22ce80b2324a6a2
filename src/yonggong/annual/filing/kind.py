"""年度劳动用工备案: once a year, of the year before (SX-1)."""

from __future__ import annotations

from yonggong.annual import checks, effects
from yonggong.annual.filing.form import FORM
from yonggong.annual.pages import FILING
from yonggong.annual.subjects import of_year
from yonggong.cases.attempts import by_row
from yonggong.cases.kinds import CaseKind
from yonggong.cases.parts import Checks, Effects
from yonggong.catalogue import own_titles

KIND = CaseKind(
    name="annual.return",
    title=own_titles()["annual.return"],
    form=FORM,
    subject_name=of_year,
    exclusive=True,
    checks=Checks(refusals=by_row(checks.refused), findings=by_row(checks.found)),
    effects=Effects(
        opened=effects.opened, amended=effects.amended, begun_again=effects.begun_again
    ),
    pages=FILING,
)
