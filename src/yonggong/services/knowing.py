"""What contracts on file tell of an applicant, for the forms of items: of a person their employer, job
and particulars, of an employer how many work there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from yonggong.cases.prefilling import word
from yonggong.contracts.models import Contract
from yonggong.contracts.threads import values_in_force
from yonggong.registry.parties import Party

# Fields of a contract's filing, and the code table of those that are codes.
_OF_PERSON = {
    "person.phone": ("mobile", ""),
    "person.address": ("residence", ""),
    "person.household_address": ("household_address", ""),
    "person.household_type": ("household_type", "household_type"),
    "person.ethnicity": ("ethnicity", "ethnicity"),
    "person.education": ("education", "education"),
    "contract.job": ("job", ""),
    "contract.occupation": ("occupation", "occupation"),
}


def facts(applicant: Party, today: date) -> Mapping[str, str]:
    """What contracts in force tell; of a person with several employers only what does not depend on
    which is meant."""
    if applicant.kind == Party.Kind.EMPLOYER:
        return _of_unit(applicant.pk)
    return _of_person(applicant.pk) if applicant.kind == Party.Kind.PERSON else {}


def _of_unit(employer: int) -> dict[str, str]:
    active = Contract.objects.filter(employer=employer, state=Contract.State.ACTIVE)
    staff = active.values("worker").distinct().count()
    return {"unit.staff": str(staff) if staff else ""}


def _of_person(worker: int) -> dict[str, str]:
    own = Contract.objects.filter(worker=worker).select_related("employer", "current")
    active = list(own.filter(state=Contract.State.ACTIVE).order_by("-start_on"))
    ended = own.filter(state=Contract.State.ENDED).order_by("-ended_on").first()
    found = {"contract.end": ended.ended_on.isoformat()} if ended and ended.ended_on else {}
    if len(active) != 1:
        return found
    unit = active[0].employer
    # Who works is at no end of a contract.
    return of_contract(active[0]) | {
        "person.employer": unit.name,
        "unit.name": unit.name,
        "unit.credit_code": unit.credit_code,
    }


def of_contract(contract: Contract) -> dict[str, str]:
    """What a contract says of its worker and their job."""
    values = values_in_force(contract)
    return {name: _word(values, *where) for name, where in _OF_PERSON.items()}


def _word(values: Mapping[str, Any], field: str, table: str) -> str:
    said = str(values.get(field) or "")
    return word(table, said) if table else said
