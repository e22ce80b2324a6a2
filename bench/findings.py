"""What the law says of one form, and of a hundred thousand contracts."""

from __future__ import annotations

import time
from datetime import date
from random import Random

from django.utils import timezone

from bench.results import Result, interleaved
from yonggong import law, policy
from yonggong.accounts.models import User
from yonggong.cases import actions as case_actions
from yonggong.contracts.facts import Place, contract_facts
from yonggong.contracts.new.kind import KIND as NEW
from yonggong.demonstration import inventing
from yonggong.registry.models import Employer

_ROWS = 100_000


def run() -> list[Result]:
    """A single form's check (floor: cleaning it), and the rules over many contracts (floor: the
    facts alone)."""
    today = timezone.localdate()
    rng = Random(3)
    people = inventing.people(rng, region="220104", today=today, count=500)
    values = [
        inventing.contract(
            rng, person, region="220104", start=today, dispatcher=False, part_time=False
        )
        for person in people
    ]
    user = User.objects.get(username="danwei")
    employer = Employer.objects.get(pk=min(user.scope.employers()))
    now = timezone.now()

    def check() -> None:
        case_actions.attempt(kind=NEW, raw=values[0], applicant=employer.party, by=user, now=now)

    single, cleaned = interleaved(check, lambda: NEW.form.clean(values[0]), rounds=60)
    facts_alone, judged = _many(values, employer, today)
    return [
        Result("findings: one form", "ms", single, cleaned, "< 20 ms"),
        Result("findings: 100,000 contracts", "s", judged, facts_alone, "within batch"),
    ]


def _many(values: list[dict], employer: Employer, today: date) -> tuple[float, float]:
    place = Place.of(employer, policy.of(employer.region_code, today), today)

    def facts_of(row: dict) -> law.ContractFacts:
        return contract_facts(row, place, None)

    began = time.perf_counter()
    for number in range(_ROWS):
        facts_of(values[number % 500])
    alone = time.perf_counter() - began
    began = time.perf_counter()
    for number in range(_ROWS):
        law.check_contract(facts_of(values[number % 500]), today)
    return alone, time.perf_counter() - began
