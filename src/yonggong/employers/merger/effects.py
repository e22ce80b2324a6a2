"""What the approval of a merger writes: the contracts go on with the other employer, this one is closed
without ending them."""

from __future__ import annotations

from datetime import datetime

from yonggong.accounts.models import User
from yonggong.cases.errors import Refused
from yonggong.cases.models import Case
from yonggong.contracts import carrying
from yonggong.employers import successors


def applied(case: Case, by: User, now: datetime) -> None:
    found = successors.filed_as(case.values)
    if found is None:
        raise Refused([successors.not_found("credit_code", case.values["name"])])
    successor = successors.lock(case, [found])[found.credit_code]
    carrying.carry_over(
        cause=case,
        on=case.values["merged_on"],
        to={},
        rest=successor,
        severance_paid=bool(case.values["severance_paid"]),
        by=by,
        now=now,
    )
    said = (
        f"单位合并备案（办件编号 {case.number}）审核通过，未办结的业务作废，需要的由承继单位办理。"
    )
    successors.close(case, by=by, now=now, said=said)
