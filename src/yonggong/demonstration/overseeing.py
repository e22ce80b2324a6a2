"""What supervisors and those who watch over accounts look into: a sample of counter work, looks that
stand out."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import cycle, islice

from django.utils import timezone

from yonggong import policy
from yonggong.accounts.actions import record_access
from yonggong.accounts.models import User
from yonggong.cases.models import Case
from yonggong.counters import actions as counters
from yonggong.secrecy import actions as secrecy
from yonggong.secrecy import unusual
from yonggong.secrecy.queries import unusual_visible_to

COUNTER_DAYS = 30  # what counters typed in lies within so many days
_DRAWN = 5


def load_sample(*, supervisor: str, today: date) -> None:
    """A sample of what counters typed in: one found right, one wrong, the others still to be looked into."""
    by, now = User.objects.get(username=supervisor), timezone.now()
    sample = counters.draw(
        agency=None,
        since=today - timedelta(days=COUNTER_DAYS),
        until=today,
        size=_DRAWN,
        by=by,
        now=now,
    )
    findings = (("right", ""), ("wrong", "合同起始日期与纸质劳动合同不一致"))
    for row, (finding, remark) in zip(sample.cases.order_by("pk"), findings, strict=False):
        counters.check(sampled=row.pk, finding=finding, remark=remark, by=by, now=now)


def load_looks(*, waiting: str, concluded: str, auditor: str) -> None:
    """Two reviewers who looked at many people's data within the hour: one still to be found out about, one
    found to have been for the work."""
    now = timezone.now()
    for username in (waiting, concluded):
        _look_at_many(User.objects.get(username=username))
    day = timezone.localdate(now)
    unusual.find(day, now=now)
    by = User.objects.get(username=auditor)
    for found in unusual_visible_to(by).filter(day=day, user__username=concluded):
        secrecy.conclude(
            looking=found.pk,
            finding="work",
            remark="当日集中核对到期合同，机构负责人已确认。",
            by=by,
            now=now,
            address=None,
        )


def _look_at_many(user: User) -> None:
    grant = user.grants.get()
    most = policy.of(grant.region_code, timezone.localdate()).secrecy.many_an_hour
    cases = list(Case.objects.filter(decided_by=user).order_by("-pk")[:most])
    for case in islice(cycle(cases), most + 1):
        record_access(case.reference, "查看完整信息", by=user, address=None)
