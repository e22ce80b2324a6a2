"""A procedure: the steps a case goes through once it is filed. Pure; data in, the next step out.

A filing has one step, a review, and writes no step rows. An item of more steps says who acts in
each, by when, and where its outcomes lead. What the catalogue says of an item's stages becomes a
procedure by `procedure_of`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from yonggong.accounts.roles import Power
from yonggong.catalogue.items import Item, Limit, Stage
from yonggong.forms import Form
from yonggong.policy import Period

if TYPE_CHECKING:
    from yonggong.cases.models import Case
    from yonggong.registry.models import Agency


class Outcome(StrEnum):
    """How a step may end."""

    NEXT = "next"  # done, go on
    RETURN = "return"  # to the applicant, once, naming all that is missing (ST-3)
    REFUSE = "refuse"  # with grounds and remedy; at the acceptance: 不予受理
    END = "end"  # done, and nothing follows


# The kind of step in which a joint case waits for its items.
WAITING = "children"
# From which steps on an application can no longer be withdrawn: the decision is made.
DECIDED = frozenset({"issue", "pay", "deliver", "file", "close"})
# Steps in which somebody judges the case: no two of them by one person.
JUDGING = frozenset({"review", "second_review", "approve", "decide"})
# Where there is one of these, who accepts a case does not judge it.
_TWICE, _ACCEPTING = frozenset({"second_review", "approve"}), frozenset({"accept"})


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPlan:
    """One step as planned.

    key       unique in its procedure, kept with the rows
    title     the standard's word for it
    kind      accept, review, second_review, survey, publicity, decide, pay, deliver, …
    power     what whoever acts must be allowed, at the step's agency
    department   of the agency that acts; "" the item's own
    level     of the agency that acts ("county", …); "" the one that the case was sent to
    at        names the agency that acts, where level and department do not; raises `NoAgency`
    promised, by_law   within how long, from the step's opening; None: the case's limits alone
    renews    by when, by law, the case is to be ended once this step has gone on on a day, where its
              limits up to here end with the step: those of acceptance, then that of the award
    outcomes  how it may end
    leads     where an outcome leads, where not to the next step: outcome → key of a step
    pauses    reasons for which its clock may stand still
    form      what the office fills in; kept with the step, never in a version
    """

    key: str
    title: str
    kind: str
    power: Power = Power.REVIEW
    department: str = ""
    level: str = ""
    at: Callable[[Case], Agency] | None = None
    promised: Period | None = None
    by_law: Period | None = None
    renews: Callable[[Case, date], date] | None = None
    outcomes: frozenset[Outcome] = frozenset({Outcome.NEXT})
    leads: Mapping[Outcome, str] = field(default_factory=dict, hash=False)
    pauses: tuple[str, ...] = ()
    form: Form | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """The steps in order, and the limits of the whole, counted from the day it came in.

    Raises ValueError for steps that cannot be: no step, a key twice, an outcome that leads nowhere.
    """

    steps: tuple[StepPlan, ...]
    promised: Period | None = None
    by_law: Period | None = None
    _places: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        places = {step.key: place for place, step in enumerate(self.steps)}
        if not self.steps or len(places) != len(self.steps):
            raise ValueError("a procedure has steps, each with a key of its own")
        for step in self.steps:
            for outcome, target in step.leads.items():
                if outcome not in step.outcomes or target not in places:
                    raise ValueError(f"{step.key}: {outcome} leads nowhere")
        object.__setattr__(self, "_places", MappingProxyType(places))

    @property
    def first(self) -> StepPlan:
        """Where a case begins that was filed."""
        return self.steps[0]

    def step(self, key: str) -> StepPlan:
        """The step with this key. Raises KeyError."""
        return self.steps[self._places[key]]

    def position(self, key: str) -> int:
        """The step's place in the procedure, from 0. Raises KeyError."""
        return self._places[key]

    def after(self, key: str, outcome: Outcome) -> StepPlan | None:
        """The step that follows an outcome; None where the case is then done, returned or refused.

        Raises KeyError for an unknown step, ValueError for an outcome that it does not have.
        """
        step = self.step(key)
        if outcome not in step.outcomes:
            raise ValueError(f"{key} does not end with {outcome}")
        if target := step.leads.get(outcome):
            return self.step(target)
        if outcome is not Outcome.NEXT:
            return None
        place = self._places[key] + 1
        return self.steps[place] if place < len(self.steps) else None

    def judged_before(self, key: str) -> tuple[str, ...]:
        """The steps before that whoever judges here must not have acted in: those that judge; where
        the case is reviewed twice or approved, its acceptance too."""
        if self.step(key).kind not in JUDGING:
            return ()
        apart = JUDGING | _ACCEPTING if _TWICE & {step.kind for step in self.steps} else JUDGING
        before = self.steps[: self._places[key]]
        return tuple(step.key for step in before if step.kind in apart)


def procedure_of(item: Item, forms: Mapping[str, Form] = MappingProxyType({})) -> Procedure:
    """The procedure that the catalogue describes: the stages of the case after the application.

    `forms` gives what the office fills in, by the step's key. Raises ValueError for an item whose
    stages leave nothing for an office to do.
    """
    stages = [stage for stage in item.stages() if stage.by != "applicant"]
    return Procedure(
        steps=tuple(_plan(stage, forms.get(stage.key)) for stage in stages),
        promised=period_of(item.promised_limit),
        by_law=period_of(item.statutory_limit),
    )


def _plan(stage: Stage, form: Form | None) -> StepPlan:
    known = {outcome.value for outcome in Outcome}
    outcomes = frozenset(Outcome(one) for one in stage.outcomes if one in known)
    return StepPlan(
        key=stage.key,
        title=stage.name,
        kind=stage.kind,
        promised=period_of(stage.limit),
        outcomes=outcomes or frozenset({Outcome.NEXT}),
        form=form,
    )


def period_of(limit: Limit | None) -> Period | None:
    """A limit of the catalogue as a period; None where nothing is said, or it is said in months or
    hours, which no working-day clock can hold to the day.

    即办 is done on the day itself.
    """
    if limit is None or limit.unit not in ("工作日", "日", "即办"):
        return None
    return Period(int(limit.value), "working" if limit.unit == "工作日" else "natural")
