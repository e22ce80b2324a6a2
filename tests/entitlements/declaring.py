"""Lines of declarations for tests."""

from __future__ import annotations

from typing import Any

from tests.contracts.making import Hall
from yonggong.entitlements.declaring import SORTS, Outcome, declare
from yonggong.registry.models import Worker


def wage(worker: Worker, **changed: Any) -> dict[str, Any]:
    """What a worker was paid for last month."""
    given = {"year": "2026", "month": "10", "gross": "5000.00", "net": "4480.50"}
    return _who(worker) | given | {"paid_on": "2026-11-10"} | changed


def insured(worker: Worker, **changed: Any) -> dict[str, Any]:
    """That a worker is insured in all but maternity since March."""
    given = {name: "是" for name in ("pension", "medical", "unemployment", "injury")}
    since = {"since": "2026-03", "maternity": "否", "base": "4800"}
    return _who(worker) | given | since | changed


def _who(worker: Worker) -> dict[str, Any]:
    return {"document_number": worker.document_number, "name": worker.name}


def declared(hall: Hall, what: str, lines: list[dict[str, Any]], **given: Any) -> Outcome:
    """Declare them, numbered from 2 as in a workbook."""
    sort = SORTS[what]
    return declare(
        sort=sort,
        employer=hall.employer,
        columns={name: [line.get(name) for line in lines] for name in sort.form.fields_by_name},
        numbers=range(2, len(lines) + 2),
        by=given.pop("by", hall.operator),
        now=given.pop("now", hall.now),
        address=None,
        **given,
    )
