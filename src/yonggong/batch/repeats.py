"""Rows of one workbook that are about the same person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any

from yonggong.cases.bulk import repeats_row
from yonggong.codes.identifiers import CodeError, check_document, upgrade_id_number
from yonggong.codes.normalise import plain
from yonggong.forms import Form, Problem
from yonggong.forms.choices import read_code
from yonggong.forms.reading import is_blank, read_digits, shown

_ID_CARD = "01"
# A spreadsheet that takes a number of 18 digits for an amount leaves these of the last three.
_LOST = "000"


class Repeats:
    """Rows whose document number stood in an earlier row.

    Told by the cells as written, from the first row of the sheet on, so that it does not depend on
    where a killed job went on. Numbers that are not whole and valid say nothing about who it is:
    all that a spreadsheet spoilt look alike.
    """

    def __init__(self, form: Form) -> None:
        self._first: dict[str, int] = {}
        self._type = form.fields_by_name.get("document_type")

    def among(
        self, numbers: Sequence[int], columns: Mapping[str, Sequence[Any]]
    ) -> dict[int, Problem]:
        """Of the rows that come next, by row number: what is wrong with those that repeat."""
        repeated: dict[int, Problem] = {}
        types: Iterable[Any] = columns.get("document_type") or repeat(None)
        cells = columns.get("document_number", ())
        for number, cell, kind in zip(numbers, cells, types, strict=False):
            text = one_number(shown(cell)) if cell is not None else ""
            if not text:
                continue
            earlier = self._first.setdefault(text, number)
            if earlier != number and self._is_whole(cell, kind):
                repeated[number] = _cut(earlier) if text.endswith(_LOST) else repeats_row(earlier)
        return repeated

    def _is_whole(self, cell: Any, kind: Any) -> bool:
        try:
            code = _ID_CARD
            if self._type is not None and not is_blank(kind):
                code = read_code(self._type, shown(kind).strip())
            check_document(code, read_digits(cell))
        except CodeError:
            return False
        return True


def one_number(text: str) -> str:
    """A number as its other spellings would be: 15 digits are those of the card with 18."""
    number = plain(text).upper()
    if len(number) == 15 and number.isdigit():
        try:
            return upgrade_id_number(number)
        except CodeError:
            return number
    return number


def _cut(earlier: int) -> Problem:
    return Problem(
        field="document_number",
        label="证件号码",
        code="repeated_in_file",
        message=f"与第 {earlier} 行的证件号码相同，末三位都是 000，可能已被表格软件改动",
        remedy="请把这一列设为文本格式，对照证件重新填写两行的号码；确是同一人的，删除多余的行",
    )
