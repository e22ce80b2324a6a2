"""What the register says of whoever files a contract with averaged or flexible hours: whether the post is
permitted on its first day, or on the day of a change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yonggong.cases.attempts import Attempts
from yonggong.contracts.on_record import day_asked
from yonggong.relations import permits
from yonggong.relations.special_hours.form import ITEM

Values = Mapping[str, Any]
_SYSTEMS = {"2": "averaged", "3": "flexible"}


def permitted(tried: Attempts, terms: Mapping[int, Values]) -> dict[int, dict[str, Any]]:
    """Of the rows with such hours; nothing where the province does not take the item, since its
    register is elsewhere then. The employer's posts are looked up once for all rows."""
    special = [row for row, values in terms.items() if values.get("hours_system") in _SYSTEMS]
    if not special or not tried.policy.accepts(ITEM.key):
        return {}
    posts = permits.of_employer(tried.applicant.pk)
    found: dict[int, dict[str, Any]] = {}
    for row in special:
        values = terms[row]
        system, day = _SYSTEMS[values["hours_system"]], day_asked(values, tried.today)
        covering = [post for post in posts if post.covers(system, values.get("job") or "", day)]
        found[row] = {"special_hours_on_record": bool(covering), "on_record_on": day}
        if covering:
            found[row] |= {
                "special_hours_approved": True,
                "special_hours_until": max(post.until_on for post in covering),
            }
    return found
