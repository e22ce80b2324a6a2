"""What the approval of a split writes: contracts go on with the new employers; where nothing of this one
is left, it is closed without ending them."""

from __future__ import annotations

from datetime import datetime

from yonggong.accounts.models import User
from yonggong.cases.errors import Refused
from yonggong.cases.models import Case
from yonggong.contracts import carrying
from yonggong.employers import successors
from yonggong.employers.split import checks


def applied(case: Case, by: User, now: datetime) -> None:
    values = case.values
    found = []
    for place, row in enumerate(values["successors"], start=1):
        employer = successors.filed_as(row)
        if employer is None:
            field = f"successors__{place}__credit_code"
            raise Refused([successors.not_found(field, row["name"])])
        found.append(employer)
    by_code = successors.lock(case, found)
    known = checks.here(case.applicant_id, values)
    to = {
        known[digest]: by_code.get(row["successor_code"], case.applicant.employer)
        for row in values["moved"] or ()
        if (digest := checks.digest_of(row)) in known
    }
    carrying.carry_over(
        cause=case,
        on=values["split_on"],
        to=to,
        rest=by_code.get(values.get("rest_code") or ""),
        severance_paid=bool(values["severance_paid"]),
        by=by,
        now=now,
    )
    if values["split_kind"] == "new":
        said = f"单位分立备案（办件编号 {case.number}）审核通过，未办结的业务作废，需要的由承继单位办理。"
        successors.close(case, by=by, now=now, said=said)
