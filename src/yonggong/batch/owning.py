"""Whose batch it is."""

from __future__ import annotations

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.batch.models import Batch
from yonggong.cases.errors import Forbidden


def owned(batch: Batch, by: User) -> None:
    """Raise `Forbidden` unless `by` files for the batch's employer, or uploaded it."""
    if batch.employer_id not in by.scope.employers(Power.FILE) and batch.filed_by_id != by.pk:
        raise Forbidden("该批次不是由本单位上传的。")
