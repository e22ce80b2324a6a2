"""The dates of a case: by when it is to be decided by law and as promised, and when it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from yonggong.cases.life import Phase, State
from yonggong.cases.listings import clock_badge, remaining
from yonggong.cases.models import Case
from yonggong.codes import calendar
from yonggong.listings import Badge


@dataclass(frozen=True, slots=True)
class DateLine:
    """One date with its words: `said` is how it stands to the limit, `badge` makes that stand out.
    `day` is None where the clock stands still."""

    label: str
    day: date | None
    said: str = ""
    badge: Badge | None = None


def of(case: Case, today: date) -> list[DateLine]:
    """The three dates of a case, those that there are. What has one limit only names it 办理期限."""
    if case.phase == Phase.PAUSED:
        return [DateLine("办理期限", None, "已暂停计时，恢复后按剩余天数重新计算")]
    lines = []
    promised = "承诺办结日期" if case.due_by_law_on else "办理期限"
    if case.due_by_law_on:
        lines.append(DateLine("法定办结日期", case.due_by_law_on))
    if case.due_on:
        lines.append(DateLine(promised, case.due_on, remaining(case), clock_badge(case)))
    if case.decided_at and case.state != State.PENDING:
        done = timezone.localdate(case.decided_at)
        lines.append(DateLine("实际办结日期", done, *_against(case.due_on, done)))
    return lines


def _against(due: date | None, done: date) -> tuple[str, Badge | None]:
    """How a day on which something was done stands to its limit."""
    if due is None or done == due:
        return "", None
    if done < due:
        return f"提前 {calendar.working_days_between(done, due)} 个工作日", None
    late = calendar.working_days_between(due, done)
    return (f"超期 {late} 个工作日" if late else "超期"), Badge("bad", "clock-exclamation")
