"""Hearings that come near, answers and awards that are due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.contracts.making import Hall
from tests.disputes.making import dispute_of
from yonggong.cases.models import Case
from yonggong.disputes import papers
from yonggong.disputes.models import Dispute
from yonggong.reminders.of_disputes import due

pytestmark = pytest.mark.django_db


@pytest.fixture
def dispute(hall: Hall) -> Dispute:
    """Of the worker against the employer, accepted and served today."""
    made = dispute_of(hall, hall.approved())
    Case.objects.filter(pk=made.case_id).update(acting_agency=hall.employer.agency)
    return made


def told(day: date) -> dict[str, set[int]]:
    """By topic, without its key, which parties are told."""
    found: dict[str, set[int]] = {}
    for note in due(day):
        found.setdefault(note.topic.rpartition("-")[0], set()).add(note.party)
    return found


def test_the_agency_is_told_before_the_limit_of_the_award(hall: Hall, dispute: Dispute) -> None:
    assert hall.employer.agency is not None
    agency, until = {hall.employer.agency.pk}, hall.today + timedelta(days=45)
    for left, parties in ((11, {}), (10, {"award": agency}), (3, {"award": agency}), (0, {})):
        assert told(until - timedelta(days=left)) == parties
    Dispute.objects.update(more_days=15, more_reason="案情复杂", more_by=hall.reviewer)
    assert told(until - timedelta(days=3)) == {}
    assert told(until + timedelta(days=12)) == {"award": agency}


def test_whoever_is_to_answer_is_told_before_the_last_day(hall: Hall, dispute: Dispute) -> None:
    until = hall.today + timedelta(days=10)
    assert dispute.worker is not None
    worker = {dispute.worker.pk}
    assert told(until) == told(until - timedelta(days=3)) == {"answer": worker}
    assert told(until - timedelta(days=2)) == {}
    Dispute.objects.update(answered_on=hall.today)
    assert told(until) == {}


def test_both_sides_and_the_office_are_told_of_a_hearing_unless_it_is_put_off(
    hall: Hall, dispute: Dispute
) -> None:
    assert dispute.worker is not None and hall.employer.agency is not None
    hearing = dispute.hearings.create(
        at=hall.now + timedelta(days=8),
        place="第一仲裁庭",
        arbitrators="试仲裁",
        notice=papers.issue(
            dispute, papers.HEARING, statement="定于下列时间开庭。", by=hall.reviewer, now=hall.now
        ),
        set_by=hall.reviewer,
        set_at=hall.now,
    )
    everybody = {hall.employer.pk, dispute.worker.pk, hall.employer.agency.pk}
    on = hall.today + timedelta(days=8)
    for left, parties in ((4, everybody), (2, None), (1, everybody), (0, None)):
        assert told(on - timedelta(days=left)).get("hearing") == parties
    Dispute.objects.update(served_on=None)
    assert told(on - timedelta(days=1))["hearing"] == everybody - {dispute.worker.pk}
    hearing.put_off = "当事人申请"
    hearing.save(update_fields=["put_off"])
    assert "hearing" not in told(on - timedelta(days=1))
