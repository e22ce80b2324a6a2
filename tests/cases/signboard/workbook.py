"""Many signboards at once: a row each, with the columns of the form."""

from __future__ import annotations

from tests.cases.signboard.form import FORM
from yonggong.cases.workbook import Workbook

WORKBOOK = Workbook(form=FORM)
