"""What numbers and days share: a least and a greatest value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yonggong.codes.identifiers import CodeError
from yonggong.forms.fieldtype import FieldType, Reader

if TYPE_CHECKING:
    from yonggong.forms.fields import Field


class Bounded(FieldType):
    """A type whose values have an order. `less`, `more`: the words for too little and too much."""

    less, more = "小", "大"

    def within_bounds(self, field: Field, read: Reader) -> Reader:
        """`read`, which knows no bounds, with those of the field."""
        low, high = self.bounds(field)
        if low is None and high is None:
            return read
        unit = f" {self.unit(field)}" if self.unit(field) else ""

        def checked(raw: object) -> Any:
            value = read(raw)
            if low is not None and value < low:
                raise CodeError("value.too_small", f"不能{self.less}于 {low}{unit}", "请核对")
            if high is not None and value > high:
                raise CodeError("value.too_large", f"不能{self.more}于 {high}{unit}", "请核对")
            return value

        return checked

    def bounds(self, field: Field) -> tuple[Any, Any]:
        """The least and greatest value; None where open."""
        return field.min_value, field.max_value

    def ends(self, field: Field) -> dict[str, object]:
        """The field's own bounds in the schema of a value that is text."""
        given = {"formatMinimum": field.min_value, "formatMaximum": field.max_value}
        return {name: self.dump(field, bound) for name, bound in given.items() if bound is not None}

    def bounds_in_words(self, field: Field) -> str:
        """See `FieldType`."""
        if field.min_value is None and field.max_value is None:
            return ""
        low, high = self.bounds(field)
        unit = f" {field.unit}" if field.unit and self.numeric else ""
        if low is not None and high is not None and field.max_value is not None:
            return f"{low} 至 {high}{unit}"
        if field.max_value is None:
            return f"不{self.less}于 {low}{unit}"
        return f"不{self.more}于 {high}{unit}"
