"""The first annual filing of a demonstration employer: so its next has Table 3, and last year's beside it; whom a
bureau asks for a survey of pay."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from yonggong.accounts.models import User
from yonggong.annual import actions, surveying
from yonggong.annual.standing import WHOLE
from yonggong.cases import actions as case_actions
from yonggong.cases import queries as case_queries
from yonggong.cases.models import Event
from yonggong.law.registry import ANNUAL
from yonggong.registry.models import Employer
from yonggong.registry.queries import within

_SURVEYED = 6
_WHY = "首次年度备案，此前的合同正在补办备案。"


def load_annual(*, operator: str, reviewer: str, today: date) -> None:
    """File and approve the year before last for the employer of an account, behind all that is there:
    histories are in the order of time."""
    by = User.objects.get(username=operator)
    employer = Employer.objects.get(pk=min(by.scope.own_employers))
    now = _last_moment() + timedelta(minutes=1)
    case = actions.begin(kind=WHOLE, employer=employer, year=today.year - 2, by=by, now=now)
    case = case_queries.get_case(by, case.pk)
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
    case_actions.approve(
        case=filed,
        seen=filed.filed_at,
        by=User.objects.get(username=reviewer),
        now=now + timedelta(minutes=1),
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


def _last_moment() -> datetime:
    newest = Event.objects.order_by("-pk").values_list("at", flat=True).first()
    assert newest is not None
    return newest
