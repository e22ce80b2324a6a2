"""Cases with steps: sent by an employer, done step by step by their reviewer."""

from __future__ import annotations

from typing import Any

from tests.cases.passing import passing
from tests.contracts.making import Hall
from yonggong.cases import actions as case_actions
from yonggong.cases import handling
from yonggong.cases.items import holding
from yonggong.cases.kinds import get_kind
from yonggong.cases.models import Case
from yonggong.cases.procedure import Outcome


def send(hall: Hall, name: str, raw: dict[str, Any], **more: Any) -> Case:
    """File a case of a kind, as its item holds in the employer's region."""
    kind = holding(get_kind(name), region=hall.employer.region_code, on=hall.today)
    return case_actions.submit(
        kind=kind,
        raw=raw,
        applicant=hall.employer.party,
        key=None,
        by=hall.operator,
        now=more.pop("now", hall.now),
        address=None,
        **more,
    )


def complete(
    case: Case, *, by: Any, now: Any, outcome: Outcome | None = None, **given: Any
) -> Case:
    """Do the open step: on, or the way it ends."""
    fresh = Case.objects.get(pk=case.pk)
    assert fresh.filed_at is not None
    step = fresh.steps.get(acted_at__isnull=True)
    procedure = fresh.definition.procedure
    assert procedure is not None
    ways = procedure.step(step.key).outcomes
    on = Outcome.NEXT if Outcome.NEXT in ways else Outcome.END
    if (outcome or on) is on:
        delivered = {"delivered_how": "electronic", "delivered_on": now.date().isoformat()}
        more = delivered if step.kind == "deliver" else {}
        given["answers"] = passing(fresh, **more) | (given.get("answers") or {})
    handling.complete(
        case=fresh,
        step=step.pk,
        outcome=outcome or on,
        seen=fresh.filed_at,
        by=by,
        now=now,
        address=None,
        **given,
    )
    return Case.objects.get(pk=case.pk)
