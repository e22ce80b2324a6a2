"""An office of a prefecture that takes the items, and an employer that applies there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yonggong.cases import actions as case_actions
from yonggong.cases import checking, handling
from yonggong.cases.items import holding
from yonggong.cases.kinds import get_kind
from yonggong.cases.models import Case
from yonggong.cases.procedure import Outcome
from yonggong.forms import Form
from yonggong.registry.people import keep_evidence
from yonggong.services import surveys

# Whoever judges did not judge, or accept, before.
_HANDS = {"accept": 0, "review": 1, "survey": 1, "decide": 2, "file": 2, "deliver": 2}


class Office:
    """Who reviews at each agency, an employer with its operator, the day it is."""

    def __init__(self, *, hall: Any, city: Any, reviewers: Mapping[int, tuple[Any, ...]]) -> None:
        self.hall, self.agency, self.reviewers = hall, city, reviewers
        self.first, self.second, _ = reviewers[city.pk]

    def apply(
        self, kind: str, raw: Mapping[str, Any], *, at: datetime | None = None, **more: Any
    ) -> Case:
        day = (at or self.hall.now).date()
        held = holding(get_kind(kind), region=self.hall.employer.region_code, on=day)
        given: dict[str, Any] = {
            "kind": held,
            "raw": raw,
            "applicant": self.hall.employer.party,
            "key": None,
            "by": self.hall.operator,
            "now": at or self.hall.now,
            "address": None,
        }
        return case_actions.submit(**(given | more))

    def step(
        self,
        case: Case,
        outcome: Outcome = Outcome.NEXT,
        *,
        at: datetime | None = None,
        **more: Any,
    ) -> Case:
        """End the open step with all that it asks for, by who has not judged before."""
        case = Case.objects.get(pk=case.pk)
        step = case.steps.get(acted_at__isnull=True)
        assert case.filed_at is not None and case.acting_agency_id is not None
        by = self.reviewers[case.acting_agency_id][_HANDS[step.key]]
        now = at or self.hall.now
        if step.key == "survey":
            photo = keep_evidence(file_name="a.png", content_type="image/png", content=b"x")
            surveys.add(case=case, evidence=photo, said="办公室", by=by, now=now)
        given: dict[str, Any] = {"answers": filled_in(handling.form_of(case, step), now)}
        return handling.complete(
            case=case,
            step=step.pk,
            outcome=outcome,
            seen=case.filed_at,
            by=by,
            now=now,
            address=None,
            **(given | more),
        )

    def through(self, case: Case, at: datetime | None = None) -> Case:
        """To its end, nothing wrong with it."""
        procedure = case.definition.procedure
        assert procedure is not None
        for _ in procedure.steps[:-1]:
            self.step(case, at=at)
        return self.step(case, Outcome.END, at=at)


_CHOSEN = {"delivered_how": "electronic"}
_SAID = {"text": "试", "long_text": "相符", "decimal": "120", "integer": "1", "boolean": "true"}


def filled_in(form: Form | None, now: datetime) -> dict[str, str]:
    """What an office fills in where all is right."""
    said = _SAID | {"date": now.date().isoformat()}
    return {
        item.name: _CHOSEN.get(item.name)
        or (item.choices[0].code if item.choices else said[str(item.type)])
        for item in (form.fields if form else ())
        if item.required is True and not item.show_when
    }


def rules_found(office: Office, kind: str, raw: Mapping[str, Any], **more: Any) -> set[str]:
    """The rules of law that speak of what would be filed."""
    _, problems, verdicts = checking.attempt(
        kind=get_kind(kind),
        raw=raw,
        applicant=office.hall.employer.party,
        by=office.hall.operator,
        now=office.hall.now,
        **more,
    )
    told = {verdict.rule for verdict in verdicts}
    assert told or not problems, problems
    return told
