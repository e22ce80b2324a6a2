"""A reviewer approves a batch as a whole; every case as if it had been approved alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.batch.conftest import Send
from tests.batch.many import RETURN, choose, confirm
from tests.contracts.making import Hall
from tests.files import PNG
from yonggong.accounts.actions import record_access
from yonggong.accounts.models import AccessEntry, Grant
from yonggong.batch import deciding, queries
from yonggong.batch.models import Batch, BulkDecision
from yonggong.cases import actions as case_actions
from yonggong.cases import held_back, looking, materials
from yonggong.cases import queries as case_queries
from yonggong.cases.actions import Forbidden, Refused
from yonggong.cases.life import Action, replay
from yonggong.cases.models import Case, Version
from yonggong.contracts.models import Contract

pytestmark = pytest.mark.django_db

Decide = Callable[..., BulkDecision]


@pytest.fixture
def decide(hall: Hall) -> Decide:
    """Decide all of a batch and let the job run: `decide(batch, by=…, work=…)`."""

    def act(batch: Batch, *, by: Any = None, work: bool = True, **given: Any) -> Any:
        by = by or hall.reviewer
        bulk = choose(batch, by=by, now=hall.now, **given)
        bulk = confirm(bulk, by=by, now=hall.now, opinion=given.get("opinion", "材料齐全"))
        if work:
            deciding.work(bulk.pk, clock=lambda: hall.now)
        bulk.refresh_from_db()
        return bulk

    return act


def _states(batch: Batch) -> list[str]:
    return list(
        Case.objects.filter(batch=batch.pk).order_by("batch_row").values_list("state", flat=True)
    )


def test_every_case_of_the_batch_becomes_a_fact(send: Send, decide: Decide) -> None:
    batch = send(60)
    bulk = decide(batch)
    assert (bulk.state, bulk.total, bulk.decided, bulk.refused) == (
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
        assert (events[-1].by, events[-1].opinion) == (bulk.by, "材料齐全")


def test_a_case_that_cannot_be_approved_is_left_with_its_reason(
    send: Send, decide: Decide, hall: Hall, make_employer: Any
) -> None:
    batch = send(5)
    taken = Contract.objects.order_by("pk")[2]
    Contract.objects.create(
        employer=make_employer(name="长春别家有限公司"), worker=taken.worker, full_time=True,
        state="active", work_start_on=hall.today, start_on=hall.today, term_type="2",
    )  # fmt: skip
    bulk = decide(batch)
    assert (bulk.decided, bulk.refused) == (4, 1)
    assert "长春别家有限公司" in bulk.left.get().reason
    assert _states(batch) == ["approved", "approved", "pending", "approved", "approved"]


def test_nobody_approves_a_batch_they_uploaded(
    send: Send, decide: Decide, hall: Hall, make_user: Any
) -> None:
    batch = send(2)
    Grant.objects.create(
        user=hall.operator, role="reviewer", agency=hall.employer.agency, region_code="220104"
    )
    operator = type(hall.operator).objects.get(pk=hall.operator.pk)
    with pytest.raises(Forbidden, match="本人上传"):
        decide(batch, by=operator)


def test_a_reviewer_of_another_agency_has_nothing_to_decide(
    send: Send, decide: Decide, make_user: Any
) -> None:
    from yonggong.registry.models import Agency

    other = Agency.objects.create(name="别处", level="county", region_code="220102")
    with pytest.raises(Forbidden, match="没有选择等待审核的办件"):
        decide(send(2), by=make_user("reviewer", agency=other, region_code="220102"))


def test_what_changed_since_it_was_chosen_is_left_and_told(send: Send, hall: Hall) -> None:
    """Decided by another, mended by the employer, or come later: none of it was before the eyes."""
    batch = send(4)
    bulk = choose(batch, by=hall.reviewer, now=hall.now)
    returned, changed, *_ = Case.objects.filter(batch=batch.pk).order_by("batch_row")
    hall.return_(returned)
    Case.objects.filter(pk=changed.pk).update(filed_at=hall.now + timedelta(hours=1))
    confirm(bulk, by=hall.reviewer, now=hall.now)
    deciding.work(bulk.pk, clock=lambda: hall.now)
    bulk.refresh_from_db()
    assert (bulk.total, bulk.decided, bulk.refused) == (4, 2, 2)
    assert [one.case_id for one in bulk.left] == [returned.pk, changed.pk]
    assert _states(batch) == ["returned", "pending", "approved", "approved"]


def test_what_is_decided_already_is_not_chosen(send: Send, hall: Hall) -> None:
    batch = send(3)
    hall.return_(Case.objects.filter(batch=batch.pk).earliest("batch_row"))
    assert choose(batch, by=hall.reviewer, now=hall.now).total == 2


def test_a_case_whose_decision_is_held_back_is_not_chosen(
    send: Send, hall: Hall, settings: Any
) -> None:
    """It is in nobody's queue, and in no batch that is decided."""
    settings.UNDO_SECONDS = 10
    batch = send(3)
    held = Case.objects.filter(batch=batch.pk).earliest("batch_row")
    held_back.decide(
        case=held, decision=Action.RETURN, opinion="请补正", seen=held.filed_at, by=hall.reviewer,
        now=hall.now, address=None,
    )  # fmt: skip
    assert deciding.decidable(batch, hall.reviewer).count() == 2
    bulk = choose(batch, by=hall.reviewer, now=hall.now)
    assert bulk.total == 2 and not bulk.chosen.filter(case=held).exists()


def test_confirmed_twice_it_is_done_once(send: Send, decide: Decide, hall: Hall) -> None:
    bulk = decide(send(2))
    assert confirm(bulk, by=hall.reviewer, now=hall.now).state == "done"
    assert bulk.total == bulk.decided == 2


def test_a_warning_is_compared_before_many_are_approved(send: Send, hall: Hall) -> None:
    batch = send(3)
    warned, *others = Case.objects.filter(batch=batch.pk).order_by("batch_row")
    found = dict(
        rule="probation-length", severity="warn", message="试用期过长。", remedy="", field="",
        articles=[], explanation="协商",
    )  # fmt: skip
    Version.objects.filter(pk=warned.current_id).update(findings=[found])
    bulk = choose(batch, by=hall.reviewer, now=hall.now)
    assert deciding.warned(bulk) == [("probation-length", "试用期过长。", 1)]
    with pytest.raises(Refused, match="尚未核对：试用期过长（1 件）"):
        confirm(bulk, by=hall.reviewer, now=hall.now)
    # What is found later than that, by whatever way, is not approved unseen.
    Version.objects.filter(pk=others[0].current_id).update(findings=[found | {"rule": "age"}])
    with pytest.raises(Refused):
        confirm(bulk, by=hall.reviewer, now=hall.now, acknowledged=["probation-length"])
    confirm(bulk, by=hall.reviewer, now=hall.now, acknowledged=["probation-length", "age"])
    Version.objects.filter(pk=others[1].current_id).update(findings=[found | {"rule": "sex"}])
    deciding.work(bulk.pk, clock=lambda: hall.now)
    assert _states(batch) == ["approved", "approved", "pending"]
    assert "尚未核对" in bulk.left.get().reason


def test_a_material_that_nobody_opened_is_not_approved_with_the_rest(
    send: Send, hall: Hall
) -> None:
    batch = send(2)
    case = Case.objects.filter(batch=batch.pk).earliest("batch_row")
    wanted = case_queries.required_materials(case)[0]
    case = hall.return_(case)
    materials.upload(
        case=case, name=wanted.name, file_name="合同.png", content=PNG, by=hall.operator,
        now=hall.now, address=None,
    )  # fmt: skip
    Case.objects.filter(pk=case.pk).update(state="pending")
    for state in ("pending", "approved"):
        if state == "approved":
            look = looking.look_of("合同.png")
            record_access(case.reference, look, by=hall.reviewer, address=None)
            AccessEntry.objects.update(at=hall.now)
        bulk = choose(batch, by=hall.reviewer, now=hall.now)
        confirm(bulk, by=hall.reviewer, now=hall.now)
        deciding.work(bulk.pk, clock=lambda: hall.now)
        assert _states(batch) == [state, "approved"]
    assert "尚未查看材料" in BulkDecision.objects.earliest("pk").left.get().reason


def test_many_are_sent_back_with_one_opinion(send: Send, decide: Decide, hall: Hall) -> None:
    batch = send(3)
    bulk = choose(batch, by=hall.reviewer, now=hall.now, decision=RETURN)
    with pytest.raises(Refused, match="必须填写审核意见"):
        confirm(bulk, by=hall.reviewer, now=hall.now, opinion=" ")
    confirm(bulk, by=hall.reviewer, now=hall.now, opinion="请补正合同期限")
    deciding.work(bulk.pk, clock=lambda: hall.now)
    assert set(_states(batch)) == {"returned"}
    assert set(Case.objects.values_list("opinion", flat=True)) == {"请补正合同期限"}


def test_what_was_chosen_is_another_s_and_is_forgotten_after_a_day(
    send: Send, hall: Hall, make_user: Any
) -> None:
    bulk = choose(send(2), by=hall.reviewer, now=hall.now)
    other = make_user("reviewer", agency=hall.employer.agency, region_code="220104")
    for act in (
        lambda: confirm(bulk, by=other, now=hall.now),
        lambda: deciding.stop(bulk=bulk.pk, by=other, now=hall.now),
    ):
        with pytest.raises(BulkDecision.DoesNotExist):
            act()
    deciding.forget_unconfirmed(now=hall.now + timedelta(hours=23))
    assert BulkDecision.objects.count() == 1
    deciding.forget_unconfirmed(now=hall.now + timedelta(hours=25))
    assert not BulkDecision.objects.exists()


def test_what_is_chosen_is_told_in_figures(send: Send, hall: Hall) -> None:
    batch = send(4)
    late = Case.objects.filter(batch=batch.pk).earliest("batch_row")
    Case.objects.filter(pk=late.pk).update(late_days=12)
    told = deciding.summary(choose(batch, by=hall.reviewer, now=hall.now))
    assert (told.kinds, told.late, told.most_late) == ([("contract.new", 4)], 1, 12)
    assert told.due == (late.due_on, late.due_on) and told.warned == []


def test_two_reviewers_do_not_approve_one_batch_at_once(
    send: Send, decide: Decide, hall: Hall, make_user: Any
) -> None:
    batch = send(2)
    decide(batch, work=False)
    other = make_user("reviewer", agency=hall.employer.agency, region_code="220104")
    with pytest.raises(Forbidden, match="正在审核"):
        decide(batch, by=other)


def test_a_stopped_approval_leaves_the_rest_waiting(
    send: Send, decide: Decide, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "CHUNK", 2)
    batch = send(6)
    bulk = decide(batch, work=False)
    assert deciding._some(bulk.pk, now=hall.now)
    deciding.stop(bulk=bulk.pk, by=hall.reviewer, now=hall.now)
    deciding.work(bulk.pk, clock=lambda: hall.now)
    bulk.refresh_from_db()
    assert (bulk.state, bulk.decided) == ("stopped", 2)
    assert _states(batch).count("pending") == 4


def test_a_killed_approval_goes_on_where_it_stopped(
    send: Send, decide: Decide, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "CHUNK", 2)
    batch = send(7)
    bulk = decide(batch, work=False)
    real, calls = case_actions.approve, []

    def dying(**given: Any) -> Any:
        if len(calls) == 3:
            raise KeyboardInterrupt
        calls.append(1)
        return real(**given)

    monkeypatch.setattr(case_actions, "approve", dying)
    with pytest.raises(KeyboardInterrupt):
        deciding.work(bulk.pk, clock=lambda: hall.now)
    assert _states(batch).count("approved") == 2, "the chunk that died is undone whole"
    monkeypatch.setattr(case_actions, "approve", real)
    assert list(queries.open_decisions()) == [bulk.pk]
    deciding.work(bulk.pk, clock=lambda: hall.now)
    bulk.refresh_from_db()
    assert (bulk.state, bulk.decided) == ("done", 7)
    assert set(_states(batch)) == {"approved"}
