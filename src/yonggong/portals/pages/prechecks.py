"""办理前核对: what an item has looked up before it is taken, as the form and the reviewer's page show it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from yonggong.accounts.models import User
from yonggong.cases import queries as case_queries
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.services.prechecks import Asked, Found, found, known_of

_STILL_OPEN = (State.DRAFT, State.PENDING, State.RETURNED)


def of_case(case: Case, today: date, *, by: User) -> Sequence[Found]:
    """The checks of a case that is filled in or reviewed; none of what is no service item. A clerk who
    serves somebody at a counter is not told for whom they work."""
    kind = case.definition
    if not kind.is_service or case.state not in _STILL_OPEN:
        return ()
    values = case.values if case.filed_at else kind.form.clean(case_queries.typed_in(case)).values
    names_units = by.scope.person_served is None
    return found(Asked(kind, case.applicant, known_of(kind, values), case, today, names_units))
