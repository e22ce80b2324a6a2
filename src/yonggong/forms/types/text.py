"""Free text, and names of people and employers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from yonggong.codes.identifiers import CodeError
from yonggong.forms import reading
from yonggong.forms.fieldtype import Drawing, FieldType, Reader, register
from yonggong.vault.masking import Kind

if TYPE_CHECKING:
    from yonggong.forms.fields import Field, Option


class Text(FieldType):
    """str in one line, or as `read` gives it, in no more than so many characters."""

    hides: Kind | None = "name"

    def __init__(
        self,
        name: str,
        *,
        read: Reader = reading.read_line,
        longest: int = 200,
        hides: Kind | None = "name",
        width: int = 4,
        column_width: int = 16,
        writing: str = "",
    ) -> None:
        """`longest`: the most characters where a field says nothing."""
        super().__init__(name)
        self._read, self._longest, self._writing = read, longest, writing
        self.hides, self.width, self.column_width = hides, width, column_width

    def reader(self, field: Field, *, serials: bool = False) -> Reader:
        """See `FieldType`."""
        read, most = self._read, self.max_length(field)

        def checked(raw: object) -> str:
            text: str = read(raw)
            if len(text) > most:
                raise CodeError(
                    "text.too_long", f"最多 {most} 个字，现为 {len(text)} 个字", "请缩短后重新填写"
                )
            return text

        return checked

    def max_length(self, field: Field) -> int:
        """See `FieldType`."""
        return field.max_length or self._longest

    def writing(self, field: Field) -> str:
        """See `FieldType`."""
        return self._writing

    def schema(self, field: Field) -> dict[str, object]:
        """See `FieldType`."""
        named = {"format": self.name} if self.name.endswith("_name") else {}
        most = self.max_length(field)
        return {"type": "string", **named, "minLength": 1, "maxLength": most, "pattern": r"\S"}


class LongText(Text):
    """str in several lines."""

    def draw(
        self, field: Field, codes: tuple[str, ...], options: Sequence[Option] | None
    ) -> Drawing:
        """See `FieldType`."""
        return Drawing("textarea", attributes=self.lettered(field))


register(Text("text"))
register(
    LongText(
        "long_text", read=reading.read_lines, longest=4000, hides=None, width=12, column_width=36
    )
)
register(
    Text(
        "person_name",
        read=reading.read_name,
        longest=50,
        column_width=12,
        writing="按有效证件填写",
    )
)
register(
    Text(
        "employer_name",
        read=reading.read_employer_name,
        longest=120,
        column_width=30,
        writing="按营业执照或登记证书填写全称",
    )
)
register(Text("address", hides="address", width=8, column_width=36))
