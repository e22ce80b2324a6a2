"""A reviewer approves a batch as a whole; every case as if it had been approved alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.batch.conftest import Send
from tests.contracts.making import Hall
from yonggong.accounts.models import Grant
from yonggong.batch import approving, queries
from yonggong.batch.models import Approval, Batch
from yonggong.cases import actions as case_actions
from yonggong.cases.actions import Forbidden
from yonggong.cases.life import Action, replay
from yonggong.cases.models import Case
from yonggong.contracts.models import Contract

pytestmark = pytest.mark.django_db

Approve = Callable[..., Approval]


@pytest.fixture
def approve(hall: Hall) -> Approve:
    """Approve a batch and let the job run: `approve(batch, by=…, key=…, seen=…, work=…)`."""

    def act(
        batch: Batch, *, by: Any = None, key: Any = None, work: bool = True, **given: Any
    ) -> Any:
        approval = approving.approve_batch(
            batch=batch,
            opinion=given.get("opinion", "材料齐全"),
            seen=given.get("seen", hall.now),
            key=key or uuid4(),
            by=by or hall.reviewer,
            address="127.0.0.1",
        )
        if work:
            approving.work(approval.pk, clock=lambda: hall.now)
        approval.refresh_from_db()
        return approval

    return act


def _states(batch: Batch) -> list[str]:
    return list(
        Case.objects.filter(batch=batch.pk).order_by("batch_row").values_list("state", flat=True)
    )


def test_every_case_of_the_batch_becomes_a_fact(send: Send, approve: Approve) -> None:
    batch = send(60)
    approval = approve(batch)
    assert (approval.state, approval.total, approval.approved, approval.refused) == (
        "done",
        60,
        60,
        0,
    )
    assert set(_states(batch)) == {"approved"}
    assert set(Contract.objects.values_list("state", flat=True)) == {"active"}
    for case in Case.objects.filter(batch=batch.pk)[:5]:
        events = list(case.events.order_by("id"))
        assert replay([Action(event.action) for event in events]) == case.state
        assert (events[-1].by, events[-1].opinion) == (approval.by, "材料齐全")


def test_a_case_that_cannot_be_approved_is_left_with_its_reason(
    send: Send, approve: Approve, hall: Hall, make_employer: Any
) -> None:
    batch = send(5)
    taken = Contract.objects.order_by("pk")[2]
    Contract.objects.create(
        employer=make_employer(name="长春别家有限公司"), worker=taken.worker, full_time=True,
        state="active", work_start_on=hall.today, start_on=hall.today, term_type="2",
    )  # fmt: skip
    approval = approve(batch)
    assert (approval.approved, approval.refused) == (4, 1)
    assert "长春别家有限公司" in approval.left.get().reason
    assert _states(batch) == ["approved", "approved", "pending", "approved", "approved"]


def test_nobody_approves_a_batch_they_uploaded(
    send: Send, approve: Approve, hall: Hall, make_user: Any
) -> None:
    batch = send(2)
    Grant.objects.create(
        user=hall.operator, role="reviewer", agency=hall.employer.agency, region_code="220104"
    )
    operator = type(hall.operator).objects.get(pk=hall.operator.pk)
    with pytest.raises(Forbidden, match="本人上传"):
        approve(batch, by=operator)


def test_a_reviewer_of_another_agency_has_nothing_to_approve(
    send: Send, approve: Approve, make_user: Any
) -> None:
    from yonggong.registry.models import Agency

    other = Agency.objects.create(name="别处", level="county", region_code="220102")
    with pytest.raises(Forbidden, match="没有等待您审核"):
        approve(send(2), by=make_user("reviewer", agency=other, region_code="220102"))


def test_what_is_already_decided_or_mended_since_is_left_alone(
    send: Send, approve: Approve, hall: Hall
) -> None:
    batch = send(4)
    returned, changed, *_ = Case.objects.filter(batch=batch.pk).order_by("batch_row")
    hall.return_(returned)
    later = hall.now + timedelta(hours=1)
    Case.objects.filter(pk=changed.pk).update(filed_at=later)
    approval = approve(batch, seen=hall.now)
    assert (approval.total, approval.approved) == (2, 2)
    assert _states(batch) == ["returned", "pending", "approved", "approved"]


def test_the_same_approval_sent_twice_is_one(send: Send, approve: Approve) -> None:
    batch, key = send(2), uuid4()
    assert approve(batch, key=key) == approve(batch, key=key)


def test_two_reviewers_do_not_approve_one_batch_at_once(
    send: Send, approve: Approve, hall: Hall, make_user: Any
) -> None:
    batch = send(2)
    approve(batch, work=False)
    other = make_user("reviewer", agency=hall.employer.agency, region_code="220104")
    with pytest.raises(Forbidden, match="正在审核"):
        approve(batch, by=other)


def test_a_stopped_approval_leaves_the_rest_waiting(
    send: Send, approve: Approve, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(approving, "CHUNK", 2)
    batch = send(6)
    approval = approve(batch, work=False)
    assert approving._some(approval.pk, now=hall.now)
    approving.stop(approval=approval, by=hall.reviewer, now=hall.now)
    approving.work(approval.pk, clock=lambda: hall.now)
    approval.refresh_from_db()
    assert (approval.state, approval.approved) == ("stopped", 2)
    assert _states(batch).count("pending") == 4


def test_a_killed_approval_goes_on_where_it_stopped(
    send: Send, approve: Approve, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(approving, "CHUNK", 2)
    batch = send(7)
    approval = approve(batch, work=False)
    real, calls = case_actions.approve, []

    def dying(**given: Any) -> Any:
        if len(calls) == 3:
            raise KeyboardInterrupt
        calls.append(1)
        return real(**given)

    monkeypatch.setattr(case_actions, "approve", dying)
    with pytest.raises(KeyboardInterrupt):
        approving.work(approval.pk, clock=lambda: hall.now)
    assert _states(batch).count("approved") == 2, "the chunk that died is undone whole"
    monkeypatch.setattr(case_actions, "approve", real)
    assert list(queries.open_approvals()) == [approval.pk]
    approving.work(approval.pk, clock=lambda: hall.now)
    approval.refresh_from_db()
    assert (approval.state, approval.approved) == ("done", 7)
    assert set(_states(batch)) == {"approved"}
