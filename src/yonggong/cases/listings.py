"""Lists of cases: columns and conditions for every portal to choose from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from django.db.models import Q, QuerySet
from django.db.models.functions import Now, TruncDate
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases import queries, standing_in
from yonggong.cases.items import kinds_in_use
from yonggong.cases.life import STATE_TITLES, State
from yonggong.cases.models import Case
from yonggong.codes import calendar
from yonggong.codes.names import employer_name, person_name
from yonggong.listings import (
    Badge,
    ChoiceCondition,
    Column,
    Condition,
    DateRangeCondition,
    RegionCondition,
    RelatedTextCondition,
    TextCondition,
    YesNoCondition,
    chosen,
    seen_through,
)
from yonggong.listings.conditions import Params, Reading
from yonggong.registry.models import Agency
from yonggong.registry.queries import employers_spelled, parties_visible_to

# What the columns below read beside the case itself; a list's rows select them.
RELATED = ("applicant", "agency", "assigned_to", "decided_by", "filed_by", "counter")

STATE_BADGES: dict[str, Badge] = {
    State.DRAFT: Badge("note", "pencil"),
    State.PENDING: Badge("wait", "hourglass"),
    State.APPROVED: Badge("good", "circle-check"),
    State.RETURNED: Badge("bad", "arrow-back-up"),
    State.REFUSED: Badge("bad", "circle-x"),
    State.VOIDED: Badge("muted", "ban"),
    State.REVOKED: Badge("bad", "gavel"),
}


def waited_days(case: Case) -> int:
    """Working days since the case was filed, up to its decision or today."""
    if case.filed_at is None:
        return 0
    until = timezone.localdate(case.decided_at) if case.decided_at else timezone.localdate()
    return max(0, calendar.working_days_between(timezone.localdate(case.filed_at), until))


def remaining(case: Case) -> str:
    """How the clock stands, in words."""
    if case.state != State.PENDING or case.due_on is None:
        return ""
    today = timezone.localdate()
    if case.due_on < today:
        days = calendar.working_days_between(case.due_on, today)
        return f"超期 {days} 个工作日" if days else "已超期"
    if case.due_on == today:
        return "今日到期"
    said = f"剩余 {calendar.working_days_between(today, case.due_on)} 个工作日"
    return said if calendar.certain(today, case.due_on) else f"{said}（放假安排尚未公布，暂计）"


def clock_badge(case: Case) -> Badge | None:
    """How the clock stands out: past the limit, due within a working day, or not at all."""
    if case.state != State.PENDING or case.due_on is None:
        return None
    days = calendar.working_days_between(timezone.localdate(), case.due_on)
    if case.due_on < timezone.localdate():
        return Badge("bad", "clock-exclamation")
    return Badge("warn", "clock") if days <= 1 else None


def counted(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The cases as lists read them: what stands beside them fetched."""
    return cases.select_related(*RELATED)


def _finding_count(case: Case) -> int | None:
    return case.finding_count or None


def _name_of(attribute: str) -> Callable[[Case], str]:
    def read(case: Case) -> str:
        person = getattr(case, attribute)
        return person.name if person else ""

    return read


COLUMNS: dict[str, Column] = {
    column.name: column
    for column in (
        Column(name="number", label="办件编号", value=lambda row: row.number, width=20),
        Column(name="subject", label="办理对象", value=lambda row: row.subject_name, width=24),
        Column(
            name="kind",
            label="业务类型",
            value=lambda row: row.kind_title,
            order_by=("kind",),
            width=24,
        ),
        Column(name="applicant", label="申请人", value=lambda row: row.applicant.name, width=32),
        Column(
            name="agency",
            label="送审机构",
            value=lambda row: row.agency.name if row.agency else "",
            shown=False,
            width=28,
        ),
        Column(
            name="state",
            label="审核状态",
            value=lambda row: row.state_title,
            order_by=("state",),
            badge=lambda row: STATE_BADGES[row.state],
            width=12,
        ),
        Column(
            name="filed_at",
            label="提交时间",
            value=lambda row: row.filed_at,
            order_by=("filed_at",),
            quick=True,
            width=18,
        ),
        Column(
            name="waited",
            label="已用工作日",
            value=waited_days,
            numeric=True,
            width=10,
        ),
        Column(
            name="due_on",
            label="办理期限",
            value=lambda row: row.due_on,
            order_by=("due_on", "id"),
            width=12,
        ),
        Column(name="clock", label="时限", value=remaining, badge=clock_badge, width=16),
        Column(
            name="late",
            label="逾期备案",
            value=lambda row: f"逾期 {row.late_days} 天" if row.late_days else "",
            order_by=("late_days",),
            badge=lambda row: Badge("warn", "calendar-exclamation") if row.late_days else None,
            width=12,
        ),
        Column(
            name="statutory_due_on",
            label="法定备案期限",
            value=lambda row: row.statutory_due_on,
            order_by=("statutory_due_on",),
            shown=False,
            width=14,
        ),
        Column(name="findings", label="合规提示", value=_finding_count, numeric=True, width=8),
        Column(
            name="assigned_to", label="受理人", value=_name_of("assigned_to"), shown=False, width=10
        ),
        Column(name="filed_by", label="经办人", value=_name_of("filed_by"), shown=False, width=10),
        Column(name="counter", label="代录机构", value=_name_of("counter"), shown=False, width=24),
        Column(
            name="decided_by", label="审核人", value=_name_of("decided_by"), shown=False, width=10
        ),
        Column(
            name="decided_at",
            label="审核时间",
            value=lambda row: row.decided_at,
            order_by=("decided_at",),
            shown=False,
            width=18,
        ),
    )
}

_OVERDUE = Q(state=State.PENDING, due_on__lt=TruncDate(Now()))


def _kinds() -> list[tuple[str, str]]:
    return [(kind.name, kind.title) for kind in kinds_in_use()]


def _agencies(user: User) -> list[tuple[str, str]]:
    held = Agency.objects.filter(pk__in=user.scope.agencies()).order_by("pk")
    return [(str(agency.pk), agency.name) for agency in held]


# Before the key of whoever stands in.
_STAND_IN = "for-"


def _taken(user: User) -> list[tuple[str, str]]:
    own = [(str(user.pk), "本人已受理"), ("0", "尚未受理")]
    return [*own, (f"{_STAND_IN}{user.pk}", "由本人代班")]


def _taken_by(code: str) -> Q:
    """The cases that somebody has, that nobody has, or of those for whom somebody stands in today."""
    if code.startswith(_STAND_IN):
        return standing_in.had_by_absent(int(code.removeprefix(_STAND_IN)), timezone.localdate())
    return Q(assigned_to=int(code)) if code != "0" else Q(assigned_to__isnull=True)


@dataclass(frozen=True, kw_only=True)
class NumberCondition(TextCondition):
    """A case by the number people quote; `field` holds the case's key."""

    name: str = "number"
    label: str = "办件编号"
    hint: str = "完整的办件编号"
    field: str = "pk"
    match: Literal["prefix", "exact", "contains"] = "exact"
    normalise: tuple[Callable[[str], str], ...] = (Case.key_in,)
    prominent: bool = False

    def read(self, params: Params, user: User) -> Reading:
        """As `TextCondition`; said again as it was typed, not as the key it means."""
        reading = super().read(params, user)
        typed = reading.typed[self.name]
        return replace(reading, words=f"{self.label}：“{typed}”") if reading.words else reading


CONDITIONS: dict[str, Condition] = {
    condition.name: condition
    for condition in (
        TextCondition(
            name="subject",
            label="办理对象",
            hint="姓名或单位名称开头",
            field="subject_name",
            normalise=(person_name, employer_name),
        ),
        RelatedTextCondition(
            name="applicant",
            label="申请人",
            hint="单位名称、姓名或单位拼音开头",
            field="name",
            normalise=(employer_name,),
            related=parties_visible_to,
            spelled=employers_spelled,
            to="applicant",
        ),
        NumberCondition(),
        ChoiceCondition(
            name="kind", label="业务类型", options=lambda user: _kinds(), q=queries.of_kinds
        ),
        ChoiceCondition(
            name="state",
            label="审核状态",
            field="state",
            choices=tuple(
                (str(state), title) for state, title in STATE_TITLES.items() if state != State.DRAFT
            ),
        ),
        YesNoCondition(name="overdue", label="是否超期", yes=_OVERDUE, no=~_OVERDUE),
        ChoiceCondition(
            name="taken",
            label="受理情况",
            options=_taken,
            q=_taken_by,
            prominent=False,
        ),
        ChoiceCondition(
            name="agency", label="送审机构", field="agency", options=_agencies, prominent=False
        ),
        RegionCondition(
            name="region",
            label="行政区划",
            field="region_code",
            within=lambda user: user.scope.regions(department=None),
            prominent=False,
        ),
        YesNoCondition(
            name="late",
            label="逾期备案",
            yes=Q(late_days__gt=0),
            no=Q(late_days=0),
            prominent=False,
        ),
        DateRangeCondition(
            name="filed", label="提交日期", field="filed_at", moment=True, prominent=False
        ),
        DateRangeCondition(
            name="due", label="办理期限", field="due_on", after="filed_at", prominent=False
        ),
        ChoiceCondition(
            name="decider",
            label="审核人",
            field="decided_by",
            options=lambda user: [(str(user.pk), "本人审核")],
            prominent=False,
        ),
        DateRangeCondition(
            name="decided",
            label="审核日期",
            field="decided_at",
            moment=True,
            after="filed_at",
            prominent=False,
        ),
    )
}


def columns(*names: str, **altered: Any) -> tuple[Column, ...]:
    """The columns called `names`, in that order; `altered` maps a name to attributes to change.

    KeyError for a name there is none of.
    """
    return chosen(COLUMNS, *names, **altered)


def columns_of_case(*names: str, **altered: Any) -> tuple[Column, ...]:
    """The same where a row has a `case`; a list of such rows is not sorted by them."""
    return seen_through("case", columns(*names, **altered))


def conditions(*names: str) -> tuple[Condition, ...]:
    """The conditions called `names`, in that order. KeyError for a name there is none of."""
    return tuple(CONDITIONS[name] for name in names)
