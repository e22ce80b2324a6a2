"""年度薪酬信息填报: by 31 March of the year before; organs and institutions are exempt (policy)."""

from __future__ import annotations

from yonggong.annual import checks, effects
from yonggong.annual.pages import PAYING
from yonggong.annual.pay.form import FORM
from yonggong.annual.subjects import of_year
from yonggong.cases.attempts import by_row
from yonggong.cases.kinds import CaseKind
from yonggong.cases.parts import Checks, Effects
from yonggong.catalogue import own_titles

KIND = CaseKind(
    name="annual.pay",
    title=own_titles()["annual.pay"],
    form=FORM,
    subject_name=of_year,
    exclusive=True,
    checks=Checks(refusals=by_row(checks.of_the_year)),
    effects=Effects(opened=effects.returned_of, amended=effects.year_mended),
    pages=PAYING,
)
