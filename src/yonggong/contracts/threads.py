"""What now holds of a contract: the values of its whole text, person included."""

from __future__ import annotations

from typing import Any

from yonggong.cases.models import Case, unsealed
from yonggong.contracts.forms import NEW_FORM
from yonggong.contracts.models import Contract
from yonggong.registry.models import Worker


def held_values(contract: Contract) -> dict[str, Any]:
    """The values in force, by the fields of `NEW_FORM`; empty before the first approval.

    What a renewal or change does not ask for again was carried over when it was approved
    (`Carried`), so the current case tells all; but for who the person is, which may have been
    corrected since.
    """
    if contract.current is None:
        return {}
    held = {**stored_text(contract.current), **particulars(contract.worker)}
    return NEW_FORM.load(unsealed(held, NEW_FORM.personal_fields))


def values_in_force(contract: Contract) -> dict[str, Any]:
    """`held_values`, with 用工之日 and the term as the thread itself has them: all that is known of
    a contract brought over from an older system, of which no filing tells."""
    own = {name: getattr(contract, name) for name in ("start_on", "end_on", "term_type")}
    return {**own, **held_values(contract), "work_start_on": contract.work_start_on}


def particulars(worker: Worker) -> dict[str, Any]:
    """Who the person is, as registered now, in the way that a case keeps it."""
    return {
        "document_type": worker.document_type,
        "document_number": worker.document_sealed,
        "name": worker.name,
        "sex": worker.sex,
        "birth_on": worker.birth_on.isoformat() if worker.birth_on else None,
    }


def values_of_text(case: Case) -> dict[str, Any]:
    """The values of a new, renewal or change case, by the fields of `NEW_FORM`."""
    return NEW_FORM.load(unsealed(stored_text(case), NEW_FORM.personal_fields))


def stored_text(case: Case) -> dict[str, Any]:
    """The same as it is stored: what was filed, and what its approval carried over beside it."""
    carried = getattr(case.version, "carried", None)
    return {**carried.data, **case.version.data} if carried else dict(case.version.data)
