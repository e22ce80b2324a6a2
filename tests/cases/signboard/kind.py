"""A signboard as a kind of case."""

from __future__ import annotations

from tests.cases.signboard.form import FORM
from tests.cases.signboard.workbook import WORKBOOK
from yonggong.cases.kinds import CaseKind

KIND = CaseKind(
    name="orchard.signboard",
    title="果园标牌",
    form=FORM,
    subject_name=lambda attempt: str(attempt.values["orchard"]),
    workbook=WORKBOOK,
)
