"""Reading single answers as people give them: typed, pasted, or left by a spreadsheet.

Every function takes one raw value (text, number, date, boolean) and gives the typed one, or
raises `CodeError`. Blank answers never come here (`is_blank`). Pure; nothing about any form.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation

from yonggong.codes.identifiers import CodeError
from yonggong.codes.names import employer_name, person_name, present_characters
from yonggong.codes.normalise import BLANKS, DASHES, HALF_WIDTH, INVISIBLE

# Full-width signs to ASCII, every kind of space to one blank, invisible marks to nothing, and the
# characters of old national encodings to their code points of today.
_UNSEEN: dict[int, str | None] = {
    **dict.fromkeys(BLANKS - {ord(" "), ord("\n"), ord("\r")}, " "),
    **dict.fromkeys(INVISIBLE),
    **present_characters(),
}
_TIDY: dict[int, str | None] = {**HALF_WIDTH, **_UNSEEN, **dict.fromkeys(DASHES, "-")}

# What people write into a cell that does not apply to them.
PLACEHOLDERS = frozenset({"-", "--", "---", "/", "\\", "无", "N/A", "NULL", "NONE"})

_EPOCH = date(1899, 12, 30)  # day 0 of spreadsheets, as they count after their false 29.2.1900
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 73_050  # 1927-05-18 to 2099-12-31
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_SAFE_DIGITS = 15  # a spreadsheet keeps no more digits of a number

_DATE = re.compile(
    r"(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?[日号]?(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?",
    re.ASCII,
)
# As programs write the moment of a day's beginning, their clocks often those of Greenwich.
_MOMENT = re.compile(
    r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?"
    r"(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)",
    re.ASCII,
)
_HERE = timezone(timedelta(hours=8))
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4}) ?[-/.年] ?(\d{1,2}) ?月?", re.ASCII)
_COMPACT_MONTH = re.compile(r"(\d{4})(\d{2})", re.ASCII)
_NUMBER = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?(?:E[-+]?\d{1,3})?", re.ASCII)
# What may stand around a number of a unit besides the unit itself: pay is due 每月10号.
_AROUND = {"日": re.compile(r"^每月|号$")}
_MONEY_WORDS = re.compile(r"^(?:人民币|RMB|CNY|¥)|(?:元整|元|圆)$")

_BOOLEANS = {
    **dict.fromkeys(("是", "有", "对", "√", "✓", "✔", "Y", "YES", "T", "TRUE", "1", "ON"), True),
    **dict.fromkeys(
        ("否", "无", "不是", "没有", "×", "✗", "✘", "X", "N", "NO", "F", "FALSE", "0"), False
    ),
}


def is_blank(raw: object) -> bool:
    """Whether nothing was answered: None, only spaces and invisible marks, not-a-number."""
    if raw is None:
        return True
    if isinstance(raw, str):
        if raw.isprintable():
            return not raw or raw.isspace()
        return not raw.translate(_UNSEEN).strip()
    if isinstance(raw, float):
        return math.isnan(raw)
    return isinstance(raw, list | tuple) and not any(not is_blank(item) for item in raw)


def tidy(text: str) -> str:
    """`text` in half-width characters with ordinary spaces, nothing invisible, trimmed."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return text.translate(_TIDY).strip()


def shown(raw: object) -> str:
    """A raw value as text, as a spreadsheet would show it."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 10**_SAFE_DIGITS:
        return str(int(raw))
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, list | tuple):
        return "、".join(map(shown, raw))
    return str(raw)


def read_line(raw: object) -> str:
    """One line of free text: ordinary spaces, no line breaks, trimmed; width of signs kept."""
    text = shown(raw)
    if not text.isprintable():
        text = text.translate(_UNSEEN).replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
    return text.strip()


def read_lines(raw: object) -> str:
    """Several lines of free text, line ends as \\n."""
    text = shown(raw).replace("\r\n", "\n").replace("\r", "\n")
    if not text.isprintable():
        text = "\n".join(line.translate(_UNSEEN).rstrip() for line in text.split("\n"))
    return text.strip()


def read_remark(raw: object, *, most: int = 500) -> str:
    """What a person says beside a form (an opinion, a reason, an explanation), in no more than
    `most` characters: the limit of their fields on pages, which count a line's end as one."""
    return read_lines(raw)[:most]


def as_sentence(said: str) -> str:
    """What a person said, to stand among other sentences: it ends with one full stop, whether it was
    typed with one or without."""
    said = said.rstrip()
    return said if said.endswith(("。", "！", "？", "…")) else f"{said.rstrip('；;，,.')}。"


_KEY = re.compile(r"[0-9]{1,18}")


def read_key(sent: object) -> int | None:
    """A row's key, or another whole number, that our own page sent along; None for anything else."""
    text = str(sent)
    return int(text) if _KEY.fullmatch(text) else None


def read_digits(raw: object) -> str:
    """Text of an identifier. Refuses numbers of which a spreadsheet has lost the last digits."""
    if isinstance(raw, float | int) and not isinstance(raw, bool):
        if abs(raw) >= 10**_SAFE_DIGITS:
            raise _spoiled()
        return shown(raw)
    text = shown(raw)
    if "E+" in text or "e+" in text:
        raise _spoiled()
    return text


def _spoiled() -> CodeError:
    return CodeError(
        "spoiled",
        "号码已被表格软件改成数值，末尾几位已丢失",
        "请先把这一列设为文本格式，再对照证件重新填写",
    )


def read_name(raw: object) -> str:
    """A person's name in its one form (`codes.names`).

    Code of `CodeError`: `name.characters`.
    """
    text = person_name(shown(raw))
    if text.isalpha():  # nearly every name
        return text
    if not any(map(_is_letter, text)) or not all(
        _is_letter(char) or char in "· -.'" for char in text
    ):
        raise CodeError(
            "name.characters", "姓名中有数字或符号", "请按有效证件填写姓名，不要加编号、括号或称呼"
        )
    return text


def read_employer_name(raw: object) -> str:
    """An employer's name in its one form (`codes.names`)."""
    return employer_name(shown(raw))


def _is_letter(char: str) -> bool:
    # 〇 is a number to Unicode; marks belong to the letter before; rare characters of names stand
    # in the private use areas on many machines.
    return (
        char.isalpha()
        or char == "〇"
        or unicodedata.category(char) in ("Mn", "Mc")
        or "\ue000" <= char <= "\uf8ff"
        or char >= "\U000f0000"
    )


def read_date(raw: object, *, serials: bool = True) -> date:
    """A date: 2024-1-5, 2024/1/5, 2024.1.5, 20240105, 2024年1月5日, a spreadsheet's serial day.

    Without `serials`, as on a page, a text of five digits is no date: nobody types one. `dates.js` shows
    people the same reading as soon as they have typed.

    Codes of `CodeError`: `date.format`, `date.invalid` (no such day), `date.range`.
    """
    if isinstance(raw, datetime):
        return _in_range(raw.date())
    if isinstance(raw, date):
        return _in_range(raw)
    text = tidy(shown(raw))
    if _MOMENT.fullmatch(text):
        return _moment(text)
    found = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    if found:
        return _calendar_date(int(found[1]), int(found[2]), int(found[3]))
    if (serials or not isinstance(raw, str)) and (serial := _serial(text)):
        return serial
    raise CodeError("date.format", "不是能识别的日期", "请按年-月-日填写，如 2024-01-05")


def read_month(raw: object, *, serials: bool = True) -> date:
    """A month, as its first day: 2024-1, 2024年1月, 202401, or any date in it (as `read_date`).

    Codes of `CodeError`: `month.format` and those of `read_date`.
    """
    if not isinstance(raw, date):
        text = tidy(shown(raw))
        found = _MONTH.fullmatch(text) or _COMPACT_MONTH.fullmatch(text)
        if found:
            return _calendar_date(int(found[1]), int(found[2]), 1)
    try:
        return read_date(raw, serials=serials).replace(day=1)
    except CodeError as error:
        if error.code != "date.format":
            raise
        raise CodeError("month.format", "不是能识别的年月", "请按年-月填写，如 2024-01") from error


def read_year(raw: object) -> int:
    """A year of four digits. Code of `CodeError`: `year.format`."""
    if isinstance(raw, date):
        return raw.year
    text = tidy(shown(raw)).removesuffix("年度").removesuffix("年").strip()
    if len(text) == 4 and text.isascii() and text.isdigit():
        year = int(text)
        if _FIRST_YEAR <= year <= _LAST_YEAR:
            return year
    raise CodeError(
        "year.format", f"应为 {_FIRST_YEAR} 至 {_LAST_YEAR} 之间的年份", "请填写四位数字，如 2024"
    )


def _serial(text: str) -> date | None:
    number = text.removesuffix(".0")
    if "." in number:  # a day with its time
        whole, _, part = number.partition(".")
        number = whole if part.isdigit() else ""
    if len(number) == 5 and number.isascii() and number.isdigit():
        day = int(number)
        if _FIRST_SERIAL <= day <= _LAST_SERIAL:
            return _EPOCH + timedelta(days=day)
    return None


def _moment(text: str) -> date:
    """The day that a moment lies on here."""
    try:
        return _in_range(datetime.fromisoformat(text).astimezone(_HERE).date())
    except (ValueError, OverflowError):
        return _calendar_date(int(text[:4]), int(text[5:7]), int(text[8:10]))


def _calendar_date(year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise CodeError(
            "date.invalid", f"{year}年{month}月{day}日不存在", "请核对年、月、日"
        ) from error
    return _in_range(found)


def _in_range(found: date) -> date:
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise CodeError("date.range", f"年份应在 {_FIRST_YEAR} 至 {_LAST_YEAR} 之间", "请核对年份")
    return found


def read_decimal(raw: object, *, places: int, unit: str = "") -> Decimal:
    """A number with at most `places` decimal places: 5,000.00, ５０００元, 0.5万元, 8小时.

    Codes of `CodeError`: `number.format`, `number.places`.
    """
    if isinstance(raw, bool | date):
        raise _not_a_number()
    if isinstance(raw, Decimal | int | float):
        number = Decimal(repr(raw)) if isinstance(raw, float) else Decimal(raw)
    else:
        number = _written_number(tidy(shown(raw)), unit)
    if not number.is_finite() or number.adjusted() > 20:
        raise _not_a_number()
    exact = number.quantize(Decimal(1).scaleb(-places))
    # A spreadsheet stores 0.3 as 0.30000000000000004: that tail is not the writer's.
    tail = Decimal("1e-9") if isinstance(raw, float) else 0
    if abs(number - exact) > tail:
        raise CodeError(
            "number.places",
            f"最多 {places} 位小数" if places else "应为整数",
            "请按要求的位数填写，不要多写小数" if places else "请填写不带小数的数字",
        )
    return exact + 0 if exact else abs(exact)  # no minus before zero


def read_money(raw: object, *, unit: str = "") -> Decimal:
    """An amount in yuan with at most two decimal places; codes as `read_decimal`."""
    if raw.__class__ is float:
        # Nearly every cell: 5000.0 or 5000.55 as the spreadsheet keeps it, zeros added in text.
        written = repr(raw)
        if written[-2:-1] == "." and raw:
            return Decimal(written + "0")
        if written[-3:-2] == ".":
            return Decimal(written)
    return read_decimal(raw, places=2, unit=unit)


def read_integer(raw: object, *, unit: str = "") -> int:
    """A whole number. Codes of `CodeError`: as `read_decimal`."""
    return int(read_decimal(raw, places=0, unit=unit))


def _written_number(text: str, unit: str) -> Decimal:
    text = text.upper().replace(" ", "").replace("￥", "¥")
    if unit and text.endswith(unit.upper()):
        text = text[: -len(unit)]
    if unit in _AROUND:
        text = _AROUND[unit].sub("", text)
    text = _MONEY_WORDS.sub("", _MONEY_WORDS.sub("", text))
    times = 1
    if text.endswith("万"):
        text, times = text[:-1], 10_000
    if text.endswith("个"):
        text = text[:-1]
    if not _NUMBER.fullmatch(text):
        raise _not_a_number()
    try:
        return Decimal(text.replace(",", "")) * times
    except InvalidOperation as error:
        raise _not_a_number() from error


def _not_a_number() -> CodeError:
    return CodeError("number.format", "不是能识别的数字", "请填写阿拉伯数字，如 5000 或 5000.00")


def read_boolean(raw: object) -> bool:
    """Yes or no: 是/否, 有/无, √/×, Y/N, 1/0. Code of `CodeError`: `boolean.format`."""
    if isinstance(raw, bool):
        return raw
    answer = _BOOLEANS.get(tidy(shown(raw)).upper())
    if answer is None:
        raise CodeError("boolean.format", "应为“是”或“否”", "请填写“是”或“否”")
    return answer
