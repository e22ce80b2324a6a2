"""What is told of dispatches whose two sides do not agree so many days after one of them filed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from yonggong import policy
from yonggong.contracts import matching
from yonggong.contracts.queries import posting_kind
from yonggong.registry.models import Employer
from yonggong.reminders.notes import Note, listed

_REMEDY = "请与对方核对，未备案的及时备案，填错的办理更正；双方填报的内容见“派遣用工”。"


def not_agreed(day: date, provinces: Sequence[str]) -> Iterator[Note]:
    """Both sides are told, each of the persons whom it sends or is sent."""
    for region in provinces:
        rules = policy.of(region, day)
        if rules.accepts(posting_kind().name):
            filed = day - timedelta(days=rules.reminders.dispatch_unmatched_days)
            yield from _of_day(filed, region[:2], rules.reminders.dispatch_unmatched_days)


def _of_day(filed: date, province: str, days: int) -> Iterator[Note]:
    begins = datetime.combine(filed, time.min).astimezone()
    posted = matching.with_contract(
        matching.postings().filter(filed_on=filed, region_code__startswith=province)
    )
    sent = matching.with_posting(
        matching.sent().filter(
            current__decided_at__gte=begins,
            current__decided_at__lt=begins + timedelta(days=1),
            employer__region_code__startswith=province,
        )
    )
    # By person: both sides may have filed the same one, and two may share a name.
    names: dict[str, dict[int, str]] = defaultdict(dict)
    for side, rows in (
        (("user_unit__credit_code", "dispatcher_code", "worker", "name"), posted),
        (("employer__credit_code", "user_unit_code", "worker", "worker__name"), sent),
    ):
        for own, other, worker, name in rows.exclude(standing=matching.AGREES).values_list(*side):
            for code in (own, other):
                names[code].setdefault(worker, name)
    parties = Employer.objects.filter(credit_code__in=names).values_list("credit_code", "pk")
    for code, party in parties:
        told = list(names[code].values())
        yield Note(
            "dispatch",
            f"{len(told)} 名被派遣劳动者的双方备案未对应一致",
            f"{listed(told)}的备案已 {days} 日，派遣单位和用工单位的备案没有对应或者内容不一致。{_REMEDY}",
            party=party,
        )
