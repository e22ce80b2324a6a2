"""What the pages of annual filings show beside their form: the tables, how they differ from what is filed,
last year's figures beside this year's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yonggong.annual import queries, standing
from yonggong.annual.arithmetic import FIGURES
from yonggong.annual.rows import is_begun, sheet_of
from yonggong.annual.tables import SHORT, TABLES
from yonggong.cases.life import OPEN
from yonggong.cases.pages import KeyFact, Look, Pages, Panel

PLACE = "年度备案"


@dataclass(frozen=True, slots=True)
class Line:
    """A table with rows: what it is called, how many rows, where it is shown and printed."""

    table: str
    short: str
    title: str
    size: int
    url: str
    print_url: str


def lines_of(look: Look) -> list[Line]:
    """The tables with rows of a case."""
    case = look.case
    return [
        Line(
            table,
            SHORT[table],
            TABLES[table].title,
            sheet_of(case, table).size,
            look.site.url("annual-rows", case.pk, table),
            look.site.url("annual-print", case.pk, table),
        )
        for table in standing.tables_of(case)
    ]


def _filling(look: Look) -> Mapping[str, Any]:
    """Above the form: the tables, and what can be done with all of them."""
    case, site = look.case, look.site
    return {
        "lines": lines_of(look) if is_begun(case) else [],
        "first": case.kind == standing.WHOLE and "endings" not in standing.tables_of(case),
        "whole": case.kind == standing.WHOLE,
        "fill_url": site.url("annual-fill", case.pk),
        "tally_url": site.url("annual-tally", case.pk),
        "workbook_url": site.url("annual-workbook", case.pk),
        "differences_url": site.url("annual-differences", case.pk),
    }


def _paying(look: Look) -> Mapping[str, Any]:
    """Above the form of a year's pay."""
    return {"fill_url": look.site.url("annual-fill", look.case.pk)}


def _filed(look: Look) -> Mapping[str, Any] | None:
    """On the page of a filed case."""
    case = look.case
    if case.current_id is None:
        return None
    return {
        "lines": lines_of(look),
        "first_table_url": (
            look.site.url("annual-print", case.pk, "figures") if case.kind == standing.WHOLE else ""
        ),
        "differences_url": look.site.url("annual-differences", case.pk),
        "open": case.state in OPEN,
    }


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure of two years."""

    label: str
    before: int | None
    now: int | None
    unit: str

    @property
    def change(self) -> str:
        """How much more, or less."""
        if self.before is None or self.now is None or self.before == self.now:
            return "—" if self.before is None or self.now is None else "不变"
        return f"{'增加' if self.now > self.before else '减少'} {abs(self.now - self.before)}"


def _years(look: Look) -> Mapping[str, Any] | None:
    """Last year's figures beside this year's."""
    case = look.case
    now, year = queries.typed(case), queries.year_of(case)
    before = queries.approved_before(case.applicant_id, standing.WHOLE, year) if year else None
    if before is None:
        return None
    values = before.case.values
    return {
        # While it is filled in, the form comes first.
        "open": bool(case.current_id),
        "before_year": before.year,
        "year": year,
        "before_url": look.site.url("case", before.case_id),
        "lines": [
            Beside(label, values.get(name), now.get(name), "%" if name == "rate" else "人")
            for name, label in FIGURES.items()
        ],
    }


_TABLES = (
    Panel(place="form", template="annual/filling.html", given=_filling, portal="employer"),
    Panel(place="content", template="annual/filed.html", given=_filed),
)
FILING = Pages(
    word="annual",
    place=PLACE,
    notice="notice_contract",
    panels=(
        *_TABLES,
        Panel(place="form", template="annual/years.html", given=_years, portal="employer"),
        Panel(place="content", template="annual/years.html", given=_years),
    ),
    key_facts=(
        KeyFact(label="年度", fields=("year", "ownership")),
        KeyFact(label="在册职工", fields=("staff",)),
        KeyFact(label="应签、实签", fields=("should_sign", "signed"), between="／"),
        KeyFact(label="签订率", fields=("rate",)),
    ),
)
PAYING = Pages(
    word="annual",
    place=PLACE,
    panels=(Panel(place="form", template="annual/paying.html", given=_paying, portal="employer"),),
    key_facts=(
        KeyFact(label="年度", fields=("year",)),
        KeyFact(label="人数、工资总额", fields=("persons", "total"), between="／"),
        KeyFact(label="人均年工资", fields=("average",)),
    ),
)
ENDINGS = Pages(
    word="annual",
    place=PLACE,
    panels=_TABLES,
    key_facts=(KeyFact(label="年度", fields=("year",)),),
)
