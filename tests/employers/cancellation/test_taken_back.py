"""撤销审核 of a cancellation: what it ended goes on."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.contracts.making import Hall, answers, file
from tests.employers.closing import cancellation, closed
from yonggong.cases import second_thoughts
from yonggong.cases.actions import Refused
from yonggong.cases.life import Action, replay
from yonggong.cases.models import Event
from yonggong.contracts.models import Contract, Filing
from yonggong.registry.models import Employer

pytestmark = pytest.mark.django_db


def test_the_contracts_it_ended_go_on_and_what_was_void_is_filed_again(
    hall: Hall, withdraw: Any
) -> None:
    contracts, waiting = [hall.in_force(), hall.in_force()], hall.filed()
    before = list(Contract.objects.order_by("pk").values())
    case = closed(hall)
    withdraw(case)
    assert Employer.objects.get(pk=hall.employer.pk).state == "filed"
    assert list(Contract.objects.exclude(pk=waiting.subject).order_by("pk").values()) == before[:2]
    for contract in contracts:
        assert contract.filings.get(in_post=True).kind == "new"
        ending = contract.filings.get(kind="ending")
        assert ending.state == "revoked"
        events = Event.objects.filter(case=ending.pk).order_by("pk")
        assert replay(Action(event.action) for event in events) == "revoked"
    waiting.refresh_from_db()
    waiting.applicant.employer.refresh_from_db()
    draft = second_thoughts.begin_again(case=waiting, by=hall.operator, now=hall.now)
    assert draft.state == "draft"


def test_whoever_was_hired_since_is_named_first(
    hall: Hall, withdraw: Any, make_employer: Any, make_user: Any
) -> None:
    raw, other = answers(today=hall.today), make_employer()
    hall.approve(hall.file("new", raw))
    case = closed(hall)
    theirs = hall.approve(
        file(
            "new",
            raw,
            employer=other,
            by=make_user("employer_operator", employer=other),
            now=hall.now,
        )
    )
    with pytest.raises(Refused, match=theirs.number):
        withdraw(case)
    assert Employer.objects.get(pk=hall.employer.pk).state == "cancelled"
    assert Filing.objects.get(kind="ending").state == "approved"


def test_an_ending_alone_is_not_taken_back_while_the_employer_is_closed(
    hall: Hall, withdraw: Any
) -> None:
    hall.in_force()
    closed(hall)
    ending = Filing.objects.select_related("case").get(kind="ending").case
    with pytest.raises(Refused, match="该单位已经注销，合同不能恢复履行"):
        withdraw(ending)


def test_once_withdrawn_it_says_no_more_what_it_will_end(
    hall: Hall, withdraw: Any, at_screen: Any
) -> None:
    hall.in_force()
    case = cancellation(hall)
    address, said = reverse("bureau:case", args=[case.pk]), "审核通过后一并办结的业务"
    assert said in at_screen(hall.reviewer).get(address).content.decode()
    withdraw(hall.approve(case))
    page = at_screen(hall.reviewer).get(address).content.decode()
    assert "已撤销" in page and said not in page
