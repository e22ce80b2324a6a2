"""What a spreadsheet leaves in a cell in place of an answer: error values, TRUE and FALSE, cells
that a merge has taken away."""

from __future__ import annotations

import re

from yonggong.codes.identifiers import CodeError

# What a spreadsheet shows in a cell whose formula failed, and writes so into a CSV.
_ERROR_VALUE = re.compile(
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!"
    r"|BUSY!|EXTERNAL!|PYTHON!|GETTING_DATA)"
)
_LOGICAL_VALUES = frozenset({"TRUE", "FALSE"})


class Unreadable(str):
    """What stands in a cell that can be no answer; `why` says what it is, `remedy` what to do."""

    __slots__ = ("remedy", "why")

    why: str
    remedy: str

    def __new__(cls, text: str, why: str, remedy: str) -> Unreadable:
        """`text` is what the cell shows, perhaps nothing."""
        made = super().__new__(cls, text)
        made.why, made.remedy = why, remedy
        return made


def refuse_unreadable(raw: object) -> None:
    """Refuse what a spreadsheet left in place of an answer. Codes of `CodeError`: `cell.error`
    (an error value), `cell.unreadable` (`Unreadable`)."""
    if raw.__class__ is Unreadable:
        assert isinstance(raw, Unreadable)
        raise CodeError("cell.unreadable", raw.why, raw.remedy)
    if raw.__class__ is str:
        assert isinstance(raw, str)
        if "#" in raw and _ERROR_VALUE.fullmatch(raw.strip()):
            raise CodeError(
                "cell.error",
                f"单元格是错误值 {raw.strip()}",
                "请改成正确的内容；不需要填写的，清空单元格",
            )


def refuse_logical_value(raw: object) -> None:
    """Refuse TRUE and FALSE where no yes or no is asked. Code of `CodeError`: `cell.logical`."""
    if raw.__class__ is bool or (raw.__class__ is str and raw in _LOGICAL_VALUES):
        raise CodeError("cell.logical", f"单元格是逻辑值 {str(raw).upper()}", "请改成正确的内容")
