"""What becomes of bad rows beside being mended on the page: put aside, taken up again, filed by the
workbook that a later batch brought."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from yonggong.accounts.models import User
from yonggong.batch.models import BadRow, Batch, RowEvent
from yonggong.batch.owning import owned
from yonggong.batch.repeats import one_number
from yonggong.cases.attempts import Attempts
from yonggong.cases.errors import Forbidden
from yonggong.forms.reading import tidy
from yonggong.registry.models import Employer
from yonggong.vault import open_sealed

# Under which a bad row keeps, beside its cells, what was said in the column 情况说明.
EXPLANATION = "explanation"
# As the workbook of bad rows is called, which most people leave as it is: the batch's number.
_NUMBER = re.compile(r"PL[0-9]{8}([0-9]{6,12})", re.ASCII)
_EVENTS_AT_ONCE = 5000


def cells_of(row: BadRow) -> dict[str, str]:
    """A bad row's cells as read, by field name, and under `EXPLANATION` what was said of it."""
    cells: dict[str, str] = json.loads(open_sealed(row.cells_sealed, row.owner))
    return cells


def put_aside(*, batch: Batch, rows: Collection[int] | None, by: User, now: datetime) -> int:
    """Leave bad rows (by key; None: all that are left) unfiled for good, or until they are taken
    up again; returns how many. Raises `Forbidden`."""
    return _turn(batch, rows, RowEvent.Act.ASIDE, by=by, now=now)


def take_up(*, batch: Batch, rows: Collection[int] | None, by: User, now: datetime) -> int:
    """Have rows that were put aside (by key; None: all of them) among the bad ones again; returns
    how many. Raises `Forbidden`."""
    return _turn(batch, rows, RowEvent.Act.AGAIN, by=by, now=now)


@transaction.atomic
def _turn(
    batch: Batch, rows: Collection[int] | None, act: RowEvent.Act, *, by: User, now: datetime
) -> int:
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    owned(batch, by)
    if not batch.may_mend:
        raise Forbidden("该批次正在处理或已撤回，不能修改。")
    aside = act == RowEvent.Act.ASIDE
    found = BadRow.objects.filter(batch=batch, mended=False, aside=not aside)
    if rows is not None:
        found = found.filter(pk__in=rows)
    keys = list(found.order_by("number").values_list("pk", flat=True))
    RowEvent.objects.bulk_create(
        (RowEvent(row_id=key, act=act, by=by, at=now) for key in keys), batch_size=_EVENTS_AT_ONCE
    )
    found.update(aside=aside)
    return len(keys)


def mended_by(file_name: str, *, employer: Employer, kind: str) -> Batch | None:
    """The employer's batch whose workbook of bad rows this file is, by the number in its name."""
    found = _NUMBER.search(file_name)
    if found is None:
        return None
    batch = Batch.objects.filter(employer=employer, kind=kind, pk=int(found[1])).first()
    return batch if batch is not None and batch.number == found[0] else None


class Unmended:
    """The bad rows of the batch that another one mends, by the person they are about."""

    def __init__(self, batch: Batch, rows: Sequence[BadRow]) -> None:
        """`batch` mends the one that `rows` belong to."""
        self._batch = batch
        cells = {row.pk: cells_of(row) for row in rows}
        numbers = {key: one_number(row.get("document_number", "")) for key, row in cells.items()}
        names = {key: tidy(row.get("name", "")) for key, row in cells.items()}
        self._by_number = {number: key for key, number in numbers.items() if number}
        # Where it was the number that was wrong, the name tells who it is, if nobody shares it.
        alone = {name for name, count in Counter(names.values()).items() if name and count == 1}
        self._by_name = {name: key for key, name in names.items() if name in alone}

    @classmethod
    def of(cls, batch: Batch) -> Unmended:
        """Those that `batch` mends; none where it mends none."""
        if batch.mends_id is None:
            return cls(batch, ())
        return cls(batch, list(BadRow.objects.filter(batch=batch.mends_id, mended=False)))

    def settle(self, attempt: Attempts, rows: Sequence[int]) -> None:
        """Take the bad rows for mended whose people `rows` of the attempt file. Call inside the
        transaction that files them, last: the other batch's row is locked until it ends."""
        if not self._by_number and not self._by_name:
            return
        nobody = [None] * attempt.size
        numbers = attempt.columns.get("document_number", nobody)
        names = attempt.columns.get("name", nobody)
        found: set[int] = set()
        for row in rows:
            key = self._by_number.get(numbers[row]) or self._by_name.get(names[row] or "")
            if key is not None:
                found.add(key)
        if found:
            earlier = _locked_earlier(self._batch)
            unmended = BadRow.objects.filter(pk__in=found, mended=False)
            count = unmended.update(mended=True, mended_in=self._batch)
            Batch.objects.filter(pk=earlier.pk).update(bad_rows=F("bad_rows") - count)


def unsettle(batch: Batch) -> None:
    """What a batch mended of an earlier one is to be mended again: the batch is undone."""
    earlier = _locked_earlier(batch)
    count = BadRow.objects.filter(mended_in=batch).update(mended=False, mended_in=None)
    Batch.objects.filter(pk=earlier.pk).update(bad_rows=F("bad_rows") + count)


def _locked_earlier(batch: Batch) -> Batch:
    """The batch whose bad rows this one mends."""
    assert batch.mends_id is not None
    return Batch.objects.select_for_update().get(pk=batch.mends_id)
