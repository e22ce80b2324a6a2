"""What clues compare, gathered from contracts in force: a keyed digest of the phone, the monthly pay.

Gathered along the cases' histories, some events at a time and each once, so that a day's run opens
what was decided since the last and nothing is asked of whoever files.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import connection, transaction

from yonggong.cases.life import Action
from yonggong.cases.models import Event, Version
from yonggong.contracts.models import Carried
from yonggong.supervision.models import Gathered, Trait
from yonggong.vault.digests import digest
from yonggong.vault.sealing import SealBroken, open_value

# Events of one step: a transaction of well under a second.
_AT_ONCE = 4000
# Events are numbered before they are committed: of none further off than this, by whatever clock, is
# another still under way.
_SETTLED = timedelta(minutes=10)
_DECISIVE = (Action.APPROVE, Action.REVOKE)


@transaction.atomic
def gather_some(*, now: datetime) -> bool:
    """Gather from the events that follow; whether there was anything to go through."""
    place, _ = Gathered.objects.select_for_update().get_or_create(pk=1)
    events = Event.objects.filter(pk__gt=place.event).order_by("pk")
    through, cases = place.event, []
    for pk, action, case, at in events.values_list("pk", "action", "case", "at")[:_AT_ONCE]:
        if abs(now - at) < _SETTLED:
            break
        through = pk
        if action in _DECISIVE:
            cases.append(case)
    if through == place.event:
        return False
    _renew(cases)
    place.event = through
    place.save(update_fields=["event"])
    return True


# What a contract's present filing says; a renewal or change asks only for some of it and carried the
# rest over.
_PRESENT = """
SELECT c.id, c.state, v.case_id, v.number, v.id,
  v.data->>'mobile', k.data->>'mobile',
  COALESCE(v.data->>'base_pay', k.data->>'base_pay'),
  COALESCE(v.data->>'performance_pay', k.data->>'performance_pay')
FROM contracts_contract c
LEFT JOIN cases_case p ON p.id = c.current_id
LEFT JOIN cases_version v ON v.id = p.current_id
LEFT JOIN contracts_carried k ON k.version_id = v.id
WHERE c.id IN (SELECT contract_id FROM contracts_filing WHERE case_id = ANY(%s))
"""


def _renew(cases: list[int]) -> None:
    """Bring the traits of the contracts behind these cases to what holds now."""
    if not cases:
        return
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT, [cases])
        found = cursor.fetchall()
    in_force = [_trait(row) for row in found if row[1] == "active" and row[4] is not None]
    over = {row[0] for row in found} - {trait.contract_id for trait in in_force}
    Trait.objects.filter(contract__in=over).delete()
    Trait.objects.bulk_create(
        in_force,
        update_conflicts=True,
        unique_fields=["contract"],
        update_fields=["phone", "monthly_pay"],
    )


def _trait(row: tuple[Any, ...]) -> Trait:
    contract, _, case, number, version, own, carried, base, performance = row
    owner = Version.owner_of(case, number) if own else Carried.owner_of(version)
    return Trait(
        contract_id=contract,
        phone=_digest(own or carried, f"{owner}/mobile"),
        monthly_pay=_sum((base, performance)),
    )


def _digest(token: str | None, owner: str) -> bytes | None:
    """The digest of a sealed phone; None without one. What does not open is told where it is read by
    people, and compared with nothing."""
    if not token:
        return None
    try:
        return digest(f"phone {open_value(token, owner)}")
    except SealBroken:
        return None


def _sum(amounts: Iterable[str | None]) -> Decimal | None:
    """The sum of what is given; None where nothing is."""
    try:
        given = [Decimal(amount) for amount in amounts if amount]
    except InvalidOperation:
        return None
    return sum(given, Decimal()) if given else None
