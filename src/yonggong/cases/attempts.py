"""What somebody would file, before it is a case: rows of one kind, by columns.

A page is one row, a workbook thousands; the checks see no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from yonggong.accounts.models import User
from yonggong.cases.kept import Kept
from yonggong.cases.verdicts import Verdict, judge
from yonggong.forms import Form, Problem
from yonggong.law.findings import Finding
from yonggong.policy import Policy
from yonggong.registry.models import Agency
from yonggong.registry.parties import Party

if TYPE_CHECKING:
    from yonggong.cases.kinds import CaseKind
    from yonggong.cases.models import Case

Values = Mapping[str, Any]
T = TypeVar("T")


@dataclass(slots=True, kw_only=True)
class Attempts:
    """Rows that somebody would file, and what the checks found of them (`checking.check`).

    form       the fields that the columns are of: the kind's own form, or its workbook's
    columns    typed values by field name, of equal length; one that nobody answered may be missing
    numbers    each row's number in the workbook, for messages
    case       the case being mended or sent from a draft: a page has one row at most
    subjects   what each row is about (a contract's key), where the kind needs one
    given      names of the materials that come with the rows
    typing     people are still at it: what others filed is told on submission only
    explained  what the filer says to the law's warnings, by row: by rule, or one text for all
    passed_by  rows of which nothing more is to be said than what is wrong with them already
    batch      key of the batch that the rows belong to
    counter    the bureau's counter at which they are filed for the applicant

    problems   what is wrong, by row; a row with any is not filed
    verdicts   what the law says, by row
    agencies   who reviews each row, once it is checked
    lateness   of each row, once it is checked: the last day for filing, and the days late
    told       what the checks told of filings by others, by row, for the access log
    kept       what the kind's callables looked up, so that the next one need not
    """

    kind: CaseKind
    form: Form
    applicant: Party
    policy: Policy
    today: date
    by: User
    columns: Mapping[str, list[Any]]
    numbers: Sequence[int] = (0,)
    case: Case | None = None
    subjects: list[int | None] = field(default_factory=list)
    given: Collection[str] = ()
    typing: bool = False
    explained: Mapping[int, str | Mapping[str, str]] = field(default_factory=dict)
    passed_by: Collection[int] = ()
    batch: int | None = None
    counter: Agency | None = None
    problems: dict[int, list[Problem]] = field(default_factory=dict)
    verdicts: dict[int, list[Verdict]] = field(default_factory=dict)
    agencies: list[Agency | None] = field(default_factory=list)
    lateness: Sequence[tuple[date | None, int]] = ()
    told: dict[int, list[str]] = field(default_factory=dict)
    kept: Kept = field(default_factory=Kept)
    _rows: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.subjects = self.subjects or [None] * self.size
        self.agencies = self.agencies or [None] * self.size

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.numbers)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The values by field name of every row."""
        if not self._rows:
            names = tuple(self.columns)
            self._rows = [
                dict(zip(names, cells, strict=True))
                for cells in zip(*self.columns.values(), strict=True)
            ]
        return self._rows

    @property
    def at_counter(self) -> bool:
        """Whether a counter types them for the applicant, or took in what is mended."""
        return self.counter is not None or (self.case is not None and self.case.at_counter)

    @property
    def came_in_on(self) -> date:
        """The day on which what is mended first came in; of all else today."""
        return (self.case.came_in_on if self.case else None) or self.today

    def good(self) -> list[int]:
        """The rows that nothing is wrong with so far."""
        bad = self.problems
        return [row for row in range(self.size) if row not in bad]

    def refuse(self, row: int, problems: Iterable[Problem]) -> None:
        """Note problems of a row; none given, nothing noted."""
        for problem in problems:
            self.problems.setdefault(row, []).append(problem)

    def weigh(self, row: int, findings: Sequence[Finding]) -> None:
        """Keep what the province makes of the law's findings on a row, with its explanations."""
        said = self.explained.get(row, {})
        if isinstance(said, str):
            said = {finding.rule: said for finding in findings}
        self.verdicts[row] = judge(
            findings, self.policy, said, case_kind=self.kind.name, on=self.today
        )

    def one(self, row: int = 0) -> Attempt:
        """One of the rows."""
        return Attempt(self, row)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One row that somebody would file, for those of a kind's callables that look at one."""

    among: Attempts
    row: int = 0

    @property
    def values(self) -> Values:
        """Typed values by field name."""
        return self.among.rows[self.row]

    @property
    def kind(self) -> CaseKind:
        return self.among.kind

    @property
    def applicant(self) -> Party:
        return self.among.applicant

    @property
    def policy(self) -> Policy:
        return self.among.policy

    @property
    def today(self) -> date:
        return self.among.today

    @property
    def by(self) -> User:
        return self.among.by

    @property
    def case(self) -> Case | None:
        """The case being mended or sent from a draft; None for a new one."""
        return self.among.case

    @property
    def subject(self) -> int | None:
        """What the filing is about, where the kind needs something."""
        return self.among.subjects[self.row]

    @property
    def agency(self) -> Agency | None:
        """Who reviews it, once it is checked."""
        return self.among.agencies[self.row]

    @property
    def lateness(self) -> tuple[date | None, int]:
        """The last day for filing it and the days late, once it is checked."""
        return self.among.lateness[self.row]

    @property
    def told(self) -> list[str]:
        """What the checks told of filings by others."""
        return self.among.told.get(self.row, [])

    def as_typed(self) -> Attempt:
        """The same answers as while people type them: nothing known of what others filed."""
        if self.among.typing:
            return self
        return Attempt(replace(self.among, typing=True, kept=Kept(), told={}), self.row)


Check = Callable[[Attempts, Sequence[int]], Mapping[int, Sequence[T]]]


def by_row(check: Callable[[Attempt], Sequence[T]]) -> Check[T]:
    """A check of one row as a check of many: for kinds whose checks look nothing up."""

    def checked(tried: Attempts, rows: Sequence[int]) -> Mapping[int, Sequence[T]]:
        found = {row: check(tried.one(row)) for row in rows}
        return {row: said for row, said in found.items() if said}

    return checked


def nothing(tried: Attempts, rows: Sequence[int]) -> Mapping[int, Sequence[Any]]:
    """The check that finds nothing."""
    return {}
