"""Regions as a tree of codes: six digits for province, prefecture, county (GB/T 2260), nine for
township (six of its county and three)."""

from enum import IntEnum
from functools import cache

from yonggong.codes.errors import CodeError
from yonggong.codes.tables import Code, CodeTable, table


class Level(IntEnum):
    PROVINCE = 1
    PREFECTURE = 2
    COUNTY = 3
    TOWNSHIP = 4


def level(code: str) -> Level:
    """The level of a code by its form; whether the region exists is not asked."""
    if not (code.isascii() and code.isdigit()) or len(code) not in (6, 9):
        raise CodeError(
            "region.format",
            "行政区划代码应为 6 位数字，乡镇街道为 9 位数字",
            "请从行政区划列表中选择",
        )
    return Level((len(_significant(code)) + 1) // 2 if len(code) == 6 else 4)


def covers(outer: str, inner: str) -> bool:
    """Whether region `inner` is `outer` or lies in it, by their codes alone."""
    return inner.startswith(_significant(outer))


def span(code: str) -> tuple[str, str]:
    """`(low, high)`: `low <= region < high` as strings picks this region and all below it.

    For a condition on an indexed column; takes six- and nine-digit codes together.
    """
    stem = _significant(code)
    return code, str(int(stem) + 1).ljust(len(code), "0")


def upwards(code: str) -> tuple[str, ...]:
    """The six-digit `code` and those of the regions that it lies in, the nearest first, by the code
    alone."""
    return tuple(dict.fromkeys((code, f"{code[:4]}00", f"{code[:2]}0000")))


def find(code: str) -> Code | None:
    """The line of a region of any level, None where there is none."""
    return _table_of(code).find(code)


def ancestors(code: str) -> list[Code]:
    """The regions above `code`, the province first, without itself and without the grouping lines
    (市辖区, 省直辖县级行政区划) that are no regions. CodeError where `code` is not known."""
    return [line for line in _table_of(code).path(code)[:-1] if not line.extras["grouping"]]


@cache
def full_name(code: str) -> str:
    """As written in an address: 吉林省长春市朝阳区. CodeError where `code` is not known."""
    return "".join(line.name for line in [*ancestors(code), _table_of(code).get(code)])


def _significant(code: str) -> str:
    """The digits that name the region, without the zeros that fill up."""
    if len(code) == 6:
        if code.endswith("0000"):
            return code[:2]
        if code.endswith("00"):
            return code[:4]
    return code


def _table_of(code: str) -> CodeTable:
    return table("region_township" if len(code) == 9 else "region")
