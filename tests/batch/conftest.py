"""Uploading into the hall."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

import pytest

from tests.batch.workbooks import as_xlsx, rows
from tests.contracts.making import Hall
from yonggong.batch import actions
from yonggong.batch.models import Batch

Send = Callable[..., Batch]


@pytest.fixture
def send(hall: Hall) -> Send:
    """Upload rows, or so many good ones, and let the job run: `send(rows, key=…, work=…)`."""

    def upload(
        found: int | list[Mapping[str, Any]], *, key: Any = None, work: bool = True, **given: Any
    ) -> Batch:
        if isinstance(found, int):
            found = rows(found, today=hall.today)  # type: ignore[assignment]
        content = given.get("content") or as_xlsx(found)  # type: ignore[arg-type]
        batch = actions.upload(
            kind=given.get("kind", "contract.new"),
            employer=given.get("employer", hall.employer),
            file_name=given.get("name", "名单.xlsx"),
            content=content,
            key=key or uuid4(),
            by=given.get("by", hall.operator),
            today=hall.today,
            address=None,
        )
        if work:
            actions.work(batch.pk, now=hall.now)
        batch.refresh_from_db()
        return batch

    return upload
