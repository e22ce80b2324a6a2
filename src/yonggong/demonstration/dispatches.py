"""A few workers whom a dispatcher of Wuhai sends to another employer there, filed by both sides: one
alike, one otherwise, one by the user unit alone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db.models import Max

from yonggong.accounts.models import Grant, User
from yonggong.cases import actions as case_actions
from yonggong.cases.kinds import CaseKind
from yonggong.cases.models import Case, Event
from yonggong.contracts.models import Filing
from yonggong.contracts.queries import kind_of, posting_kind
from yonggong.demonstration import inventing
from yonggong.registry.models import Employer

_REGION = "150302"
_AGREED = (
    "document_type", "document_number", "name", "sex", "birth_on", "dispatch_start_on",
    "dispatch_end_on", "dispatch_post", "job", "workplace", "hours_system", "base_pay",
)  # fmt: skip


def load_dispatches(today: date, reviewer: User) -> None:
    """File them as people do, after all else that was filed."""
    local = Employer.objects.filter(region_code=_REGION, state=Employer.State.FILED).order_by("pk")
    unit = local.exclude(name__contains="人力资源").first()
    dispatcher = local.filter(name__contains="人力资源").first()
    last = Event.objects.aggregate(last=Max("at"))["last"]
    if unit is None or dispatcher is None or last is None:
        return
    rng, now = Random(_REGION), last + timedelta(minutes=1)
    start = today - timedelta(days=14)
    people = inventing.people(rng, region=_REGION, today=today, count=3)
    for place, person in enumerate(people):
        agreed = inventing.contract(
            rng, person, region=_REGION, start=start, dispatcher=True, part_time=False
        ) | {"user_unit": unit.name, "user_unit_code": unit.credit_code}
        if place < 2:
            case = _filed(kind_of(Filing.Kind.NEW), agreed, dispatcher, now)
            case_actions.approve(case=case, seen=case.filed_at, by=reviewer, now=now, address=None)
        posted = {name: agreed[name] for name in _AGREED if agreed.get(name) is not None}
        posted |= {"dispatcher": dispatcher.name, "dispatcher_code": dispatcher.credit_code}
        if place == 1:
            posted["job"] = "搬运工"
        _filed(posting_kind(), posted, unit, now)


def _filed(kind: CaseKind, values: dict[str, Any], employer: Employer, now: datetime) -> Case:
    operator = Grant.objects.get(party=employer.party, role="employer_operator").user
    return case_actions.submit(
        kind=kind,
        raw=kind.form.dump(values),
        applicant=employer.party,
        explanations={"dispatch-both-sides": "已与对方单位核对。"},
        key=None,
        by=operator,
        now=now,
        address=None,
    )
