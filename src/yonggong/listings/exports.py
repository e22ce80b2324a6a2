"""An export: every row that a list's conditions find, read in a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from yonggong.listings.listing import Column, Value
from yonggong.listings.pages import Asked, text_of, value_of
from yonggong.vault.sealing import SealBroken

_WHOLE = "完整；不在您查看完整个人信息的权限范围内的，仍脱敏"
# Rows fetched from the server-side cursor at a time: bounds memory, whatever the list's length.
_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Export:
    """What goes into a workbook: what was asked, whether personal data is whole, and when; and who
    is told of sealed values that do not open, whose cells say so."""

    asked: Asked
    personal: bool
    at: datetime
    when_broken: Callable[[list[SealBroken]], object]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns people see on the page, as far as they belong into a workbook."""
        return tuple(column for column in self.asked.columns if column.export)

    @property
    def headings(self) -> list[str]:
        return [column.label for column in self.columns]

    @property
    def notes(self) -> list[tuple[str, str]]:
        """What a reader of the workbook must know: which list, which conditions, who, when."""
        asked = self.asked
        return [
            ("列表", asked.listing.title),
            ("查询条件", "；".join(asked.words) or "无（全部记录）"),
            ("个人信息", _WHOLE if self.personal else "已脱敏"),
            ("导出人", str(asked.user)),
            ("导出时间", timezone.localtime(self.at).strftime("%Y-%m-%d %H:%M:%S")),
        ]

    def rows(self) -> Iterator[list[Value]]:
        """The cells of every row, in the order of the page, read by a server-side cursor.

        Dates and numbers stay what they are; all else is text, masked unless `personal` and the
        person's power to see it holds for the row.
        """
        columns = [(column, self._whole(column)) for column in self.columns]
        broken: list[SealBroken] = []
        try:
            # In a transaction the cursor needs no copy of the whole result on the server.
            with transaction.atomic():
                for row in self.asked.rows.iterator(chunk_size=_CHUNK):
                    yield [
                        _cell(column, value_of(column, row, broken), whole(row))
                        for column, whole in columns
                    ]
        finally:
            if broken:
                self.when_broken(broken)

    def _whole(self, column: Column) -> Callable[[Any], bool]:
        """Of which rows the column's personal data is shown whole."""
        if self.personal and column.whole is not None:
            return column.whole(self.asked.user)
        return lambda row: False


def _cell(column: Column, value: Value, personal: bool) -> Value:
    if column.mask or isinstance(value, bool) or value is None:
        return text_of(column, value, personal=personal)
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.make_naive(value)
    return value
