"""All of a batch decided at once, as a reviewer does."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from yonggong.batch import deciding
from yonggong.batch.models import Batch, BulkDecision

APPROVE, RETURN = BulkDecision.Decision.APPROVE, BulkDecision.Decision.RETURN


def choose(batch: Batch, *, by: Any, now: datetime, **given: Any) -> BulkDecision:
    return deciding.choose(
        cases=deciding.decidable(batch, by),
        decision=given.get("decision", APPROVE),
        batch=batch,
        by=by,
        now=now,
        address="127.0.0.1",
    )


def confirm(bulk: BulkDecision, *, by: Any, now: datetime, **given: Any) -> BulkDecision:
    given = {"opinion": "", "acknowledged": ()} | given
    return deciding.confirm(bulk=bulk.pk, by=by, now=now, address="127.0.0.1", **given)
