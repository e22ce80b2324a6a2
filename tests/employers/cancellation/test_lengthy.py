"""Where much goes with a closing nobody waits for it at a page: a job does it, all at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.contracts.making import Hall, shown
from tests.employers.closing import cancellation
from tests.portals.deciding import choose, confirmed
from yonggong.cases import held_back
from yonggong.cases.life import Action
from yonggong.cases.models import Case, HeldDecision
from yonggong.cases.verdicts import stored_verdicts
from yonggong.contracts.models import Contract
from yonggong.employers.cancellation import effects

pytestmark = pytest.mark.django_db


@pytest.fixture
def closing(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A cancellation with which more ends than is done at a page."""
    monkeypatch.setattr(effects, "_AT_ONCE", 1)
    hall.in_force()
    hall.in_force()
    return cancellation(hall)


def decide(hall: Hall, case: Case) -> HeldDecision | None:
    return held_back.decide(
        case=case,
        decision=Action.APPROVE,
        seen=shown(case),
        by=hall.reviewer,
        now=hall.now,
        address=None,
    )


@pytest.mark.parametrize("seconds", [0, 10])
def test_it_is_neither_tried_nor_done_at_the_page_but_by_a_job(
    hall: Hall, closing: Case, settings: Any, monkeypatch: pytest.MonkeyPatch, seconds: int
) -> None:
    settings.UNDO_SECONDS = seconds
    with monkeypatch.context() as patch:
        patch.setattr(
            "yonggong.contracts.closing.end_all", lambda **given: pytest.fail("done at the page")
        )
        held = decide(hall, closing)
        assert held is not None
        later = hall.now + timedelta(seconds=seconds)
        held_back.carry_out_due(now=later, in_passing=True)
    jobs = ProcrastinateJob.objects.filter(task_name=held_back.CARRY_OUT)
    assert jobs.filter(args={"held": held.pk}).exists()
    closing.refresh_from_db()
    assert closing.state == "pending"
    held_back.carry_out(held.pk, now=later)
    closing.refresh_from_db()
    assert closing.state == "approved"
    assert set(Contract.objects.values_list("state", flat=True)) == {"ended"}


def test_a_job_that_died_is_made_good_for_by_the_next(
    hall: Hall, closing: Case, settings: Any
) -> None:
    """Nothing of it was written; what is due is carried out every minute."""
    settings.UNDO_SECONDS = 10
    decide(hall, closing)
    held_back.carry_out_due(now=hall.now + timedelta(minutes=2))
    closing.refresh_from_db()
    assert closing.state == "approved" and not HeldDecision.objects.exists()


def test_among_many_it_is_left_to_be_reviewed_alone(
    hall: Hall, closing: Case, at_screen: Any
) -> None:
    browser = at_screen(hall.reviewer)
    bulk = choose(browser, [closing])
    rules = [verdict.rule for verdict in stored_verdicts(closing.version.findings)]
    assert "请打开该办件单独审核" in confirmed(browser, bulk, acknowledged=rules)
    closing.refresh_from_db()
    assert closing.state == "pending"
