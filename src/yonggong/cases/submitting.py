"""What a submission writes, once it has been checked: the case, the version, the event, the step."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection
from django.utils import timezone

from yonggong.cases import closed, form_versions, participants, steps
from yonggong.cases.attempts import Attempt
from yonggong.cases.bulk import reserve
from yonggong.cases.errors import Refused
from yonggong.cases.kinds import CaseKind
from yonggong.cases.life import Action, State
from yonggong.cases.models import Case, Event, Step, Version
from yonggong.cases.routing import region_of
from yonggong.cases.sealing import sealed
from yonggong.cases.statements import insertion, settings_of, values_of
from yonggong.cases.verdicts import Verdict
from yonggong.forms.diff import diff


def write(
    tried: Attempt,
    verdicts: Sequence[Verdict],
    *,
    case: Case | None,
    parent: Case | None = None,
    action: Action,
    now: datetime,
    address: str | None,
) -> Case:
    """Write what was checked: the case (None: a new one), its version, its event, its open step.
    What was typed until then is gone. `parent`: the joint case that a new one is an item of."""
    kind, applicant = tried.kind, tried.applicant
    changes = _changes(kind, case, tried.values) if action is Action.AMEND else []
    if case is None:
        case = Case(
            kind=kind.name,
            item_version_id=kind.version,
            frequent=kind.frequent,
            exclusive=kind.exclusive,
            parent=parent,
            applicant=applicant,
        )
    case.filed_by = tried.by
    case.counter_id = tried.by.scope.counter_for(applicant.pk)
    case.state = State.PENDING
    case.region_code = region_of(tried)
    case.agency = tried.agency
    case.acting_agency = case.agency
    if case.filed_at is None:
        case.subject = kind.effects.begins(tried)
    case.subject_name = kind.subject_name(tried)[:130]
    # Whoever reviews stands in the form's own field, chosen or not.
    found = {kind.agency_field: str(case.agency_id)} if kind.agency_field else {}
    version = Version(
        form_id=form_versions.key_of(kind.form),
        number=case.current.number + 1 if case.current else 1,
        findings=[asdict(verdict) for verdict in verdicts],
        judged_on=tried.today,
        by=tried.by,
        at=now,
        taken_from=parent.version if parent else None,
        counter_id=case.counter_id,
    )
    case.finding_count = len(version.findings)
    if case.filed_at is not None:
        # People quote the number they were given: mending a case does not give it another.
        case.first_filed_on = case.first_filed_on or timezone.localdate(case.filed_at)
    case.filed_at = now
    case.due_on = kind.decide_by(tried.policy, tried.today)
    case.due_by_law_on = kind.decide_by_law(tried.today)
    case.statutory_due_on, case.late_days = tried.lateness
    case.assigned_to = case.decided_by = case.decided_as = case.decided_at = None
    step = _step(case, now=now)
    event = Event(action=action, by=tried.by, at=now, address=address, changes=changes)
    try:
        dumped = kind.form.dump({**tried.values, **found})
        _save(case, version, event, tried, dumped, first=action is Action.SUBMIT)
    except IntegrityError as error:
        kind.effects.collided(error)
        raise
    if step is not None:
        step.save(force_insert=True)
    participants.keep(case, tried)
    case.__dict__.pop("values", None)
    return case


def _save(
    case: Case,
    version: Version,
    event: Event,
    tried: Attempt,
    dumped: Mapping[str, Any],
    *,
    first: bool,
) -> None:
    """Write the case, the version of what was filed (`dumped`; its personal values are sealed once
    the case has its key) and its event, and take the draft away; where it is first
    filed, also the row that its kind adds. What is there
    already costs one statement, since each costs more than what it asks. A case that is not there
    yet names the version by a reserved key, since a version belongs to a case that is.

    Raises `Refused` where the applicant was closed since it was checked."""
    written, columns = "", list[Any]()
    if case.pk is None:
        (version.pk,) = reserve("cases_version", 1)
        case.current_id = version.pk
        case.save()
    else:
        sets, fields = settings_of(Case, but=("current",))
        written = (
            f" filed AS (UPDATE cases_case SET {sets}, current_id = (SELECT id FROM key)"
            " WHERE id = %s),"
        )
        columns = [*values_of(case, fields, add=False), case.pk]
    version.case = case
    owner = Version.owner_of(case.pk, version.number)
    version.data = sealed(dumped, tried.kind.form.personal_fields, owner)
    own = tried.kind.effects.opened(case, tried) if first else None
    held, is_open = closed.HELD
    if own is not None:
        sql, values = insertion(own)
        written, columns = f"{written} own AS ({sql}),", [*columns, *values]
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH key AS (SELECT COALESCE(%s,"
            " nextval(pg_get_serial_sequence('cases_version', 'id'))) AS id),"
            f"{written} {held},"
            " typed AS (DELETE FROM cases_draft WHERE case_id = %s),"
            " said AS (INSERT INTO cases_event (case_id, action, by_id, at, opinion, changes,"
            " address) VALUES (%s, %s, %s, %s, '', %s::jsonb, %s))"
            " INSERT INTO cases_version (id, case_id, form_id, number, data, findings, judged_on,"
            " by_id, at, taken_from_id, counter_id)"
            " SELECT id, %s, %s, %s, %s::jsonb, %s::jsonb, %s, %s, %s, %s, %s FROM key"
            f" WHERE {is_open} RETURNING id",
            [
                version.pk,
                *columns,
                closed.held_key(tried.kind, tried.applicant),
                case.pk,
                case.pk,
                event.action,
                event.by_id,
                event.at,
                _json(event.changes),
                event.address,
                case.pk,
                version.form_id,
                version.number,
                _json(version.data),
                _json(version.findings),
                version.judged_on,
                version.by_id,
                version.at,
                version.taken_from_id,
                version.counter_id,
            ],
        )
        kept = cursor.fetchone()
    if kept is None:
        raise Refused([closed.refusal(tried.kind)])
    (version.pk,) = kept
    case.current = version


# One encoder for all: what is filed is read by people too.
_json = json.JSONEncoder(ensure_ascii=False).encode


def _step(case: Case, *, now: datetime) -> Step | None:
    """The step that a case with a procedure now waits in: its first, or the one that returned it."""
    if case.definition.procedure is None:
        return None
    returned = case.pk is not None and case.steps.exists()
    return steps.reopen(case, now=now) if returned else steps.begin(case, now=now)


def _changes(kind: CaseKind, case: Case | None, values: Mapping[str, Any]) -> list[list[str]]:
    if case is None:
        return []
    return [
        [change.field, change.label, change.old_text, change.new_text]
        for change in diff(kind.form, case.values, values)
    ]
