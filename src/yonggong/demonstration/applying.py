"""Items of the standard applied for and handled in the demonstration as people do it, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases import actions as case_actions
from yonggong.cases import drafting, handling
from yonggong.cases import queries as case_queries
from yonggong.cases.items import holding, kind_called
from yonggong.cases.models import Case, Event, Material
from yonggong.cases.prefilling import known
from yonggong.cases.procedure import Outcome
from yonggong.demonstration.specimens import specimen
from yonggong.registry.models import Employer

A_MINUTE = timedelta(minutes=1)


def next_moment() -> datetime:
    """Behind all that is there: histories are in the order of time."""
    newest = Event.objects.aggregate(at=Max("at"))["at"]
    assert newest is not None
    return newest + A_MINUTE


def at_counter(username: str, employer: Employer) -> User:
    """A clerk who types in what the employer brings on paper."""
    clerk = User.objects.get(username=username)
    agency = clerk.grants.get().agency_id
    assert agency is not None
    clerk.__dict__["scope"] = clerk.scope.at_counter(party=employer.pk, agency=agency)
    return clerk


def apply_for(
    key: str,
    typed: Mapping[str, Any],
    *,
    employer: Employer,
    by: User,
    explanations: Mapping[str, str] | None = None,
) -> Case:
    """File an item with what is known of the employer, what is typed beside, and its materials."""
    now = next_moment()
    today = timezone.localdate(now)
    kind = holding(kind_called(key), region=employer.region_code, on=today)
    raw = known(kind.form, applicant=employer.party, by=by, today=today) | dict(typed)
    case = drafting.save_draft(
        kind=kind, applicant=employer.party, raw=raw, case=None, by=by, now=now
    )
    for wanted in case_queries.required_materials(case):
        label = wanted.label[:20]
        Material.objects.create(
            case=case,
            name=wanted.name,
            file_name=f"{label}.pdf",
            content_type="application/pdf",
            blob=specimen(label, made_on=today),
            uploaded_by=by,
        )
    return case_actions.submit(
        kind=kind,
        raw=raw,
        applicant=employer.party,
        case=case,
        explanations=dict(explanations or {}),
        key=None,
        by=by,
        now=now,
        address=None,
    )


def handle(
    case: Case,
    people: Sequence[User],
    said: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    until: str = "",
) -> Case:
    """Through its steps, all right with it, by who has not judged before; `said`: what a step is
    answered beside, by its key; `until`: the kind of step that stays open."""
    while (step := case_queries.open_step(case)) and step.kind != until:
        now = next_moment()
        assert case.filed_at is not None and case.definition.procedure is not None
        plan = case.definition.procedure.step(step.key)
        before = case.steps.filter(key__in=case.definition.procedure.judged_before(step.key))
        acted = set(before.values_list("acted_by", flat=True))
        answers = {
            field.name: "right"
            for field in (plan.form.fields if plan.form else ())
            if any(option.code == "right" for option in field.choices)
        }
        if step.kind == "deliver":
            answers |= {
                "delivered_how": "electronic",
                "delivered_on": timezone.localdate(now).isoformat(),
            }
        handling.complete(
            case=case,
            step=step.pk,
            outcome=Outcome.NEXT if Outcome.NEXT in plan.outcomes else Outcome.END,
            answers=answers | dict((said or {}).get(step.key, {})),
            seen=case.filed_at,
            by=next(one for one in people if one.pk not in acted),
            now=now,
            address=None,
        )
        case = Case.objects.get(pk=case.pk)
    return case
