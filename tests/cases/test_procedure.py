"""Procedures as data: where each outcome leads, and what cannot be planned."""

from __future__ import annotations

import pytest

from tests.cases.regatta import PROCEDURE
from yonggong.cases.procedure import Outcome, Procedure, StepPlan, period_of, procedure_of
from yonggong.catalogue import book
from yonggong.catalogue.items import Limit
from yonggong.policy import Period


@pytest.mark.parametrize(
    ("step", "outcome", "following"),
    [
        ("accept", Outcome.NEXT, "survey"),
        ("accept", Outcome.RETURN, None),
        ("accept", Outcome.REFUSE, None),
        ("review", Outcome.NEXT, "publicity"),
        ("decide", Outcome.RETURN, "review"),
        ("decide", Outcome.NEXT, "issue"),
        ("issue", Outcome.NEXT, None),
    ],
)
def test_where_an_outcome_leads(step: str, outcome: Outcome, following: str | None) -> None:
    found = PROCEDURE.after(step, outcome)
    assert (found.key if found else None) == following


def test_a_step_ends_only_as_it_may() -> None:
    with pytest.raises(ValueError, match="does not end"):
        PROCEDURE.after("issue", Outcome.REFUSE)


def test_judging_steps_know_those_before_them() -> None:
    assert PROCEDURE.judged_before("decide") == ("review",)
    assert PROCEDURE.judged_before("review") == ()
    assert PROCEDURE.judged_before("issue") == ()


@pytest.mark.parametrize(
    "steps",
    [
        (),
        (StepPlan(key="a", title="甲", kind="review"), StepPlan(key="a", title="乙", kind="pay")),
        (StepPlan(key="a", title="甲", kind="review", leads={Outcome.NEXT: "nowhere"}),),
        (StepPlan(key="a", title="甲", kind="review", leads={Outcome.REFUSE: "a"}),),
    ],
    ids=["none", "a key twice", "to nowhere", "an outcome it does not have"],
)
def test_steps_that_cannot_be_are_refused(steps: tuple[StepPlan, ...]) -> None:
    with pytest.raises(ValueError, match=r"steps|nowhere"):
        Procedure(steps=steps)


@pytest.mark.parametrize(
    ("limit", "period"),
    [
        (None, None),
        (Limit(value=3, unit="工作日"), Period(3, "working")),
        (Limit(value=30, unit="日"), Period(30, "natural")),
        (Limit(value=0, unit="即办"), Period(0, "natural")),
        (Limit(value=2, unit="月"), None),
    ],
)
def test_a_limit_of_the_catalogue_as_a_period(limit: Limit | None, period: Period | None) -> None:
    assert period_of(limit) == period


def test_every_item_of_the_catalogue_has_a_procedure_or_nothing_to_do() -> None:
    """Only items that a person just looks up leave an office nothing to do."""
    without = set()
    for item in book():
        try:
            procedure_of(item)
        except ValueError:
            without.add(item.key)
    assert without == set()


def test_an_item_that_is_handled_begins_with_its_acceptance() -> None:
    procedure = procedure_of(book().get("labour-dispatch-licence"))
    assert [step.kind for step in procedure.steps] == [
        "accept",
        "review",
        "survey",
        "decide",
        "deliver",
    ]
    assert procedure.promised == period_of(book().get("labour-dispatch-licence").promised_limit)
