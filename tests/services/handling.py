"""An office whose people take a case along its steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.cases.passing import passing
from tests.files import PNG
from yonggong.cases import handling
from yonggong.cases.models import Case
from yonggong.cases.procedure import Outcome
from yonggong.registry.people import keep_evidence
from yonggong.services import surveys

RECORDS: dict[str, dict[str, str]] = {
    "review": {"place": "南湖公园"},
    "survey": {
        "surveyed_on": "2026-11-20",
        "surveyed_at": "南湖公园",
        "surveyed_by": "试甲、试乙",
        "survey_found": "风筝在",
        "survey_result": "met",
    },
    "publicity": {"publicity_where": "本平台", "publicity_result": "none"},
    "pay": {"payee": "试一", "paid_amount": "500", "paid_on": "2026-11-30"},
    "deliver": {
        "delivered_how": "fetched",
        "delivered_on": "2026-11-30",
        "delivered_to": "试领",
        "delivered_to_id": "220104199001011234",
        "delivered_signed": "self",
    },
}
# Who of the office does which step.
_WHO = {"accept": 0, "review": 1, "second_review": 2, "approve": 3}


@dataclass
class Office:
    """Four who review, and a supervisor, at a moment."""

    people: tuple[Any, ...]
    supervisor: Any
    now: datetime

    def who(self, step: str) -> Any:
        return self.people[_WHO.get(step, 0)]

    def end(self, case: Case, outcome: Outcome = Outcome.NEXT, **given: Any) -> Case:
        """End the open step; `by`, `answers`, `opinion` as wanted."""
        step = case.steps.get(acted_at__isnull=True)
        by = given.pop("by", None) or self.who(step.key)
        told = given.pop("answers", None)
        answers = passing(case, **RECORDS.get(step.kind, {})) if told is None else told
        assert case.filed_at is not None
        return handling.complete(
            case=case,
            step=step.pk,
            outcome=outcome,
            answers=answers,
            seen=case.filed_at,
            by=by,
            now=self.now,
            address=None,
            **given,
        )

    def photograph(self, case: Case) -> Any:
        photo = keep_evidence(file_name="现场.png", content_type="image/png", content=PNG)
        return surveys.add(case=case, evidence=photo, said="正门", by=self.people[0], now=self.now)

    def bring(self, case: Case, until: str) -> Case:
        """Take the case along until the step called so is open."""
        while (step := case.steps.get(acted_at__isnull=True)).key != until:
            if step.kind == "survey":
                self.photograph(case)
            if step.kind == "publicity":
                self.now += timedelta(days=10)
            outcome = Outcome.END if step.kind == "deliver" else Outcome.NEXT
            case = self.end(case, outcome)
        return case

    def finish(self, case: Case) -> Case:
        return self.end(self.bring(case, "deliver"), Outcome.END)
