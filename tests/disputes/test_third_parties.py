"""Third parties: made parties of the case by the office, they see it and are served its papers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from tests.disputes.making import Court, joined
from yonggong.cases.errors import Forbidden, Refused
from yonggong.cases.models import Participant
from yonggong.cases.queries import visible_to
from yonggong.disputes import hearings, papers, register
from yonggong.disputes.models import ThirdParty
from yonggong.registry.models import Employer
from yonggong.reminders.models import Message
from yonggong.reminders.of_disputes import due

pytestmark = pytest.mark.django_db


@pytest.fixture
def host(make_employer: Any) -> Employer:
    made: Employer = make_employer(name="乌海用工有限公司", region_code="150302")
    return made


def test_from_the_notice_on_they_see_the_case_and_read_its_papers(
    court: Court, host: Employer, at_screen: Any, make_user: Any
) -> None:
    hall, case = court.hall, court.served(court.asked())
    operator = make_user("employer_operator", employer=host)
    screen, at = at_screen(operator), reverse("employer:dispute", args=[case.pk])
    assert screen.get(at).status_code == 404 and not visible_to(operator).exists()

    joined(court, case, host)
    assert Participant.objects.get().role == Participant.Role.THIRD
    assert list(register.of_side([host.pk])) == [case.dispute]
    assert list(visible_to(operator)) == [case]
    page = screen.get(at).text
    assert "参加仲裁通知书" in page and "乌海用工有限公司（" in page
    for paper in papers.of_case(case):
        address = reverse("employer:dispute-paper", args=[case.pk, paper.pk])
        assert address in page and screen.get(address).status_code == 200
    assert 'id="answer"' not in page and 'id="counter"' not in page
    for user in (operator, hall.operator, court.account):
        assert Message.objects.filter(user=user, title__startswith="第三人参加").exists()


def test_they_are_told_of_hearings(court: Court, host: Employer, make_user: Any) -> None:
    hall, case = court.hall, court.served(court.asked())
    operator = make_user("employer_operator", employer=host)
    joined(court, case, host)
    hearings.set_hearing(
        dispute=case.pk,
        at=hall.now + timedelta(days=6),
        place="第一仲裁庭",
        arbitrators="试仲裁",
        by=hall.reviewer,
        now=hall.now,
    )
    assert Message.objects.filter(user=operator, title__startswith="开庭通知").exists()
    notes = [note.party for note in due(hall.today + timedelta(days=5))]
    assert host.pk in notes


def test_a_person_takes_part_as_well(court: Court, at_screen: Any) -> None:
    case = court.served(court.asked(by_employer=True, worker_id_number="150302199001019313"))
    assert case.dispute.worker is None
    sent = {
        "do": "join",
        "name": "试一",
        "number": "220104199003072134",
        "ground": "asked",
        "interest": "与被申请人共同受训",
    }
    office = at_screen(court.hall.reviewer)
    told = office.post(reverse("bureau:dispute-act", args=[case.pk]), sent, follow=True)
    assert "参加仲裁通知书已送达各方" in told.text
    assert (
        at_screen(court.account).get(reverse("person:dispute", args=[case.pk])).status_code == 200
    )


def test_only_who_handles_it_joins_another_who_is_registered_once(
    court: Court, host: Employer
) -> None:
    case = court.served(court.asked())
    with pytest.raises(Forbidden):
        joined(court, case, host, by=court.supervisor)
    with pytest.raises(Refused, match="没有以该名称"):
        joined(court, case, host, name="别的公司")
    with pytest.raises(Refused, match="不能同时作为第三人"):
        joined(court, case, court.hall.employer)
    with pytest.raises(Refused, match="利害关系"):
        joined(court, case, host, interest=" ")
    joined(court, case, host)
    with pytest.raises(Refused, match="已经作为第三人"):
        joined(court, case, host)
    assert ThirdParty.objects.count() == 1


def test_nobody_is_joined_before_it_is_accepted(court: Court, host: Employer) -> None:
    with pytest.raises(Forbidden):
        joined(court, court.asked(), host)
