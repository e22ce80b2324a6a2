"""Filings in any order, by the page and by the workbook: whatever is tried is done or refused in
words, and what then stands is whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4

import pytest

from tests.batch.workbooks import as_xlsx
from tests.contracts.making import Hall, answers, ending_answers, renewal_answers, revoke
from yonggong import law
from yonggong.batch import actions as batches
from yonggong.batch.models import Batch
from yonggong.cases import actions as case_actions
from yonggong.cases.actions import Forbidden, Refused
from yonggong.cases.kinds import get_kind
from yonggong.cases.life import Action, NotAllowed, State, replay
from yonggong.cases.models import Case
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.rosters import CannotList
from yonggong.contracts.threads import dumped_text
from yonggong.forms.columns import columns

pytestmark = pytest.mark.django_db

_STEPS = 90
_IN_WORDS = (Refused, NotAllowed, Forbidden, CannotList)
_ENDS = ("3602", "3701", "4401")


class Walk:
    """Two employers, a few people who move between them, a reviewer, and a clock that goes on."""

    def __init__(self, halls: list[Hall], seed: int, second: Any) -> None:
        self.second = second
        self.rng = Random(seed)
        self.halls = halls
        today = halls[0].today
        self.people = [
            {
                name: value
                for name, value in answers(today=today).items()
                if name in ("document_type", "document_number", "name", "sex", "birth_on", "mobile")
            }
            for _ in range(4)
        ]
        self.done: Counter[str] = Counter()

    @property
    def hall(self) -> Hall:
        return self.rng.choice(self.halls)

    def step(self) -> None:
        """One act, tried on whatever chance picks."""
        act = self.rng.choice(self.acts())
        try:
            happened = act.__name__ if act() else "nothing to do"
        except _IN_WORDS as refused:
            assert str(refused)
            happened = "refused"
        self.done[happened] += 1

    def acts(self) -> list[Callable[[], object]]:
        often = [self.hire, self.later, self.approve]
        return [
            *often, *often, self.roster, self.roster, self.give_back, self.mend, self.void,
            self.undo, self.wait, self.revoke,
        ]  # fmt: skip

    def hire(self) -> object:
        hall = self.hall
        start = (hall.today - timedelta(days=self.rng.randrange(20))).isoformat()
        days = self.rng.choice([200, 400, 800])
        end = hall.today + timedelta(days=days)
        raw = answers(
            today=hall.today,
            work_start_on=start,
            signed_on=start,
            start_on=start,
            end_on=end.isoformat(),
            job=self.rng.choice(["理货员", "行政专员"]),
        ) | self.rng.choice(self.people)
        return self._file(hall, "new", raw, None)

    def later(self) -> object:
        in_force = Contract.objects.filter(state="active")
        contract = self._any(in_force if self.rng.random() < 0.8 else Contract.objects.all())
        if contract is None:
            return None
        hall = next(hall for hall in self.halls if hall.employer == contract.employer)
        kind = self.rng.choice(["renewal", "change", "ending", "ending"])
        person = {
            "document_type": "01",
            "document_number": contract.worker.document_number,
            "name": contract.worker.name,
        }
        if kind == "renewal":
            raw = renewal_answers(contract)
        elif kind == "ending":
            raw = ending_answers(on=hall.today, end_reason=self.rng.choice(_ENDS))
        else:
            held = dumped_text(contract.current) if contract.current else answers(today=hall.today)
            raw = held | {
                "changed_on": hall.today.isoformat(),
                "change_reason": "岗位调整",
                "job": self.rng.choice(["理货员", "行政主管"]),
            }
        return self._file(hall, kind, raw | person, contract)

    def _file(
        self, hall: Hall, kind: str, raw: dict[str, Any], contract: Contract | None
    ) -> Case | Batch | None:
        said = dict.fromkeys(RULES, "情况属实。")
        if self.rng.random() < 0.6:
            return hall.file(kind, raw, contract=contract, explanations=said)
        bulk = get_kind(f"contract.{kind}").workbook
        assert bulk is not None
        headings = {column.name: column.heading for column in columns(bulk.form)}
        batch = batches.upload(
            kind=f"contract.{kind}",
            employer=hall.employer,
            file_name="名单.xlsx",
            content=as_xlsx([raw], names=tuple(headings), headings=headings),
            key=uuid4(),
            by=hall.operator,
            today=hall.today,
            address=None,
        )
        batches.work(batch.pk, now=hall.now)
        batch.refresh_from_db()
        assert batch.filed_rows + batch.bad_rows == 1, batch.message
        return batch if batch.filed_rows else None

    def approve(self) -> object:
        return self._decide(case_actions.approve, opinion="")

    def give_back(self) -> object:
        return self._decide(case_actions.return_case, opinion="请补正。")

    def _decide(self, act: Callable[..., Case], **given: str) -> object:
        # Mostly what waits, now and then what a colleague has just decided.
        waits = self.rng.random() < 0.8
        case = self._any(Case.objects.filter(state=State.PENDING) if waits else Case.objects.all())
        hall = self.halls[0]
        return case and act(
            case=case, seen=case.filed_at, by=hall.reviewer, now=hall.now, address=None, **given
        )

    def mend(self) -> object:
        case = self._any(Case.objects.filter(state=State.RETURNED))
        if case is None:
            return None
        hall = next(hall for hall in self.halls if hall.employer.pk == case.applicant_id)
        raw = case.definition.form.dump(case.values)
        if case.kind == "contract.ending":
            raw = {"notice_on": raw["ended_on"], "severance_paid": "0"} | raw
        return case_actions.submit(
            kind=case.definition,
            raw=raw,
            applicant=case.applicant,
            case=case,
            subject=None if case.kind == "contract.new" else case.subject,
            explanations=dict.fromkeys(RULES, "情况属实。"),
            key=None,
            by=hall.operator,
            now=hall.now,
            address=None,
        )

    def void(self) -> object:
        case = self._any(Case.objects.all())
        if case is None:
            return None
        hall = self.hall
        return case_actions.void(case=case, by=hall.operator, now=hall.now, address=None)

    def revoke(self) -> object:
        approved = Case.objects.filter(state=State.APPROVED)
        case = self._any(approved if self.rng.random() < 0.8 else Case.objects.all())
        hall = self.halls[0]
        return case and revoke(case, by=hall.reviewer, second=self.second, now=hall.now)

    def roster(self) -> object:
        waiting = Filing.objects.filter(state=State.APPROVED, roster=None)
        filing = self._any(waiting.exclude(kind="change"))
        if filing is None:
            return None
        hall = next(hall for hall in self.halls if hall.employer == filing.employer)
        if filing.kind == "ending" and self.rng.random() < 0.4:
            return hall.certificate(filing.case)
        return hall.roster(filing.case)

    def undo(self) -> object:
        batch = self._any(Batch.objects.all())
        if batch is None:
            return None
        hall = next(hall for hall in self.halls if hall.employer == batch.employer)
        return batches.undo(batch=batch, by=hall.operator, now=hall.now, address=None)

    def wait(self) -> object:
        days = timedelta(days=self.rng.choice([1, 30, 250]))
        for hall in self.halls:
            hall.now += days
        return True

    def _any(self, rows: Any) -> Any:
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        return rows.get(pk=self.rng.choice(keys)) if keys else None


RULES = tuple(rule.name for rule in law.rules())


def check_everything_is_whole() -> None:
    """What must hold whatever was done before."""
    for case in Case.objects.exclude(state=State.DRAFT).prefetch_related("events"):
        done = sorted(case.events.all(), key=lambda event: event.pk)
        assert replay([Action(event.action) for event in done]) == case.state
        filing = Filing.objects.get(case=case)
        assert (filing.state, filing.contract_id) == (case.state, case.subject)
    for contract in Contract.objects.all():
        filings = list(contract.filings.order_by("case__decided_at", "pk"))
        approved = [filing for filing in filings if filing.state == State.APPROVED]
        (new,) = (filing for filing in filings if filing.kind == "new")
        ended = [filing for filing in approved if filing.kind == "ending"]
        assert len(ended) <= 1
        expected = (
            "ended" if ended
            else "active" if new.state == State.APPROVED
            else "void" if new.state in (State.VOIDED, State.REVOKED)
            else "filing"
        )  # fmt: skip
        assert contract.state == expected
        terms = [filing for filing in approved if filing.kind in ("new", "renewal")]
        assert contract.term_count == max(1, len(terms))
        in_post = [filing for filing in filings if filing.in_post]
        assert len(in_post) == (contract.state == "active")
        assert all(filing.kind in ("new", "renewal") for filing in in_post)
        if terms:
            assert in_post in ([], [terms[-1]])
        assert sum(filing.state == State.PENDING for filing in filings) <= 1


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_tried_in_whatever_order(
    seed: int,
    employer: Any,
    operator: Any,
    reviewer: Any,
    now: datetime,
    make_employer: Callable[..., Any],
    make_user: Callable[..., Any],
) -> None:
    other = make_employer()
    theirs = make_user("employer_operator", employer=other)
    walk = Walk(
        [
            Hall(employer=employer, operator=operator, reviewer=reviewer, now=now),
            Hall(employer=other, operator=theirs, reviewer=reviewer, now=now),
        ],
        seed,
        make_user("reviewer", agency=employer.agency, region_code="220104"),
    )
    for _ in range(_STEPS):
        walk.step()
        check_everything_is_whole()
    assert {"hire", "approve", "roster", "refused"} <= set(walk.done)
