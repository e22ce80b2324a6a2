"""What the approval of a merger writes: the contracts go on with the other employer, this one is closed
without ending them."""

from __future__ import annotations

from datetime import datetime

from yonggong.accounts.models import User
from yonggong.cases.errors import Refused
from yonggong.cases.models import Case
from yonggong.employers import successors


def applied(case: Case, by: User, now: datetime) -> None:
    found = successors.filed_as(case.values)
    if found is None:
        raise Refused([successors.not_found("credit_code", case.values["name"])])
    successor = successors.lock(case, [found])[found.credit_code]
    successors.take_over(case, to={}, rest=successor, dissolved=True, by=by, now=now)
