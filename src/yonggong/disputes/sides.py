"""The two sides of a dispute, as far as the platform knows them, and the contract it is about.

What a person types of the other side is told nobody: a side that is not found under both number and name
is not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yonggong.cases.attempts import Attempt
from yonggong.codes.names import employer_name, person_name
from yonggong.contracts.models import Contract
from yonggong.registry.actions import id_card_digest
from yonggong.registry.models import Employer, Worker
from yonggong.registry.parties import Party
from yonggong.registry.queries import find_employer, find_worker

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sides:
    """Employer and worker; None for one that the platform does not know."""

    employer: Employer | None
    worker: Worker | None

    def contracts(self) -> list[Contract]:
        """The contracts on file of the two, the newest first."""
        if self.employer is None or self.worker is None:
            return []
        held = Contract.objects.filter(employer=self.employer, worker=self.worker)
        return list(
            held.exclude(state=Contract.State.VOID)
            .select_related("worker", "employer", "current__current__carried")
            .order_by("-start_on", "-pk")
        )


def sides_of(applicant: Party, values: Values) -> Sides:
    """Who they are by what the form says, the applicant one of them."""
    if applicant.employer is not None:
        return Sides(applicant.employer, _worker(values))
    own = Worker.objects.filter(pk=applicant.pk).first()
    return Sides(
        unit_of(values.get("employer_code"), values.get("employer_name")), own or _worker(values)
    )


def unit_of(code: str | None, name: str | None) -> Employer | None:
    """The unit known under this code and this name."""
    found = find_employer(code) if code and name else None
    return found if found and found.name == employer_name(name or "") else None


def _worker(values: Values) -> Worker | None:
    number, name = values.get("worker_id_number"), values.get("worker_name")
    if not number or not name:
        return None
    person = find_worker(id_card_digest(number))
    return person if person and person.name == person_name(name) else None


def named_among(contracts: list[Contract], start_on: date | None) -> Contract | None:
    """The contract that is meant: of the day named, else the only one."""
    if start_on is not None:
        return next((one for one in contracts if one.start_on == start_on), None)
    return contracts[0] if len(contracts) == 1 else None


def against(attempt: Attempt) -> str:
    """The other side as the application says it: what its case is about, in a line of a list."""
    name = "worker_name" if attempt.applicant.employer else "employer_name"
    return str(attempt.values.get(name) or "")[:50]
