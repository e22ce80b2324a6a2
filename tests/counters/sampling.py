"""What a counter typed in, and a sample of it."""

from __future__ import annotations

from typing import Any

from tests.contracts.making import Hall
from yonggong.cases.models import Case
from yonggong.counters import actions
from yonggong.counters.models import CounterSample


def typed_in(hall: Hall, clerk: Any, **changed: Any) -> Case:
    """A filing as `clerk` typed it in at the counter of the employer's agency."""
    case = hall.filed(**changed)
    Case.objects.filter(pk=case.pk).update(filed_by=clerk, counter=hall.employer.agency)
    case.refresh_from_db()
    return case


def sampled_by(supervisor: Any, hall: Hall) -> CounterSample:
    """A sample of one case, drawn by the supervisor."""
    typed_in(hall, hall.operator)
    return actions.draw(
        agency=None, since=hall.today, until=hall.today, size=1, by=supervisor, now=hall.now
    )
