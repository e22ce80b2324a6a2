"""Ten thousand applications of mixed items of the service standard in one county, beside the contracts:
the lists of a person, an employer, a reviewer and their supervisor; the largest form opened.

The cases are written as rows: each with its version (the form's own invented answers, sealed), its open
step where it waits, its event. The floor of a form fills it in and checks it, and draws nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import cycle
from random import Random

from django.db import connection, transaction
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone

from bench.lists import SeenList, results_of
from bench.results import Result, interleaved
from yonggong.accounts.models import Grant, User
from yonggong.cases import drafting, form_versions, items
from yonggong.cases.bulk import reserve
from yonggong.cases.kinds import CaseKind
from yonggong.cases.life import Action, Phase, State
from yonggong.cases.models import Case, Event, Step, Version
from yonggong.cases.sealing import sealed
from yonggong.demonstration.people import PASSWORD, PERSON
from yonggong.documents.samples import invented_answers
from yonggong.forms import Form
from yonggong.portals.bureau import lists as bureau
from yonggong.portals.employer.items import LISTING as OF_EMPLOYER
from yonggong.portals.person.cases import LISTING as OF_PERSON
from yonggong.registry.models import Agency
from yonggong.registry.parties import Party

_CASES, _AT_ONCE, _ROUNDS = 10_000, 1000, 15
# Of a hundred applications so many are the employer's, the person's; the others are of many persons.
_OF_EMPLOYER, _OF_PERSON, _OTHERS = 30, 5, 3000
_DAYS = 300
_REVIEWER, _OPERATOR = "shenhe_wh", "wuhai"
_SUPERVISOR = "zhuguan_wh"
# How a hundred of them stand.
_FATES = (
    (45, State.PENDING, Phase.ACCEPTING),
    (50, State.RETURNED, Phase.MENDING),
    (53, State.REFUSED, Phase.REJECTED),
    (100, State.APPROVED, Phase.DONE),
)


@override_settings(ALLOWED_HOSTS=["testserver"])
def run() -> list[Result]:
    """For each list the median over all questions and the worst; the largest form of each portal."""
    reviewer = Grant.objects.select_related("agency").get(user__username=_REVIEWER)
    agency = reviewer.agency
    assert agency is not None
    kinds = [
        kind
        for kind in items.kinds_for(agency.region_code, timezone.localdate())
        if kind.procedure is not None and not kind.pages.own
    ]
    employer = Grant.objects.get(user__username=_OPERATOR).party
    person = Party.objects.get(pk=User.objects.get(username=PERSON[0]).person_id)
    assert employer is not None
    _fill(kinds, agency, employer, person)
    results = []
    for seen in _lists():
        results += results_of("services", seen, _signed_in(seen.asker))
    for username, applicant, form in (
        (_OPERATOR, employer, "employer:item-form"),
        (PERSON[0], person, "person:item-form"),
    ):
        largest = max(
            (kind for kind in kinds if kind.serves(applicant) and not kind.counter_only),
            key=lambda kind: _size(kind.form),
        )
        results.append(_opened(username, applicant, largest, form))
    return results


def _lists() -> Iterator[SeenList]:
    yield SeenList("person", reverse("person:home"), OF_PERSON, PERSON[0])
    yield SeenList("employer", reverse("employer:item"), OF_EMPLOYER, _OPERATOR)
    yield SeenList("reviewer, queue", reverse("bureau:queue"), bureau.QUEUE, _REVIEWER)
    yield SeenList("reviewer, clean", reverse("bureau:clean"), bureau.CLEAN, _REVIEWER)
    yield SeenList("reviewer, cases", reverse("bureau:cases"), bureau.CASES, _REVIEWER)
    yield SeenList("supervisor, cases", reverse("bureau:cases"), bureau.CASES, _SUPERVISOR)


def _signed_in(username: str) -> Client:
    client = Client()
    answer = client.post("/sign-in/", {"username": username, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return client


# --- a form ----------------------------------------------------------------------------------


def _size(form: Form) -> int:
    return sum(len(one.rows.fields) if one.rows else 1 for one in form.fields)


def _opened(username: str, applicant: Party, kind: CaseKind, form: str) -> Result:
    """A draft with its form filled in, opened as a browser does."""
    raw = invented_answers(kind.form)
    draft = drafting.save_draft(
        kind=kind, applicant=applicant, raw=raw, case=None,
        by=User.objects.get(username=username), now=timezone.now(),
    )  # fmt: skip
    client, address = _signed_in(username), reverse(form, args=[draft.pk])

    def page() -> None:
        assert client.get(address).status_code == 200

    ours, floor = interleaved(page, lambda: kind.form.clean(raw), rounds=_ROUNDS)
    name = f"services: the largest form of {username}, {_size(kind.form)} fields"
    return Result(name, "ms", ours, floor, "< 300 ms")


# --- filled ----------------------------------------------------------------------------------


def _fill(kinds: Sequence[CaseKind], agency: Agency, employer: Party, person: Party) -> None:
    others = Party.objects.bulk_create(
        Party(kind=Party.Kind.PERSON, name=f"试验{number}", region_code=agency.region_code)
        for number in range(_OTHERS)
    )
    chance, now = Random(13), timezone.now()
    of_units = cycle([kind for kind in kinds if kind.serves(employer)])
    of_persons = cycle([kind for kind in kinds if kind.serves(person)])
    answers = {kind.name: _answers(kind) for kind in kinds}
    reviewer = User.objects.get(username=_REVIEWER)
    by_unit, by_person = (User.objects.get(username=one) for one in (_OPERATOR, PERSON[0]))
    for first in range(0, _CASES, _AT_ONCE):
        with transaction.atomic():
            rows = []
            for number in range(first, min(first + _AT_ONCE, _CASES)):
                of = number % 100
                if of < _OF_EMPLOYER:
                    rows.append(_case(next(of_units), employer, by_unit, chance, now))
                else:
                    own = of < _OF_EMPLOYER + _OF_PERSON
                    applicant = person if own else chance.choice(others)
                    rows.append(_case(next(of_persons), applicant, by_person, chance, now))
            _write(rows, agency, reviewer, answers)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _answers(kind: CaseKind) -> dict[str, object]:
    cleaned = kind.form.clean(invented_answers(kind.form))
    return kind.form.dump(cleaned.values)


def _case(kind: CaseKind, applicant: Party, by: User, chance: Random, now: datetime) -> Case:
    filed_at = now - timedelta(days=chance.randrange(_DAYS), minutes=chance.randrange(480))
    fate = chance.randrange(100)
    state, phase = next((state, phase) for most, state, phase in _FATES if fate < most)
    case = Case(
        kind=kind.name,
        item_version_id=kind.version,
        state=state,
        phase=phase,
        applicant=applicant,
        subject_name=applicant.name,
        region_code=applicant.region_code,
        filed_by=by,
        filed_at=filed_at,
    )
    promised = kind.procedure.promised if kind.procedure else None
    case.due_on = promised.due(filed_at.date()) if promised else None
    return case


def _write(
    rows: Sequence[Case], agency: Agency, reviewer: User, answers: dict[str, dict[str, object]]
) -> None:
    keys, versions = reserve("cases_case", len(rows)), reserve("cases_version", len(rows))
    filed, steps, events = [], [], []
    for case, key, version in zip(rows, keys, versions, strict=True):
        kind, at = case.definition, case.filed_at
        assert kind.procedure is not None and at is not None
        case.pk, case.current_id = key, version
        case.agency = case.acting_agency = agency
        first = kind.procedure.first
        step = Step(
            case=case, round=1, position=0, key=first.key, kind=first.kind, agency=agency,
            opened_at=at, due_on=case.due_on, filed_by=case.filed_by,
        )  # fmt: skip
        if case.state != State.PENDING:
            case.decided_by, case.decided_at = reviewer, at + timedelta(days=1)
            step.acted_by, step.acted_at, step.outcome = reviewer, case.decided_at, "next"
        steps.append(step)
        owner = Version.owner_of(key, 1)
        data = sealed(answers[kind.name], kind.form.personal_fields, owner)
        filed.append(
            Version(
                pk=version, case=case, form_id=form_versions.key_of(kind.form), number=1, data=data,
                findings=[], judged_on=at.date(), by=case.filed_by, at=at,
            )
        )  # fmt: skip
        events.append(Event(case=case, action=Action.SUBMIT, by=case.filed_by, at=at))
    Case.objects.bulk_create(rows)
    Version.objects.bulk_create(filed)
    Step.objects.bulk_create(steps)
    Event.objects.bulk_create(events)
