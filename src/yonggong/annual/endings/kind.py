"""表三单独填报: who left between two annual filings (SX-1)."""

from __future__ import annotations

from yonggong.annual import checks, effects
from yonggong.annual.endings.form import FORM
from yonggong.annual.pages import ENDINGS
from yonggong.annual.subjects import of_year
from yonggong.cases.attempts import by_row
from yonggong.cases.kinds import CaseKind
from yonggong.cases.parts import Checks, Effects
from yonggong.catalogue import own_titles

KIND = CaseKind(
    name="annual.endings",
    title=own_titles()["annual.endings"],
    form=FORM,
    subject_name=of_year,
    exclusive=True,
    checks=Checks(refusals=by_row(checks.refused), findings=by_row(checks.found)),
    effects=Effects(
        opened=effects.opened, amended=effects.amended, begun_again=effects.begun_again
    ),
    pages=ENDINGS,
)
