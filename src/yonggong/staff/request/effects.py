"""What the approval of an application does: orders an account, or freezes, unfreezes, cancels one."""

from __future__ import annotations

from datetime import datetime

from yonggong.accounts.models import User
from yonggong.cases.models import Case
from yonggong.staff import existing, orders
from yonggong.staff.request.form import CANCEL, FREEZE, NEW, RIGHTS, UNFREEZE
from yonggong.staff.request.papers import save_sheet

_ACTS = {FREEZE: existing.Act.FREEZE, UNFREEZE: existing.Act.UNFREEZE, CANCEL: existing.Act.CANCEL}


def applied(case: Case, by: User, now: datetime) -> None:
    """Do what was applied for, as far as no administrator has to; order the rest; keep the sheet."""
    values, agency = case.values, case.applicant_id
    if values["act"] == NEW:
        orders.order_new(case, {0: values}, now=now)
    else:
        account = existing.account_of(str(values["username"]), agency)
        if values["act"] == RIGHTS:
            orders.order_rights(case, values, account, now=now)
        else:
            to = existing.account_named(str(values.get("successor") or ""), agency)
            existing.carry_out(case, account, _ACTS[values["act"]], to=to, by=by, now=now)
    save_sheet(case, by=by, now=now)
