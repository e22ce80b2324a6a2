"""Counter-applications: within the time of the answer, accepted and put together with the first case, sent apart,
or not accepted."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from tests.disputes.making import Court
from tests.relations.stepping import complete
from yonggong.cases import actions as case_actions
from yonggong.cases.errors import Forbidden, Refused
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.cases.procedure import Outcome
from yonggong.disputes import counter_claims, papers
from yonggong.disputes.arbitration import effects
from yonggong.disputes.models import Dispute
from yonggong.disputes.reckoning import reckoned
from yonggong.documents.models import Document

pytestmark = pytest.mark.django_db

MERGED = {"result": "merged", "arbitrators": "试仲裁"}


def countered(court: Court, first: Case, *, days: int = 0) -> Case:
    """By the worker, against what the employer asked."""
    hall = court.hall
    raw = dict(counter_claims.starts(first.dispute)) | court.answers(
        claim_rows=[{"sort": "wages", "quantity": "1", "amount": "6000", "facts": "一个月未发"}]
    )
    return case_actions.submit(
        kind=first.definition,
        raw=raw,
        applicant=court.person,
        subject=first.pk,
        key=None,
        by=court.account,
        now=hall.now + timedelta(days=days),
        address=None,
    )


@pytest.fixture
def first(court: Court) -> Case:
    return court.served(court.asked(by_employer=True))


def test_it_is_begun_on_the_page_with_what_the_first_one_says(
    court: Court, first: Case, at_screen: Any
) -> None:
    screen, at = at_screen(court.account), reverse("person:dispute", args=[first.pk])
    assert "填写反申请" in screen.get(at).text
    sent = screen.post(reverse("person:dispute-counter", args=[first.pk]))
    draft = Case.objects.get(state=State.DRAFT)
    assert sent.url == reverse("person:item-form", args=[draft.pk])
    form = screen.get(sent.url).text
    assert f"本申请是对案件 {first.number} 的反申请" in form
    assert court.hall.employer.credit_code in form
    # Who applied brings none against themselves.
    told = at_screen(court.hall.operator).post(
        reverse("employer:dispute-counter", args=[first.pk]), follow=True
    )
    assert "只有被申请人" in told.text


def test_accepted_it_goes_together_with_the_first_and_stands_in_its_award(
    court: Court, first: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = court.hall
    counter = countered(court, first)
    dispute = Dispute.objects.get(pk=counter.pk)
    assert (dispute.counter_to_id, dispute.claimed) == (first.pk, Decimal(6000))
    assert counter.due_by_law_on == hall.today + timedelta(days=5)
    assert [one.amount for one in reckoned(counter.values, hall.today)] == [Decimal("6000.00")]
    with pytest.raises(Refused, match="还没有处理"):
        court.ended(first)

    counter = court.served(counter)
    with pytest.raises(Refused, match="还没有处理"):
        court.ended(first)
    counter = court.ended(counter, **MERGED)
    assert (counter.state, Dispute.objects.get(pk=counter.pk).state) == (
        State.APPROVED,
        "并入原案处理",
    )
    assert papers.of_case(counter)[-1].title == "反申请合并处理通知书"

    first.refresh_from_db()
    said = [lines for title, lines in effects._claimed(first.dispute) if title == "反申请请求"]
    assert said == [["1. 拖欠劳动报酬 6,000.00 元"]]
    court.ended(first)
    assert papers.of_case(first)[-1].title == "仲裁裁决书"


def test_told_to_apply_apart_in_writing(court: Court, first: Case, at_screen: Any) -> None:
    counter = complete(countered(court, first), by=court.hall.reviewer, now=court.hall.now)
    at = reverse("bureau:dispute-act", args=[counter.pk])
    with pytest.raises(Forbidden):
        counter_claims.send_apart(
            dispute=counter.pk, reason="另案", by=court.supervisor, now=court.hall.now, address=None
        )
    office = at_screen(court.hall.reviewer)
    assert "请填写应当另行申请的理由" in office.post(at, {"do": "apart"}, follow=True).text
    told = office.post(at, {"do": "apart", "reason": "与原案不是同一法律关系"}, follow=True)
    assert "已书面告知另行申请仲裁" in told.text
    counter.refresh_from_db()
    assert (counter.state, counter.dispute.state) == (State.REFUSED, "告知另行申请")
    paper = Document.objects.filter(entries__case=counter).latest("pk")
    assert paper.title == "另行申请仲裁告知书"
    court.ended(first)


def test_not_accepted_it_is_told_so_as_any_application(court: Court, first: Case) -> None:
    counter = complete(countered(court, first), by=court.hall.reviewer, now=court.hall.now)
    complete(
        counter,
        by=court.hall.reviewer,
        now=court.hall.now,
        outcome=Outcome.REFUSE,
        opinion="不属于受理范围",
    )
    titles = Document.objects.filter(entries__case=counter)
    assert titles.latest("pk").title == "不予受理通知书"
    assert Dispute.objects.get(pk=counter.pk).state == "不予受理"


@pytest.mark.parametrize(("days", "taken"), [(10, True), (11, False)])
def test_only_within_the_time_of_the_answer(
    court: Court, first: Case, days: int, taken: bool
) -> None:
    if taken:
        assert countered(court, first, days=days).state == State.PENDING
        return
    with pytest.raises(Refused, match="答辩期已于"):
        countered(court, first, days=days)


def test_not_by_a_stranger_nor_twice_nor_to_a_counter_application(
    court: Court, first: Case
) -> None:
    counter = countered(court, first)
    with pytest.raises(Refused, match="已经提出反申请"):
        countered(court, first)
    court.served(counter)
    with pytest.raises(Refused, match="不是原案的被申请人"):
        countered(court, counter)


def test_nothing_but_a_counter_application_goes_together_with_another(
    court: Court, first: Case
) -> None:
    with pytest.raises(Refused, match="才能并入原案"):
        court.ended(first, **MERGED)
