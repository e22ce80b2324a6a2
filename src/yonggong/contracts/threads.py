"""What now holds of a contract: the values of its whole text, person included."""

from __future__ import annotations

from typing import Any

from yonggong.cases.models import Case, unsealed
from yonggong.contracts.forms import NEW_FORM
from yonggong.contracts.models import Contract


def held_values(contract: Contract) -> dict[str, Any]:
    """The values in force, by the fields of `NEW_FORM`; empty before the first approval.

    A renewal or change, once approved, carries everything that was filed before it and that its
    own form does not ask for again, so the current case alone tells all.
    """
    return values_of_text(contract.current) if contract.current is not None else {}


def values_of_text(case: Case) -> dict[str, Any]:
    """The values of a new, renewal or change case, by the fields of `NEW_FORM`."""
    return NEW_FORM.load(unsealed(case.data, NEW_FORM.personal_fields))
