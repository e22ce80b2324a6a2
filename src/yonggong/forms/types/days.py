"""Dates and months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from yonggong.forms import reading
from yonggong.forms.fieldtype import Drawing, ExcelFormat, Reader, register
from yonggong.forms.types.bounded import Bounded

if TYPE_CHECKING:
    from yonggong.forms.fields import Field, Option

# Longer than any way of writing a day.
_LONGEST = 40
# What `reading.read_date` takes, as the schema says it.
_YEARS = {"formatMinimum": "1900-01-01", "formatMaximum": "2100-12-31"}


class Day(Bounded):
    """date."""

    dated = True
    less, more = "早", "晚"
    excel_format: ExcelFormat = "date"
    asked_for = "年-月-日"

    def reader(self, field: Field, *, serials: bool = False) -> Reader:
        """See `FieldType`."""
        return self.within_bounds(field, lambda raw: reading.read_date(raw, serials=serials))

    def unit(self, field: Field) -> str:
        """Days have none; a field's is not shown in its bounds."""
        return ""

    def dump(self, field: Field, value: Any) -> object:
        """See `FieldType`."""
        return value.isoformat() if isinstance(value, date) else value

    def load(self, field: Field, stored: object) -> Any:
        """See `FieldType`."""
        return date.fromisoformat(str(stored))

    def words(self, field: Field, value: object) -> str:
        """See `FieldType`."""
        return str(self.dump(field, value))

    def masked(self, field: Field, value: object) -> str:
        """Only the year stays."""
        text = self.words(field, value)
        return text[:4] + "".join("*" if char.isdigit() else char for char in text[4:])

    def draw(
        self, field: Field, codes: tuple[str, ...], options: Sequence[Option] | None
    ) -> Drawing:
        """A text that takes every way of writing a day; `dates.js` puts a calendar beside it."""
        given = {"data-min": field.min_value, "data-max": field.max_value}
        bounds = {
            name: bound.isoformat() for name, bound in given.items() if isinstance(bound, date)
        }
        attributes = {
            "type": "text",
            "data-date": self.name,
            "placeholder": self.asked_for,
            "maxlength": str(_LONGEST),
            "autocomplete": "off",
            **bounds,
        }
        return Drawing("date", attributes=attributes)

    def input_text(self, field: Field, value: object) -> str:
        """See `FieldType`."""
        return self.words(field, value)

    def writing(self, field: Field) -> str:
        """See `FieldType`."""
        return "格式：yyyy-mm-dd"

    def sample(self, field: Field) -> str:
        """See `FieldType`."""
        return "2024-01-05"

    def schema(self, field: Field) -> dict[str, object]:
        """See `FieldType`."""
        return {"type": "string", "format": "date", **_YEARS, **self.ends(field)}


class Month(Day):
    """date, the first of the month."""

    excel_format: ExcelFormat = "text"
    asked_for = "年-月"

    def reader(self, field: Field, *, serials: bool = False) -> Reader:
        """See `FieldType`."""
        return self.within_bounds(field, lambda raw: reading.read_month(raw, serials=serials))

    def dump(self, field: Field, value: Any) -> object:
        """See `FieldType`; as 2024-01."""
        return value.isoformat()[:7] if isinstance(value, date) else value

    def load(self, field: Field, stored: object) -> Any:
        """See `FieldType`."""
        return date.fromisoformat(f"{stored}-01")

    def writing(self, field: Field) -> str:
        """See `FieldType`."""
        return "格式：yyyy-mm"

    def sample(self, field: Field) -> str:
        """See `FieldType`."""
        return "2024-01"

    def schema(self, field: Field) -> dict[str, object]:
        """See `FieldType`."""
        pattern = r"^(19[0-9]{2}|20[0-9]{2}|2100)-(0[1-9]|1[0-2])$"
        return {"type": "string", "pattern": pattern, **self.ends(field)}


register(Day("date"))
register(Month("month"))
