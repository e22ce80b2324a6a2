"""What the approval of a split writes: contracts go on with the new employers; where nothing of this one
is left, it is closed without ending them."""

from __future__ import annotations

from datetime import datetime

from yonggong.accounts.models import User
from yonggong.cases.errors import Refused
from yonggong.cases.models import Case
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
    successors.take_over(
        case,
        to=to,
        rest=by_code.get(values.get("rest_code") or ""),
        dissolved=values["split_kind"] == "new",
        by=by,
        now=now,
    )
