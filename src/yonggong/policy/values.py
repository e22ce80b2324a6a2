"""The kinds of value that a province may set, as callers receive them.

Every value is plain and frozen: no database, no clock. What was written in a province's file is
turned into these by ``shapes``; where a value came from travels with it (``source``, ``checked``)
wherever somebody is going to be shown it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from yonggong.codes import calendar
from yonggong.codes.tables import table

Level = Literal["province", "prefecture", "county"]
# What may prove who acts for an employer, as people read it.
REGISTRATION_WAYS: dict[str, str] = {
    "licence": "上传营业执照由人社部门核对",
    "certificate": "单位数字证书",
    "feed": "与登记信息核对并向登记手机号发送验证码",
    "counter": "持单位证明到窗口办理",
}

LEVEL_LABELS: dict[Level, str] = {
    "province": "省级",
    "prefecture": "市级",
    "county": "县级",
}


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time in days: ``natural`` days or ``working`` days of the published calendar.

    ``days`` 0 means that the thing is done at once (即办件): due on the day it begins. ``since``
    "hired" says that it counts from the day a worker is taken on (招用), not from what is filed.
    """

    days: int
    kind: Literal["natural", "working"] = "natural"
    since: Literal["event", "hired"] = "event"

    def __str__(self) -> str:
        if not self.days:
            return "即办"
        said = f"{self.days} 个工作日" if self.kind == "working" else f"{self.days} 日"
        return f"自用工之日起 {said}" if self.since == "hired" else said

    def due(self, start: date) -> date:
        """Give the last day of the period after an event on ``start``, as the law counts it.

        The day of the event does not count (Civil Code 201); a period of natural days that
        would end on a day off ends on the next working day (Civil Code 203).
        """
        if self.kind == "working":
            return calendar.add_working_days(start, self.days)
        if not self.days:
            return start
        return calendar.to_working_day(calendar.days_after(start, self.days))


@dataclass(frozen=True, slots=True)
class Material:
    """One upload that a case asks for; ``types`` are file kinds, to be proven by content."""

    name: str
    label: str
    required: bool = True
    types: tuple[str, ...] = ("pdf", "jpg", "png")
    max_megabytes: int = 10
    hint: str = ""
    # Who shares it, so that it need not be brought; "" where nobody does.
    shared_by: str = ""
    # The kind of party that it is asked of ("person", "employer"); "" of anybody.
    asked_of: str = ""
    # Where alone it is asked for ("counter", "online"); "" in both ways.
    asked_at: str = ""
    # The form of an item that it is, filled in and printed, and who signs or seals that.
    prints: str = ""
    signed_by: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def _lies_below(table_name: str, code: str, named: tuple[str, ...]) -> bool:
    """Say whether a code is one of those named, or below one; where none is named, always."""
    if not named or code in named:
        return True
    lines = table(table_name)
    return code in lines and any(line.code in named for line in lines.path(code))


@dataclass(frozen=True, slots=True)
class RoutingRule:
    """Who reviews: the level, when an employer's codes match; an empty condition matches all.

    A condition names codes; whatever lies below one of them in its table matches too.
    """

    level: Level
    reason: str
    nature: tuple[str, ...] = ()
    affiliation: tuple[str, ...] = ()
    economic_type: tuple[str, ...] = ()
    dispatcher: bool | None = None

    @property
    def matches_all(self) -> bool:
        """Say whether the rule has no condition, so that nothing after it can be reached."""
        return not (
            self.nature or self.affiliation or self.economic_type or self.dispatcher is not None
        )

    def matches(
        self, nature: str, affiliation: str, economic_type: str, *, dispatcher: bool
    ) -> bool:
        """Say whether an employer with these codes falls under the rule."""
        return (
            _lies_below("employer_nature", nature, self.nature)
            and _lies_below("affiliation", affiliation, self.affiliation)
            and _lies_below("economic_type", economic_type, self.economic_type)
            and (self.dispatcher is None or self.dispatcher == dispatcher)
        )


@dataclass(frozen=True, slots=True)
class RoutingDecision:
    """Where a filing goes: the level, the region whose bureau it is, and why.

    Where ``agency_chosen_by_employer``, the level and region are only what to offer first. ``rule``
    is the place of the rule that decided among those that hold.
    """

    level: Level
    region: str
    agency_chosen_by_employer: bool
    reason: str
    source: str
    rule: int


@dataclass(frozen=True, slots=True)
class WageRate:
    """The two minimum wages of a class of areas, in yuan: a month (full-time), an hour."""

    monthly: Decimal
    hourly: Decimal


@dataclass(frozen=True, slots=True)
class MinimumWage:
    """The minimum wage of a place on a day: yuan a month and an hour, with its origin.

    ``checked`` is the day somebody compared it with its source; None where nobody has (待核).
    """

    monthly: Decimal
    hourly: Decimal
    area: str
    since: date
    source: str
    checked: date | None


@dataclass(frozen=True, slots=True, order=True)
class MonthDay:
    """A day of every year."""

    month: int
    day: int

    def __str__(self) -> str:
        return f"{self.month} 月 {self.day} 日"

    def of_year(self, year: int) -> date:
        """Give the day in one year; 29 February is refused when the files are read."""
        return date(year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class AnnualDuty:
    """What an employer owes once a year, about the year before.

    ``due`` is the last day; ``as_of`` the day of the year before whose figures are reported;
    ``exempt_natures`` the codes of employers who need not.
    """

    name: str
    title: str
    due: MonthDay
    as_of: MonthDay
    exempt_natures: tuple[str, ...]
    source: str
    checked: date | None

    def due_on(self, year: int) -> date:
        """Give the last day for handing in during a calendar year."""
        return self.due.of_year(year)

    def as_of_in(self, year: int) -> date:
        """Give the day whose figures are reported during a calendar year: in the year before."""
        return self.as_of.of_year(year - 1)

    def binds(self, nature: str) -> bool:
        """Say whether an employer of this nature owes it."""
        exempt = self.exempt_natures
        return not exempt or not _lies_below("employer_nature", nature, exempt)


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A service item's three limits; None where the document says there is none.

    ``joint`` is the limit inside the joint case (一件事), where a city promises one.
    """

    statutory: Period | None = None
    promised: Period | None = None
    joint: Period | None = None

    @property
    def binding(self) -> Period | None:
        """Give the limit that the clock runs on: joint before promised before statutory."""
        return next(
            (limit for limit in (self.joint, self.promised, self.statutory) if limit is not None),
            None,
        )


@dataclass(frozen=True, slots=True)
class Reminders:
    """When to remind, in days; the endings of contracts several times, furthest first."""

    contract_ending_days: tuple[int, ...]
    draft_idle_days: int
    returned_idle_days: int
    roster_waiting_days: int
    deadline_days: tuple[int, ...]
    annual_duty_days: tuple[int, ...]
    account_unused_days: int
    review_due_days: int
    dispatch_unmatched_days: int


@dataclass(frozen=True, slots=True)
class Supervision:
    """From when on the platform notices something by itself, how many days an order leaves, and
    whether recognition asks for the filing."""

    shared_phone_people: int
    minimum_pay_people: int
    same_address_employers: int
    late_filings: int
    insured_gap_people: int
    correct_within_days: int
    recognition_needs_filing: bool


@dataclass(frozen=True, slots=True)
class Secrecy:
    """What looks at personal data are measured by, and how many days what is no longer needed is
    kept.

    purposes      the purposes that who looks outside their own cases chooses from
    many_a_day, many_an_hour, many_at_night, many_elsewhere, many_of_others  so many looks of one
        account stand out
    night_begins, night_ends  the hours of the night, by Beijing time
    keep_*        days; 0: for good
    """

    purposes: tuple[str, ...]
    many_a_day: int
    many_an_hour: int
    many_at_night: int
    many_elsewhere: int
    many_of_others: int
    night_begins: int
    night_ends: int
    keep_log_days: int
    keep_draft_days: int
    keep_refused_file_days: int
    keep_message_days: int
    keep_code_days: int


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that ``check`` found: an error, or a note that somebody should know.

    ``where`` is the file, ``path`` the value (``deadlines.initial``) or empty for the file.
    """

    level: Literal["error", "note"]
    where: str
    path: str
    message: str

    def __str__(self) -> str:
        place = f"{self.where} {self.path}".strip()
        return f"{'错误' if self.level == 'error' else '提示'}　{place}：{self.message}"
