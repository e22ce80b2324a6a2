"""Changes by the workbook."""

from __future__ import annotations

from yonggong.cases.workbook import Workbook
from yonggong.contracts import bulk
from yonggong.contracts.change.form import CHANGE_FORM
from yonggong.contracts.models import Filing
from yonggong.contracts.workbooks import with_person

WORKBOOK = Workbook(
    form=with_person(CHANGE_FORM),
    page="new",
    told=bulk.TOLD,
    names=bulk.names,
    opened=bulk.open_later(Filing.Kind.CHANGE),
    voided=bulk.void_later,
)
