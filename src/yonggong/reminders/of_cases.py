"""What is told of cases: to applicants what lies with them, nears its limit or was answered; to
agencies what nears theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from yonggong import policy
from yonggong.cases.life import State
from yonggong.cases.models import Case, Revocation
from yonggong.cases.revoking import REMEDY
from yonggong.codes import calendar
from yonggong.registry.parties import Party
from yonggong.reminders.notes import Note, by_owner, listed

# What each sort of applicant calls what it filed.
_CALLED = {Party.Kind.EMPLOYER: "备案", Party.Kind.PERSON: "申请"}


def lying(day: date, provinces: Sequence[str]) -> Iterator[Note]:
    """Drafts and returned cases that nobody has touched for as long as the province allows."""
    for applicants, called in _CALLED.items():
        for state, topic, title, remedy in (
            (State.DRAFT, "drafts", "件草稿尚未提交", "请继续填写并提交，不再需要的请删除。"),
            (
                State.RETURNED,
                "returned",
                f"件{called}审核不通过待修改",
                "请按审核意见修改后重新提交。",
            ),
        ):
            untouched: dict[int, list[str]] = defaultdict(list)
            for region in provinces:
                reminders = policy.of(region, day).reminders
                idle = (
                    reminders.draft_idle_days
                    if state == State.DRAFT
                    else reminders.returned_idle_days
                )
                rows = Case.objects.filter(
                    state=state,
                    applicant__kind=applicants,
                    region_code__startswith=region[:2],
                    updated_at__date=day - timedelta(days=idle),
                )
                for owner, name in _called(rows, applicants):
                    untouched[owner].append(name)
            unit = "人" if applicants == Party.Kind.EMPLOYER else "件"
            for owner, names in untouched.items():
                said = f"{listed(names, unit)}：{remedy}"
                yield Note(topic, f"{len(names)} {title}", said, owner)


def _called(rows: QuerySet[Case], applicants: Party.Kind) -> Iterable[tuple[int, str]]:
    """Applicants with what each knows the case by: an employer by whom it is about, a person by
    what they applied for."""
    if applicants == Party.Kind.EMPLOYER:
        return rows.values_list("applicant_id", "subject_name")
    return ((case.applicant_id, case.kind_title) for case in _bare(rows))


def _bare(rows: QuerySet[Case], *fields: str) -> QuerySet[Case]:
    """Cases with no more than their titles need."""
    return rows.only("applicant_id", "kind", "item_version_id", *fields)


def filings_due(day: date, provinces: Sequence[str]) -> Iterator[Note]:
    """What was begun, not submitted and will soon be late."""
    for region in provinces:
        for days in policy.of(region, day).reminders.deadline_days:
            due = day + timedelta(days=days)
            for applicants, called in _CALLED.items():
                rows = Case.objects.filter(
                    state=State.DRAFT,
                    applicant__kind=applicants,
                    region_code__startswith=region[:2],
                    statutory_due_on=due,
                )
                begun = by_owner((case.applicant_id, case.kind_title) for case in _bare(rows))
                for owner, titles in begun.items():
                    yield Note(
                        f"drafts-due-{days}",
                        f"{len(titles)} 件未提交的{called}将于 {due} 到法定{called}期限",
                        f"{listed(titles, '件')}还有 {days} 日到期，请填写完整后提交，逾期情况将予以记录。"
                        f"{_calendar_note(due)}",
                        owner,
                    )


_ANSWERED = (
    ("answered-returned", (State.RETURNED,), "已退回", "请按审核意见修改后重新提交。"),
    ("answered", (State.APPROVED, State.REFUSED), "已办结", "请查看办理结果。"),
)


def answered(yesterday: date) -> Iterator[Note]:
    """Applications that were returned or decided: of the kinds that few are filed of. A filing's
    answer is looked up in its list, where they come by the hundred."""
    begins = datetime.combine(yesterday, time.min).astimezone()
    decided = Case.objects.filter(
        frequent=False,
        applicant__kind__in=list(_CALLED),
        decided_at__gte=begins,
        decided_at__lt=begins + timedelta(days=1),
    )
    for topic, states, title, remedy in _ANSWERED:
        rows = _bare(decided.filter(state__in=states), "state", "phase")
        told = by_owner((case.applicant_id, _how(case)) for case in rows)
        for owner, names in told.items():
            said = f"{listed(names, '件')}。{remedy}"
            yield Note(topic, f"{len(names)} 件办件{title}", said, owner)


def revoked(yesterday: date) -> Iterator[Note]:
    """Approvals that the office withdrew, of every kind: each with its reason and what can be done
    against it stands on the page of the case."""
    begins = datetime.combine(yesterday, time.min).astimezone()
    rows = Revocation.objects.filter(
        agreed=True, decided_at__gte=begins, decided_at__lt=begins + timedelta(days=1)
    ).select_related("case")
    told = by_owner((row.case.applicant_id, _named(row.case)) for row in rows)
    for owner, names in told.items():
        said = f"{listed(names, '件')}的审核已撤销，原因、救济途径见该办件。{REMEDY}"
        yield Note("revoked", f"{len(names)} 件办件的审核已被撤销", said, owner)


def _named(case: Case) -> str:
    return f"{case.subject_name} {case.kind_title}（{case.number}）"


def _how(case: Case) -> str:
    return f"{case.kind_title}（{case.state_title}）"


def due_for_agencies(day: date, provinces: Sequence[str]) -> Iterator[Note]:
    """Cases due soon, and those whose limit passed yesterday, for the agencies that decide."""
    for region in provinces:
        before = policy.of(region, day).reminders.review_due_days
        for offset, topic, title in (
            (before, "due-soon", f"件办件将于 {before} 日后到期"),
            (-1, "overdue", "件办件已超过办理期限"),
        ):
            due = day + timedelta(days=offset)
            rows = Case.objects.filter(
                state=State.PENDING,
                region_code__startswith=region[:2],
                due_on=due,
                agency__isnull=False,
            ).values_list("agency_id", "subject_name")
            for agency, names in by_owner(rows).items():
                said = f"{listed(names)}，请尽快办理。{_calendar_note(due)}"
                yield Note(topic, f"{len(names)} {title}", said, agency)


def _calendar_note(due: date) -> str:
    """Say that a time limit's year has no announced days off yet; nothing where it has."""
    said = calendar.caution(due)
    return f"{said}。" if said else ""
