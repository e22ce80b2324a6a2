"""Everything that goes wrong with a row people type, each with what must be said of it, and
everything that looks wrong but is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from yonggong.codes.invent import invent_id_number

Row = dict[str, Any]


@dataclass(frozen=True)
class Spoiling:
    """A way to spoil a row.

    changed  the row, the day → the cells that change
    field    the column that must be named, or what must be explained
    code     what must be said of it
    """

    changed: Callable[[Row, date], Mapping[str, Any]]
    field: str
    code: str


def _fixed(**cells: Any) -> Callable[[Row, date], Mapping[str, Any]]:
    return lambda row, today: cells


def _person(birth_on: date, sex: str) -> Mapping[str, Any]:
    number = invent_id_number(
        Random(birth_on.toordinal()), region="220104", birth_date=birth_on, sex=sex
    )
    return {"document_number": number, "birth_on": birth_on, "sex": sex}


def _years_before(today: date, years: int, days: int = 0) -> date:
    return today.replace(year=today.year - years, day=min(today.day, 28)) + timedelta(days=days)


def _start(row: Row) -> date:
    found: date = row["start_on"]
    return found


SPOILINGS: dict[str, Spoiling] = {
    # --- the cell by itself
    "checksum": Spoiling(
        lambda row, today: {
            "document_number": row["document_number"][:-1]
            + ("0" if row["document_number"][-1] != "0" else "1")
        },
        "document_number",
        "id_number.checksum",
    ),
    "one digit short": Spoiling(
        lambda row, today: {"document_number": row["document_number"][:-1]},
        "document_number",
        "id_number",
    ),
    "number spoilt by Excel": Spoiling(
        _fixed(document_number="2.20104E+17"), "document_number", "spoiled"
    ),
    "no name": Spoiling(_fixed(name=""), "name", "required"),
    "name with digits": Spoiling(_fixed(name="试样123"), "name", "name"),
    "name too long": Spoiling(_fixed(name="试" * 60), "name", "long"),
    "sex unknown": Spoiling(_fixed(sex="甲"), "sex", "choice.unknown"),
    "mobile short": Spoiling(_fixed(mobile="1390000"), "mobile", "mobile"),
    "no such text": Spoiling(
        _fixed(contract_text="九十九号文本"), "contract_text", "choice.unknown"
    ),
    "no such form": Spoiling(_fixed(employment_form="小时候"), "employment_form", "choice.unknown"),
    "no date": Spoiling(_fixed(signed_on="下个月"), "signed_on", "date"),
    "a day that never was": Spoiling(_fixed(signed_on="2026-02-30"), "signed_on", "date"),
    "negative pay": Spoiling(_fixed(base_pay="-3000"), "base_pay", ""),
    "pay in words": Spoiling(_fixed(base_pay="三千元"), "base_pay", ""),
    "three decimals": Spoiling(_fixed(base_pay="4200.125"), "base_pay", ""),
    "pay day in words": Spoiling(_fixed(pay_day="四号"), "pay_day", "number"),
    "pay day 32": Spoiling(_fixed(pay_day="32"), "pay_day", ""),
    "job too long": Spoiling(_fixed(job="岗" * 300), "job", "long"),
    # --- cells against each other
    "birth date of another": Spoiling(_fixed(birth_on="1970-01-01"), "birth_on", "fills.mismatch"),
    "sex of another": Spoiling(
        lambda row, today: {"sex": "2" if row["sex"] == "1" else "1"}, "sex", "fills.mismatch"
    ),
    "ends before it starts": Spoiling(
        _fixed(term_type="1", end_on="2020-01-01"), "end_on", "ends_before_start"
    ),
    "open-ended with an end": Spoiling(_fixed(term_type="2", end_on="2031-12-31"), "end_on", ""),
    "fixed term without an end": Spoiling(_fixed(term_type="1", end_on=""), "end_on", "required"),
    # --- the law
    "under sixteen": Spoiling(
        lambda row, today: _person(_years_before(today, 15), row["sex"]), "birth_on", ""
    ),
    "probation too long": Spoiling(
        lambda row, today: {
            "term_type": "1",
            "end_on": _start(row) + timedelta(days=364),
            "probation_end_on": _start(row) + timedelta(days=200),
            "probation_pay": row["base_pay"],
        },
        "probation_end_on",
        "probation",
    ),
    "probation pay too low, unexplained": Spoiling(
        lambda row, today: {"probation_end_on": today + timedelta(days=20), "probation_pay": "1"},
        "explain-probation-pay",
        "explanation_required",
    ),
}


def _written(how: str) -> Callable[[Row], Mapping[str, Any]]:
    def change(row: Row) -> Mapping[str, Any]:
        days = {name: value for name, value in row.items() if isinstance(value, date)}
        return {name: value.strftime(how) for name, value in days.items()}

    return change


_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")

# What people type that means what it should.
HARMLESS: dict[str, Callable[[Row], Mapping[str, Any]]] = {
    "as it is": lambda row: {},
    "dates with slashes": _written("%Y/%m/%d"),
    "dates with points": _written("%Y.%m.%d"),
    "dates in Chinese": _written("%Y年%m月%d日"),
    "dates without marks": _written("%Y%m%d"),
    "full-width digits": lambda row: {
        "document_number": row["document_number"].translate(_WIDE),
        "mobile": row["mobile"].translate(_WIDE),
        "pay_day": str(row["pay_day"]).translate(_WIDE),
    },
    "stray spaces": lambda row: {
        "document_number": f"  {row['document_number']}　",
        "name": f" {row['name']}　",
        "mobile": f"{row['mobile'][:3]} {row['mobile'][3:7]} {row['mobile'][7:]}",
    },
    "small x": lambda row: {"document_number": row["document_number"].lower()},
    "thousands": lambda row: {"base_pay": f"{float(row['base_pay']):,.2f}"},
    # The province's wage of the invented hall is still to be confirmed: it informs, and stops nobody.
    "less than the minimum wage": lambda row: {
        "base_pay": "800",
        "performance_pay": "",
        "allowances": "",
        "probation_end_on": "",
        "probation_pay": "",
    },
    "words for codes": lambda row: {
        "sex": {"1": "男", "2": "女"}[row["sex"]],
        "document_type": "居民身份证",
        "employment_form": "全日制",
    },
}
