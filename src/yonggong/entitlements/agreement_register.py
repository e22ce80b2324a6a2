"""The register of collective contracts: what an employer's own filing writes on it."""

from __future__ import annotations

from datetime import date
from typing import Any

from yonggong.cases.models import Case
from yonggong.entitlements.models import CollectiveAgreement

_KEPT = (
    "sort",
    "title",
    "number",
    "signed_on",
    "start_on",
    "end_on",
    "covered",
    "reviewed_by",
    "reviewed_on",
)


def as_filed(case: Case) -> dict[str, Any]:
    """What the register says of a contract as its filing has it."""
    values = {name: case.values[name] for name in _KEPT}
    return values | {name: values[name] or "" for name in ("number", "reviewed_by")}


def same(employer: int, *, sort: str, start_on: date, end_on: date) -> CollectiveAgreement | None:
    """The contract of this sort and term on an employer's register."""
    held = CollectiveAgreement.objects.filter(
        employer=employer, sort=sort, start_on=start_on, end_on=end_on
    )
    return held.order_by("-pk").first()
