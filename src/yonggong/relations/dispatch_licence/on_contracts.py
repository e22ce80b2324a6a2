"""What the register says of whoever files a dispatch contract: whether a licence is valid on its first day,
or on the day of a change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yonggong.cases.attempts import Attempts
from yonggong.contracts.dispatch import is_user_unit
from yonggong.contracts.forms import DISPATCH
from yonggong.contracts.on_record import day_asked
from yonggong.relations import licences

Values = Mapping[str, Any]


def licensed(tried: Attempts, terms: Mapping[int, Values]) -> dict[int, dict[str, Any]]:
    """Of the dispatcher's own contracts among the rows; nothing where the province does not take the
    item, since its register is elsewhere then."""
    code = tried.applicant.employer.credit_code
    own = [
        row
        for row, values in terms.items()
        if values.get("employment_form") == DISPATCH and not is_user_unit(values, code)
    ]
    if not own or not tried.policy.accepts(licences.ITEM):
        return {}
    held = licences.of_employer(tried.applicant.pk, tried.today)
    found: dict[int, dict[str, Any]] = {}
    for row in own:
        day = day_asked(terms[row], tried.today)
        valid = any(licence.holds_on(day) for licence in held)
        found[row] = {"licence_on_record": valid, "on_record_on": day}
        if valid:
            found[row]["dispatcher_licensed"] = True
    return found
