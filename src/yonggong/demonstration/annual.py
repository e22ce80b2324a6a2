"""The first annual filing of a demonstration employer: so its next has Table 3, and last year's beside it; whom a
bureau asks for a survey of pay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from yonggong.accounts.models import User
from yonggong.annual import actions, surveying
from yonggong.annual.standing import WHOLE
from yonggong.cases import actions as case_actions
from yonggong.cases import queries as case_queries
from yonggong.cases.models import Case, Event
from yonggong.demonstration.room_left import taking
from yonggong.law.registry import ANNUAL
from yonggong.registry.models import Employer
from yonggong.registry.queries import within

_SURVEYED = 6
_WHY = "首次年度备案，此前的合同正在补办备案。"


@dataclass(frozen=True, slots=True)
class Room:
    """Keys left free for the case of an annual filing, its submission and its approval."""

    case: int
    submission: int
    approval: int


def filed_at(today: date) -> datetime:
    """When the year before last was filed: in the window that the province gives it."""
    return datetime(today.year - 1, 5, 20, 10, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def approved_at(today: date) -> datetime:
    """When it was approved."""
    return filed_at(today) + timedelta(days=1, hours=5)


def load_annual(*, operator: str, reviewer: str, today: date, room: Room) -> None:
    """File and approve the year before last for the employer of an account, when it would have been."""
    by = User.objects.get(username=operator)
    employer = Employer.objects.get(pk=min(by.scope.own_employers))
    now = filed_at(today)
    with taking(Case, room.case):
        case = actions.begin(kind=WHOLE, employer=employer, year=today.year - 2, by=by, now=now)
    case = case_queries.get_case(by, case.pk)
    with taking(Event, room.submission):
        filed = case_actions.submit(
            kind=case.definition,
            raw=case_queries.typed_in(case),
            applicant=employer.party,
            case=case,
            explanations=dict.fromkeys((rule.name for rule in ANNUAL.rules), _WHY),
            key=None,
            by=by,
            now=now,
            address=None,
        )
    with taking(Event, room.approval):
        case_actions.approve(
            case=filed,
            seen=filed.filed_at,
            by=User.objects.get(username=reviewer),
            now=approved_at(today),
            address=None,
        )


def ask_for_survey(*, supervisor: str, today: date, now: datetime) -> None:
    """Ask the filed employers of a supervisor's region for the survey of pay of the year before, but for some."""
    by = User.objects.get(username=supervisor)
    filed = Employer.objects.filter(
        within(by.scope.regions()), state=Employer.State.FILED
    ).order_by("pk")
    surveying.ask(
        codes=filed.values_list("credit_code", flat=True)[:_SURVEYED],
        year=today.year - 1,
        due_on=today + timedelta(days=30),
        by=by,
        now=now,
    )
