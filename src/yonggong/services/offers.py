"""What a contract on file offers: enrolment, registration, a certificate after it was concluded, the
reduction after it ended (`offers.yaml`); each begun with what the contract tells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db.models import Q

from yonggong.accounts.models import User
from yonggong.cases.kinds import CaseKind
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.cases.prefilling import known, registered, taken
from yonggong.contracts.models import Contract, Filing
from yonggong.registry.models import Employer
from yonggong.services.knowing import of_contract
from yonggong.services.record_models import Standing
from yonggong.services.record_queries import unexpired

# So long after its approval a filing offers what follows from it.
_OFFERED_DAYS = 60
_LOOKED_AT = 100
_BEGUN = (State.DRAFT, State.PENDING, State.RETURNED, State.APPROVED)
_PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line of `offers.yaml`."""

    after: str
    item: str
    record: str
    unless: str
    natures: tuple[str, ...] = ()
    not_natures: tuple[str, ...] = ()
    by: str = "unit"

    def suits(self, nature: str) -> bool:
        """Whether it is of such employers; of one whose nature is not known only what is not of some."""
        return (not self.natures or nature in self.natures) and nature not in self.not_natures


@dataclass(frozen=True, slots=True)
class Offer:
    """An item that a filing offers for a worker."""

    kind: CaseKind
    filing: Filing


@cache
def rules() -> Sequence[Rule]:
    """All lines, in order."""
    raw = yaml.safe_load(Path(__file__).with_name("offers.yaml").read_text("utf-8"))
    return [
        Rule(
            after=one["after"],
            item=one["item"],
            record=one["record"],
            unless=one["unless"],
            natures=tuple(one.get("natures", ())),
            not_natures=tuple(one.get("not_natures", ())),
            by=one.get("by", "unit"),
        )
        for one in raw
    ]


def offered_after(
    filings: Iterable[Filing], *, employer: Employer, kinds: Collection[CaseKind], on: date
) -> list[Offer]:
    """What approved filings of an employer offer of these kinds, as far as nobody has begun it on the
    contract and the record is not in force already."""
    by_name = {kind.name: kind for kind in kinds}
    wanted = [
        (filing, rule)
        for filing in filings
        for rule in rules()
        if rule.by != _PERSON
        and rule.after == filing.kind
        and rule.item in by_name
        and rule.suits(employer.nature)
    ]
    if not wanted:
        return []
    contracts = {filing.contract_id for filing, _ in wanted}
    begun = set(
        Case.objects.filter(
            applicant=employer.pk,
            kind__in={rule.item for _, rule in wanted},
            subject__in=contracts,
            state__in=_BEGUN,
        ).values_list("kind", "subject")
    )
    held = _held({filing.worker_id for filing, _ in wanted}, unit=employer.pk, on=on)
    return [
        Offer(by_name[rule.item], filing)
        for filing, rule in wanted
        if (rule.item, filing.contract_id) not in begun
        and held.get((filing.worker_id, rule.record)) != rule.unless
    ]


def waiting(employer: Employer, kinds: Collection[CaseKind], on: date) -> list[Offer]:
    """What filings approved of late offer, the latest first."""
    if not {kind.name for kind in kinds} & {rule.item for rule in rules()}:
        return []
    lately = (
        Filing.objects.filter(
            employer=employer,
            kind__in=("new", "ending"),
            state=State.APPROVED,
            filed_on__gt=on - timedelta(days=_OFFERED_DAYS),
        )
        .select_related("contract__worker", "worker")
        .order_by("-case_id")[:_LOOKED_AT]
    )
    active = [one for one in lately if one.kind == "ending" or one.in_post]
    return offered_after(active, employer=employer, kinds=kinds, on=on)


def of_person(worker: int, kinds: Collection[CaseKind], on: date) -> list[CaseKind]:
    """What a contract in force offers its worker, who applies themselves."""
    names = {rule.item: rule for rule in rules() if rule.by == _PERSON}
    own = [kind for kind in kinds if kind.name in names]
    if not own or not Contract.objects.filter(worker=worker, state=Contract.State.ACTIVE).exists():
        return []
    held = _held([worker], unit=None, on=on)
    return [
        kind
        for kind in own
        if held.get((worker, names[kind.name].record)) != names[kind.name].unless
    ]


def answers(kind: CaseKind, filing: Filing, *, by: User, today: date) -> Mapping[str, Any]:
    """What the application for a filing's worker begins with: what is known of the employer, of the
    worker, and what the contract says; where the form is a list of persons, as its first row."""
    employer, form = filing.employer, kind.form
    facts = {
        **of_contract(filing.contract),
        **registered(filing.worker),
        "unit.name": employer.name,
        "unit.credit_code": employer.credit_code,
        "today": today.isoformat(),
    }
    raw = known(form, applicant=employer.party, by=by, today=today, item=kind.item)
    raw |= taken(form, facts)
    for table in form.fields:
        if table.rows is not None and any(
            one.known_from == "person.id_number" for one in table.rows.fields
        ):
            raw[table.name] = [taken(table.rows, facts)]
    return raw


def _held(workers: Collection[int], *, unit: int | None, on: date) -> dict[tuple[int, str], str]:
    """What of these persons' records are in force as on a day; of what they have through a unit only
    this one's, where one is named."""
    stands = unexpired(on) | Q(state=Standing.State.SUSPENDED)
    held = Standing.objects.filter(stands, subject__in=workers, thing="")
    if unit is not None:
        held = held.filter(unit=unit)
    return {
        (subject, key): state for subject, key, state in held.values_list("subject", "key", "state")
    }
