"""Registers of labour relations that run out: collective contracts, special hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from yonggong.entitlements.models import CollectiveAgreement
from yonggong.relations.agreements import renewal_opens
from yonggong.relations.models import PermittedPost
from yonggong.reminders.notes import Note, listed

# Beside the day on which a collective contract may be renewed: so many days before the end.
_DAYS_BEFORE = 30
_QUARTER, _LONGEST_QUARTER = 90, 92


def running_out(day: date) -> Iterator[Note]:
    """What is today a quarter, or thirty days, from its end."""
    yield from _agreements(day)
    yield from _permits(day)


def _agreements(day: date) -> Iterator[Note]:
    soon = day + timedelta(days=_DAYS_BEFORE)
    until = day + timedelta(days=_LONGEST_QUARTER + 1)
    rows = CollectiveAgreement.objects.filter(ended_on__isnull=True, end_on__range=(soon, until))
    for row in rows:
        if day == renewal_opens(row.end_on):
            said = "可以向对方提出重新签订或者续订的要求"
        elif row.end_on == soon:
            said = "请及时协商续订，签订后 7 日内报送审查"
        else:
            continue
        later = CollectiveAgreement.objects.filter(
            employer=row.employer_id, sort=row.sort, ended_on__isnull=True, end_on__gt=row.end_on
        )
        if later.exists():
            continue
        yield Note(
            f"agreement-{row.pk}",
            f"{row.sort_title}将于 {row.end_on} 期满",
            f"“{row.title}”将于 {row.end_on} 期满，{said}。",
            party=row.employer_id,
        )


def _permits(day: date) -> Iterator[Note]:
    for days in (_QUARTER, _DAYS_BEFORE):
        end = day + timedelta(days=days)
        posts: dict[int, list[str]] = defaultdict(list)
        again = PermittedPost.objects.filter(
            permit__employer=OuterRef("permit__employer"),
            system=OuterRef("system"),
            job=OuterRef("job"),
            until_on__gt=end,
        )
        rows = PermittedPost.objects.filter(~Exists(again), until_on=end)
        for employer, job in rows.values_list("permit__employer", "job"):
            posts[employer].append(job)
        for employer, jobs in posts.items():
            yield Note(
                f"special-hours-{days}",
                f"{len(jobs)} 个岗位的特殊工时批准将于 {end} 到期",
                f"{listed(jobs, '个岗位')}的特殊工时批准还有 {days} 日到期，需要继续实行的，请重新申请；"
                "到期后按标准工时制执行。",
                party=employer,
            )
