"""Numbers, amounts and years."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from yonggong.forms import reading
from yonggong.forms.fieldtype import Drawing, ExcelFormat, Reader, register
from yonggong.forms.types.bounded import Bounded

if TYPE_CHECKING:
    from yonggong.forms.fields import Field, Option

# What the database's integer and numeric(14, 2) hold; money owes nobody less than nothing.
_INTEGER_BOUNDS = (-(2**31), 2**31 - 1)
_MONEY_BOUNDS = (Decimal(0), Decimal("999999999999.99"))
_YEARS = (1900, 2100)


class Number(Bounded):
    """Decimal with `Field.places` places (default 2). Travels as text, so that nobody rounds it."""

    numeric = True
    input_mode = "decimal"
    digits = 20  # before the point
    excel_format: ExcelFormat = "number"

    def reader(self, field: Field, *, serials: bool = False) -> Reader:
        """See `FieldType`."""
        return self.within_bounds(
            field, lambda raw: reading.read_decimal(raw, places=field.places, unit=field.unit)
        )

    def dump(self, field: Field, value: Any) -> object:
        """See `FieldType`."""
        return str(value)

    def load(self, field: Field, stored: object) -> Any:
        """See `FieldType`."""
        try:
            return Decimal(str(stored))
        except ArithmeticError as error:
            raise ValueError(f"{stored!r} is not a number") from error

    def words(self, field: Field, value: object) -> str:
        """See `FieldType`."""
        if not isinstance(value, Decimal | int):
            return str(value)
        return f"{value:,}" + (f" {field.unit}" if field.unit else "")

    def draw(
        self, field: Field, codes: tuple[str, ...], options: Sequence[Option] | None
    ) -> Drawing:
        """See `FieldType`."""
        return Drawing(
            "input",
            attributes={"type": "text", "inputmode": self.input_mode, **self.lettered(field)},
        )

    def writing(self, field: Field) -> str:
        """See `FieldType`."""
        return f"数字，至多 {field.places} 位小数{self._in_unit(field)}"

    def _in_unit(self, field: Field) -> str:
        return f"，单位：{field.unit}" if field.unit else ""

    def schema(self, field: Field) -> dict[str, object]:
        """As text; a pattern cannot say the bounds, `formatMinimum` and `formatMaximum` do."""
        return self._text_schema(field, field.places)

    def _text_schema(self, field: Field, places: int) -> dict[str, object]:
        low, _high = self.bounds(field)
        sign = "" if low is not None and low >= 0 else "-?"
        part = rf"(\.[0-9]{{1,{places}}})?" if places else ""
        pattern = rf"^{sign}[0-9]{{1,{self.digits}}}{part}$"
        return {"type": "string", "format": "decimal", "pattern": pattern, **self.ends(field)}


class Money(Number):
    """Decimal in yuan with 2 places."""

    digits = 12
    excel_format: ExcelFormat = "money"

    def reader(self, field: Field, *, serials: bool = False) -> Reader:
        """See `FieldType`."""
        return self.within_bounds(field, lambda raw: reading.read_money(raw, unit=field.unit))

    def bounds(self, field: Field) -> tuple[Any, Any]:
        """See `Bounded`."""
        low, high = field.min_value, field.max_value
        return (
            _MONEY_BOUNDS[0] if low is None else low,
            _MONEY_BOUNDS[1] if high is None else high,
        )

    def unit(self, field: Field) -> str:
        """See `FieldType`."""
        return field.unit or "元"

    def words(self, field: Field, value: object) -> str:
        """See `FieldType`."""
        if not isinstance(value, Decimal | int):
            return str(value)
        return f"{value:,.2f} {self.unit(field)}"

    def writing(self, field: Field) -> str:
        """See `FieldType`."""
        return f"阿拉伯数字，可至小数点后两位，单位：{self.unit(field)}"

    def sample(self, field: Field) -> str:
        """See `FieldType`."""
        return "5000.00"

    def schema(self, field: Field) -> dict[str, object]:
        """See `FieldType`."""
        return self._text_schema(field, 2)


class Integer(Number):
    """int, as the database holds it."""

    input_mode = "numeric"
    excel_format: ExcelFormat = "integer"

    def reader(self, field: Field, *, serials: bool = False) -> Reader:
        """See `FieldType`."""
        return self.within_bounds(field, lambda raw: reading.read_integer(raw, unit=field.unit))

    def bounds(self, field: Field) -> tuple[Any, Any]:
        """See `Bounded`."""
        low, high = field.min_value, field.max_value
        return (
            _INTEGER_BOUNDS[0] if low is None else low,
            _INTEGER_BOUNDS[1] if high is None else high,
        )

    def dump(self, field: Field, value: Any) -> object:
        """See `FieldType`."""
        return value

    def load(self, field: Field, stored: object) -> Any:
        """See `FieldType`."""
        return int(str(stored))

    def writing(self, field: Field) -> str:
        """See `FieldType`."""
        return f"整数{self._in_unit(field)}"

    def schema(self, field: Field) -> dict[str, object]:
        """See `FieldType`."""
        low, high = self.bounds(field)
        return {"type": "integer", "minimum": int(low), "maximum": int(high)}

    def plain_example(self, field: Field) -> object:
        """See `FieldType`."""
        return int(field.example) if field.example.isdigit() else field.example


class Year(Integer):
    """int, a year of four digits."""

    def reader(self, field: Field, *, serials: bool = False) -> Reader:
        """See `FieldType`."""
        return self.within_bounds(field, reading.read_year)

    def bounds(self, field: Field) -> tuple[Any, Any]:
        """See `Bounded`; those of a field only, the reader knows the years there are."""
        return field.min_value, field.max_value

    def words(self, field: Field, value: object) -> str:
        """See `FieldType`."""
        return f"{value} 年"

    def writing(self, field: Field) -> str:
        """See `FieldType`."""
        return "四位数字的年份"

    def sample(self, field: Field) -> str:
        """See `FieldType`."""
        return "2024"

    def schema(self, field: Field) -> dict[str, object]:
        """See `FieldType`."""
        low, high = self.bounds(field)
        return {
            "type": "integer",
            "minimum": _YEARS[0] if low is None else int(low),
            "maximum": _YEARS[1] if high is None else int(high),
        }


register(Integer("integer"))
register(Number("decimal"))
register(Money("money"))
register(Year("year"))
