"""What the approval of an application does: orders an account, or freezes, unfreezes, cancels one."""

from __future__ import annotations

from datetime import datetime

from yonggong.accounts import administering
from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.models import User
from yonggong.cases import handing_over
from yonggong.cases.errors import refused
from yonggong.cases.models import Case
from yonggong.staff import orders
from yonggong.staff.request.checks import account_named
from yonggong.staff.request.form import CANCEL, FREEZE, NEW, RIGHTS, UNFREEZE
from yonggong.staff.request.papers import save_sheet

_ACTS = {
    FREEZE: administering.Act.FREEZE,
    UNFREEZE: administering.Act.UNFREEZE,
    CANCEL: administering.Act.CANCEL,
}


def applied(case: Case, by: User, now: datetime) -> None:
    """Do what was applied for, as far as no administrator has to; order the rest; keep the sheet."""
    values = case.values
    if values["act"] == NEW:
        orders.order_new(case, [values], now=now)
    else:
        account = account_named(str(values["username"]), case.applicant_id)
        if account is None:
            raise refused("", "gone", "申请的账号已经注销或者不在该机构", "请退回申请单位核对")
        if values["act"] == RIGHTS:
            orders.order_rights(case, values, account, now=now)
        else:
            _carry_out(case, account, by, now)
    save_sheet(case, by=by, now=now)


def _carry_out(case: Case, account: User, by: User, now: datetime) -> None:
    """Freeze, unfreeze or cancel; whoever leaves hands over first."""
    values = case.values
    try:
        if values["act"] in (FREEZE, CANCEL):
            to = account_named(str(values.get("successor") or ""), case.applicant_id)
            handing_over.hand_over(
                account=account,
                to=to,
                reason=f"账号申请 {case.number}",
                by=by,
                now=now,
                address=None,
            )
        administering.carry_out_approved(
            account=account, act=_ACTS[values["act"]], said=f"账号申请 {case.number}", by=by
        )
    except AccountProblem as problem:
        raise refused("", "account", str(problem).rstrip("。"), "请退回申请单位核对") from None
