"""What the pages of annual filings show beside their form: the tables, how they differ from what is filed,
last year's figures beside this year's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from yonggong.annual import queries, standing
from yonggong.annual.arithmetic import FIGURES
from yonggong.annual.rows import sizes_of
from yonggong.annual.tables import SHORT, TABLES
from yonggong.cases.attempts import Attempt
from yonggong.cases.life import OPEN
from yonggong.cases.models import Case
from yonggong.cases.pages import KeyFact, Look, Pages, Panel, Site
from yonggong.entitlements.paid import persons_paid_in
from yonggong.forms.advice import Advice

PLACE = "年度备案"
# For so long the wages declared are not counted again while somebody types.
_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A table with rows: what it is called, how many rows, where it is shown and printed."""

    table: str
    short: str
    title: str
    size: int
    url: str
    print_url: str


def _as_filed(look: Look) -> bool:
    """Whether who looks sees what was filed alone: what is typed and not sent is the employer's."""
    return look.site.namespace != "employer"


def _lines(look: Look, tables: Sequence[str]) -> list[Line]:
    """The tables with rows of a case; none before they were filled in."""
    case, sizes = look.case, sizes_of(look.case, filed=_as_filed(look))
    return [
        Line(
            table,
            SHORT[table],
            TABLES[table].title,
            sizes.get(table, 0),
            look.site.url("annual-rows", case.pk, table),
            look.site.url("annual-print", case.pk, table),
        )
        for table in tables
        if sizes
    ]


def _filling(look: Look) -> Mapping[str, Any]:
    """Above the form: the tables, and what can be done with all of them."""
    case, site = look.case, look.site
    tables, whole = standing.tables_of(case), case.kind == standing.WHOLE
    return {
        "lines": _lines(look, tables),
        "first": whole and "endings" not in tables,
        "whole": whole,
        "fill_url": site.url("annual-fill", case.pk),
        "tally_url": site.url("annual-tally", case.pk),
        "workbook_url": site.url("annual-workbook", case.pk),
        "differences_url": site.url("annual-differences", case.pk),
    }


def _known(case: Case, attempt: Attempt, site: Site) -> Iterator[Advice]:
    """Beside the sum of a year's pay: what it was filled in from."""
    year = attempt.values.get("year")
    if not year:
        return
    employer = attempt.applicant.employer
    on = standing.until(attempt.policy, case.kind, year, attempt.today)
    key = f"annual-paid-{employer.pk}-{on}"
    if (persons := cache.get(key)) is None:
        persons = persons_paid_in(employer, on)
        cache.set(key, persons, _SECONDS)
    if not persons:
        text = f"没有申报 {year} 年的工资支付情况，填入的是劳动合同约定工资的估算数，请按实际发放数改正"
        yield Advice(field="total", text=text)
        return
    text = (
        f"{year} 年的工资支付情况已申报 {persons} 人，填入的是其中年末在册职工的申报数；"
        "没有申报的人员和月份按劳动合同约定工资估算"
    )
    links = (("查看工资支付情况", site.url("declared", "wages")),)
    yield Advice(field="total", text=text, links=links)


def _paying(look: Look) -> Mapping[str, Any]:
    """Above the form of a year's pay."""
    return {"fill_url": look.site.url("annual-fill", look.case.pk)}


def _filed(look: Look) -> Mapping[str, Any] | None:
    """On the page of a filed case."""
    case = look.case
    if case.current_id is None:
        return None
    return {
        "lines": _lines(look, standing.tables_of(case, filed=_as_filed(look))),
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
        if self.before is None or self.now is None:
            return "—"
        if self.before == self.now:
            return "不变"
        return f"{'增加' if self.now > self.before else '减少'} {abs(self.now - self.before)}"


def _years(look: Look) -> Mapping[str, Any] | None:
    """Last year's figures beside this year's."""
    case = look.case
    now = queries.typed(case, filed=_as_filed(look))
    year = queries.year_of(now)
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
    advice=_known,
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
SURVEYING = Pages(
    word="annual",
    place="薪酬调查",
    panels=(Panel(place="form", template="annual/paying.html", given=_paying, portal="employer"),),
    key_facts=(
        KeyFact(label="年度", fields=("year",)),
        KeyFact(label="在岗职工、派遣", fields=("staff", "dispatched"), between="／"),
        KeyFact(label="人工成本总计", fields=("total",)),
    ),
)
