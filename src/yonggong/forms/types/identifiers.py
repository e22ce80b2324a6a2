"""Numbers and addresses that somebody gave out: of documents, units, telephones, accounts."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from yonggong.codes.identifiers import (
    CodeError,
    parse_account_number,
    parse_bank_card,
    parse_credit_code,
    parse_email,
    parse_id_number,
    parse_landline,
    parse_mobile,
    parse_organisation_code,
    parse_postcode,
)
from yonggong.forms import reading
from yonggong.forms.fieldtype import Drawing, FieldType, Reader, register
from yonggong.vault.masking import Kind

if TYPE_CHECKING:
    from yonggong.forms.fields import Field, Option


class Identifier(FieldType):
    """str in its one form, as `parse` gives it."""

    def __init__(
        self,
        name: str,
        parse: Callable[[str], str],
        *,
        hides: Kind | None = None,
        pattern: str = "",
        writing: str = "",
        sample: str = "",
        distinct: bool = False,
        input_type: str = "text",
        input_mode: str = "",
        column_width: int = 16,
    ) -> None:
        """`pattern`: what a dumped value matches, a regular expression; "" where none says it."""
        super().__init__(name)
        self._parse, self._pattern = parse, pattern
        self._writing, self._sample = writing, sample
        self._input_type, self._input_mode = input_type, input_mode
        self.hides, self.distinct, self.column_width = hides, distinct, column_width

    def reader(self, field: Field, *, serials: bool = False) -> Reader:
        """See `FieldType`."""
        parse = self._parse

        def read(raw: object) -> str:
            return parse(raw if type(raw) is str and raw.isalnum() else reading.read_digits(raw))

        return read

    def max_length(self, field: Field) -> int | None:
        """Its form says it; a field's own only bounds what is typed."""
        return field.max_length

    def draw(
        self, field: Field, codes: tuple[str, ...], options: Sequence[Option] | None
    ) -> Drawing:
        """See `FieldType`."""
        attributes = {"type": self._input_type, **self.lettered(field)}
        if self._input_mode:
            attributes["inputmode"] = self._input_mode
        return Drawing("input", attributes=attributes)

    def writing(self, field: Field) -> str:
        """See `FieldType`."""
        return self._writing

    def sample(self, field: Field) -> str:
        """See `FieldType`."""
        return self._sample

    def schema(self, field: Field) -> dict[str, object]:
        """See `FieldType`."""
        schema: dict[str, object] = {"type": "string", "format": self.name}
        if self._pattern:
            schema["pattern"] = self._pattern
        if field.max_length is not None:
            schema |= {"minLength": 1, "maxLength": field.max_length}
        return schema


class DocumentNumber(Identifier):
    """str, tidied here; checked by the type of document beside it (`Field.document_type`)."""

    def draw(
        self, field: Field, codes: tuple[str, ...], options: Sequence[Option] | None
    ) -> Drawing:
        """Where it fills other fields, `identity.js` reads it as it is typed."""
        drawing = super().draw(field, codes, options)
        if not field.fills:
            return drawing
        told = {"data-identity": "", "data-fills": json.dumps(dict(field.fills))}
        return Drawing("input", attributes={**drawing.attributes, **told})


class IdNumber(DocumentNumber):
    """str, the 18 characters of a resident's ID number."""

    def facts(self, value: object) -> tuple[date | None, str | None]:
        """Birth date and sex (GB/T 2261.1) in a checked 18-character ID number."""
        if type(value) is not str:
            return None, None
        born = date(int(value[6:10]), int(value[10:12]), int(value[12:14]))
        return born, "1" if value[16] in "13579" else "2"


class Email(Identifier):
    """str, the address of a mail box."""

    def schema(self, field: Field) -> dict[str, object]:
        """See `FieldType`."""
        return {**super().schema(field), "format": "email"}


def _read_phone(text: str) -> str:
    try:
        return parse_mobile(text)
    except CodeError:
        try:
            return parse_landline(text)
        except CodeError as error:
            raise CodeError(
                "phone.format",
                "不是有效的电话号码",
                "请填写 11 位手机号码，或带区号的固定电话，如 0431-88888888",
            ) from error


def register_taken_codes(taken: Callable[[str], bool]) -> None:
    """Make known who can say that a credit code is taken though its check character does not hold
    (registries have issued such codes). Asked only of such codes."""
    _taken_codes.append(taken)


_taken_codes: list[Callable[[str], bool]] = []


def _read_credit_code(text: str) -> str:
    try:
        return parse_credit_code(text).number
    except CodeError as error:
        if error.code != "credit_code.checksum":
            raise
        number = parse_credit_code(text, check=False).number
        if not any(taken(number) for taken in _taken_codes):
            raise
        return number


register(
    IdNumber(
        "id_number",
        lambda text: parse_id_number(text).number,
        hides="document",
        pattern=r"^[0-9]{17}[0-9X]$",
        writing="18 位准确的身份证号码",
        distinct=True,
        column_width=22,
    )
)
register(
    DocumentNumber(
        "document_number",
        reading.tidy,
        hides="document",
        writing="按证件填写，不加空格",
        distinct=True,
        column_width=22,
    )
)
register(
    Identifier(
        "credit_code",
        _read_credit_code,
        hides="document",
        pattern=r"^[0-9A-HJ-NPQRTUWXY]{18}$",
        writing="18 位统一社会信用代码",
        column_width=22,
    )
)
register(
    Identifier(
        "organisation_code",
        parse_organisation_code,
        pattern=r"^[0-9A-Z]{8}[0-9X]$",
        writing="9 位组织机构代码",
    )
)
register(
    Identifier(
        "mobile",
        parse_mobile,
        hides="phone",
        pattern=r"^1[3-9][0-9]{9}$",
        writing="11 位手机号码",
        distinct=True,
        input_type="tel",
    )
)
register(
    Identifier(
        "phone",
        _read_phone,
        hides="phone",
        writing="手机号码，或区号-号码",
        sample="0431-88888888",
        input_type="tel",
    )
)
register(
    Email(
        "email",
        parse_email,
        hides="account",
        writing="电子邮箱地址",
        distinct=True,
        input_type="email",
        column_width=24,
    )
)
register(
    Identifier(
        "postcode",
        parse_postcode,
        pattern=r"^[0-9]{6}$",
        writing="6 位数字",
        sample="130000",
        input_mode="numeric",
    )
)
register(
    Identifier(
        "bank_account",
        parse_bank_card,
        hides="account",
        pattern=r"^[0-9]{13,19}$",
        writing="银行卡号，数字",
        distinct=True,
        input_mode="numeric",
        column_width=24,
    )
)
register(
    Identifier(
        "account_number",
        parse_account_number,
        hides="account",
        pattern=r"^[0-9]{5,40}$",
        writing="银行账号，数字",
        distinct=True,
        input_mode="numeric",
        column_width=26,
    )
)
