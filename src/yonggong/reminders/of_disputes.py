"""Hearings that come near, answers and awards that are due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from yonggong.disputes import register
from yonggong.disputes.models import Dispute, Hearing
from yonggong.disputes.taking_part import parties_of
from yonggong.reminders.notes import Note

# So many days ahead. A hearing can be asked to be put off until three days before it
# (劳动争议调解仲裁法 35); told a day earlier, that can still be done.
_HEARING_AHEAD = (4, 1)
_ANSWER_AHEAD = (3, 0)
_AWARD_AHEAD = (10, 3)


def due(day: date) -> Iterator[Note]:
    """What comes near, to who takes part and to the agency that hears the case."""
    yield from _hearings(day)
    open_ = Dispute.objects.filter(register.OPEN).select_related("case")
    yield from _answers(day, open_)
    yield from _awards(day, open_)


def _hearings(day: date) -> Iterator[Note]:
    for ahead in _HEARING_AHEAD:
        begins = timezone.make_aware(datetime.combine(day + timedelta(days=ahead), time.min))
        rows = Hearing.objects.filter(
            put_off="",
            dispute__ended_on=None,
            at__gte=begins,
            at__lt=begins + timedelta(days=1),
        ).select_related("dispute__case")
        for hearing in rows:
            dispute, at = hearing.dispute, timezone.localtime(hearing.at)
            for party in (*parties_of(dispute), dispute.case.acting_agency_id):
                if party is not None:
                    yield Note(
                        f"hearing-{hearing.pk}",
                        f"劳动争议案件将于 {at:%Y-%m-%d %H:%M} 开庭",
                        f"案号 {dispute.case.number}，地点：{hearing.place}。"
                        "当事人有正当理由需要延期的，请在开庭三日前提出。",
                        party=party,
                    )


def _answers(day: date, open_: QuerySet[Dispute]) -> Iterator[Note]:
    for dispute in open_.filter(
        sort=Dispute.Sort.ARBITRATION, answered_on=None, served_on__isnull=False
    ):
        until, party = dispute.answer_due_on, dispute.other_side
        if party is not None and until is not None and (until - day).days in _ANSWER_AHEAD:
            yield Note(
                f"answer-{dispute.pk}",
                f"劳动争议答辩书于 {until} 到期",
                f"案号 {dispute.case.number}：可以在“劳动争议”中提交答辩书；不提交的，不影响仲裁程序的进行。",
                party=party,
            )


def _awards(day: date, open_: QuerySet[Dispute]) -> Iterator[Note]:
    for dispute in open_.filter(sort=Dispute.Sort.ARBITRATION):
        until, agency = dispute.award_due_on, dispute.case.acting_agency_id
        if agency is not None and until is not None and (until - day).days in _AWARD_AHEAD:
            yield Note(
                f"award-{dispute.pk}",
                f"仲裁案件 {dispute.case.number} 的审理期限于 {until} 届满",
                "案情复杂需要延长的，请在期限届满前报批准，延长不超过十五日。",
                party=agency,
            )
