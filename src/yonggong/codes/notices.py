"""The State Council's yearly notice on days off, as a file that an administrator loads.

The file (YAML) names the year, the document, and its days::

    year: 2027
    title: 国务院办公厅关于2027年部分节假日安排的通知
    number: 国办发明电〔2026〕…号
    issued: 2026-11-05
    source: 中国政府网
    days_off: [2027-01-01, 2027-02-05 - 2027-02-11]
    days_worked: [2027-02-20]

``days_worked`` are the Saturdays and Sundays worked in exchange; two days with " - " between them
are all days from one to the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import yaml

from yonggong.codes.errors import CodeError
from yonggong.codes.holidays import statutory_days_off

_TEXTS = {"title": "文件名称", "number": "文号", "source": "来源"}
_KEYS = {"year", "issued", "days_off", "days_worked", *_TEXTS}
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?", re.ASCII)
_LONGEST = 31  # days from the first to the last of one holiday; more is a slip of the pen


@dataclass(frozen=True, slots=True)
class Notice:
    """What one year's notice says; ``off`` and ``worked`` share no day.

    A notice may speak of a few days of December before its year.
    """

    year: int
    title: str
    number: str
    issued: date
    source: str
    off: frozenset[date]
    worked: frozenset[date]


def read_notice(text: str) -> Notice:
    """Read a notice's file; raises `CodeError` that says what is wrong and where."""
    try:
        raw = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        raise _wrong("不是可读的放假安排文件", "请按示例的格式填写") from error
    if not isinstance(raw, dict):
        raise _wrong("放假安排文件应当有年份、文件名称、文号、日期", "请按示例的格式填写")
    if unknown := sorted(str(key) for key in raw.keys() - _KEYS):
        raise _wrong(f"放假安排文件中有不认识的项目：{'、'.join(unknown)}", "请按示例的格式填写")
    if missing := sorted(_KEYS - raw.keys()):
        raise _wrong(f"放假安排文件缺少项目：{'、'.join(missing)}", "请按示例的格式填写")
    return notice(
        year=raw["year"],
        title=raw["title"],
        number=raw["number"],
        issued=raw["issued"],
        source=raw["source"],
        off=tuple(_days(raw["days_off"], "放假日期")),
        worked=tuple(_days(raw["days_worked"], "上班日期")),
    )


def notice(
    *,
    year: object,
    title: object,
    number: object,
    issued: object,
    source: object,
    off: tuple[date, ...],
    worked: tuple[date, ...],
) -> Notice:
    """Give the notice with these contents; raises `CodeError` where they cannot be right."""
    if type(year) is not int or not 2025 <= year <= 2099:
        raise _wrong("年份应当是 2025 至 2099 之间的四位数字", "请填写通知所安排的年份")
    texts = {"title": title, "number": number, "source": source}
    for key, text in texts.items():
        if not isinstance(text, str) or not text.strip():
            raise _wrong(f"没有填写{_TEXTS[key]}", "请照通知填写")
    if type(issued) is not date:
        raise _wrong("发文日期应当写成 2026-11-04 的样子", "请照通知填写")
    made = Notice(
        year=year,
        title=str(title).strip(),
        number=str(number).strip(),
        issued=issued,
        source=str(source).strip(),
        off=frozenset(off),
        worked=frozenset(worked),
    )
    _refuse_wrong_days(made)
    return made


def _refuse_wrong_days(made: Notice) -> None:
    first, last = date(made.year - 1, 12, 1), date(made.year, 12, 31)
    for day in sorted(made.off | made.worked):
        if not first <= day <= last:
            raise _wrong(f"{day} 不在 {made.year} 年", "请核对年份和日期")
    if both := sorted(made.off & made.worked):
        raise _wrong(f"{both[0]} 既是放假日又是上班日", "请核对日期")
    for day in sorted(made.worked):
        if day.weekday() < 5:
            raise _wrong(f"{day} 本来就是工作日，不必调休上班", "请核对上班日期")
    for day, title in sorted(statutory_days_off(made.year).items()):
        if day not in made.off:
            raise _wrong(f"放假日期中没有{title}的 {day}", "法定节假日应当全部列出")


def days_of(lines: str, what: str) -> tuple[date, ...]:
    """Read days as a person types them: parted by lines or commas, "to" as 至 or " - ".

    ``what`` names the days in messages; raises `CodeError` where one cannot be read.
    """
    parts = [part.strip() for part in re.split(r"[\n,，、;；]", lines)]
    days = [re.sub(r"\s*(?:至|到|~|～|—|–| - )\s*", " - ", part) for part in parts if part]
    return tuple(_days(days, what))


def _days(raw: Any, what: str) -> Iterator[date]:
    if not isinstance(raw, list):
        raise _wrong(f"{what}应当是日期的列表", "请按示例的格式填写")
    for one in raw:
        ends = [one] if type(one) is date else [_day(part, what) for part in _parts(one)]
        if not 0 <= (ends[-1] - ends[0]).days < _LONGEST:
            raise _wrong(f"{what}“{one}”的起止不对", "请核对日期")
        yield from (ends[0] + timedelta(days=n) for n in range((ends[-1] - ends[0]).days + 1))


def _parts(one: object) -> list[str]:
    parts = str(one).split(" - ")
    return parts if len(parts) <= 2 else [str(one)]


def _day(text: str, what: str) -> date:
    found = _DAY.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError
        return date(*map(int, found.groups()))
    except ValueError:
        raise _wrong(f"{what}“{text}”不是日期", "日期应当写成 2027-02-05 的样子") from None


def _wrong(message: str, remedy: str) -> CodeError:
    return CodeError("days_off_notice", message, remedy)
