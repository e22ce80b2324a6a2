"""How an annual filing stands to what was filed: the rows of its tables, and how they differ. Looked up
once an attempt, and while people type once in a while."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db.models import Max

from yonggong.annual import comparing, holding, rows
from yonggong.annual.arithmetic import figures_of
from yonggong.annual.comparing import Difference
from yonggong.annual.models import DraftRows, Return
from yonggong.cases.attempts import Attempt
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.codes.seen import Seen
from yonggong.law.facts import AnnualFacts
from yonggong.law.findings import Article, Finding
from yonggong.policy import AnnualDuty, Policy
from yonggong.registry.models import Employer

# The kinds of case that live here, each named in its package: Tables 1 to 3, Table 3 alone, pay, the survey
# of pay.
WHOLE, ALONE, PAY, SURVEY = YEARLY = tuple(
    f"annual.{word}" for word in ("return", "endings", "pay", "survey")
)
_TYPING_SECONDS = 60


@dataclass(slots=True)
class Standing:
    """The tables of an attempt by columns, once they are opened; `filed`: as they were filed last."""

    filed: bool = False
    sheets: dict[str, rows.Columns] = field(default_factory=dict)

    def of(self, case: Case, table: str) -> rows.Columns:
        """A table of the case. Raises `SealBroken`."""
        if table not in self.sheets:
            self.sheets[table] = rows.sheet_of(case, table, filed=self.filed).columns()
        return self.sheets[table]


def duty_of(rules: Policy, kind: str) -> AnnualDuty | None:
    """What is owed once a year under that name; None where nothing is."""
    return next((duty for duty in rules.annual_duties if duty.name == kind), None)


def as_of(rules: Policy, kind: str, year: int) -> date:
    """The day of a year whose figures are filed; its last where the province names none."""
    duty = duty_of(rules, kind)
    return duty.as_of_in(year + 1) if duty else date(year, 12, 31)


def until(rules: Policy, kind: str, year: int, today: date) -> date:
    """The day up to which an annual filing, or Table 3 alone, tells of a year."""
    return min(as_of(rules, WHOLE if kind == ALONE else kind, year), today)


def is_first(employer: int) -> bool:
    """Whether the employer has no annual filing approved yet: the first has no Table 3."""
    return not Return.objects.filter(
        employer=employer, kind=WHOLE, case__state=State.APPROVED
    ).exists()


def tables_of(case: Case, *, filed: bool = False) -> tuple[str, ...]:
    """Which tables with rows a case has; once approved, or asked for what was `filed`, those that it was
    filed with."""
    if case.kind in (PAY, SURVEY):
        return ()
    if case.kind == ALONE:
        return ("endings",)
    if filed or case.state == State.APPROVED:
        return rows.filed_tables(case)
    return ("persons",) if is_first(case.applicant_id) else ("persons", "endings")


def found(
    case: Case, employer: Employer, year: int, on: date, *, filed: bool = False
) -> list[Difference]:
    """Every difference of the tables of a case to what is filed of the year that ends on a day."""
    return _differences(case, Standing(filed=filed), employer, year, on)


def _differences(
    case: Case, standing: Standing, employer: Employer, year: int, on: date
) -> list[Difference]:
    if case.kind == ALONE:
        return comparing.ended(standing.of(case, "endings"), newly_left(employer, year, on))
    with_endings = "endings" in tables_of(case, filed=standing.filed)
    left = holding.left(employer, date(year, 1, 1), on) if with_endings else None
    said = standing.of(case, "endings") if with_endings else None
    return comparing.differences(
        standing.of(case, "persons"), holding.staff(employer, on), said, left
    )


def newly_left(employer: Employer, year: int, on: date) -> rows.Columns:
    """Who left in a year up to a day, and stands in no Table 3 of that year approved on its own."""
    left = holding.left(employer, date(year, 1, 1), on)
    told: set[str] = set()
    earlier = Return.objects.filter(
        employer=employer, kind=ALONE, year=year, case__state=State.APPROVED
    ).select_related("case__current")
    for one in earlier:
        told.update(comparing.keys_of(rows.sheet_of(one.case, "endings").columns()))
    fresh = [row for row, key in enumerate(comparing.keys_of(left)) if key not in told]
    return {name: [column[row] for row in fresh] for name, column in left.items()}


def facts_of(attempt: Attempt) -> AnnualFacts:
    """What the rules on annual filings look at. While people type, what hangs on the rows alone is
    looked up once a minute."""
    case, year = attempt.case, attempt.values["year"]
    assert case is not None
    standing = attempt.among.kept.of(Standing)
    if attempt.among.typing:
        key = f"annual-{case.pk}-{year}-{_stamp(case)}"
        counts = cache.get(key)
        if counts is None:
            counts = _counts(attempt, standing)
            cache.set(key, counts, _TYPING_SECONDS)
    else:
        counts = _counts(attempt, standing)
    if case.kind == ALONE:
        return AnnualFacts(**counts["persons"])
    figures: Mapping[str, int] = counts["figures"]
    return AnnualFacts(unlike=comparing.unlike(attempt.values, figures), **counts["persons"])


def _stamp(case: Case) -> Any:
    """Changes with the rows of a draft."""
    return DraftRows.objects.filter(draft=case.pk).aggregate(newest=Max("pk"))["newest"]


def _counts(attempt: Attempt, standing: Standing) -> dict[str, Any]:
    """Counts alone, so that nobody's data is kept anywhere."""
    case, year = attempt.case, attempt.values["year"]
    assert case is not None
    employer = attempt.applicant.employer
    on = until(attempt.policy, case.kind, year, attempt.today)
    found = _differences(case, standing, employer, year, on)
    persons = comparing.counted(found)
    figures = dict[str, int]()
    if case.kind == WHOLE:
        sheet = standing.of(case, "persons")
        figures = figures_of(sheet)
        persons["without_contract"] = comparing.without_contract(sheet)
    return {"persons": persons, "figures": figures}


def resting_on(findings: Sequence[Finding], duty: AnnualDuty | None) -> list[Finding]:
    """The findings with the document of the province that asks for the filing before what else they
    rest on."""
    if duty is None:
        return list(findings)
    seen = Seen(duty.source, duty.checked) if duty.checked else None
    title, _, where = duty.source.strip("《").partition("》")
    document = Article(law=title, number=0, text_short=where, checked=seen)
    return [replace(one, articles=(document, *one.articles)) for one in findings]
