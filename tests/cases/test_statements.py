"""Rows written and locked by statements built once are those that the ORM writes and locks."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from yonggong.cases import statements
from yonggong.cases.models import Case, Event, Submission
from yonggong.registry.models import Employer

pytestmark = pytest.mark.django_db


def _columns(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_a_row_is_locked_whole(submit: Any) -> None:
    case = submit()
    with transaction.atomic():
        found = statements.locked(Case, case.pk)
    assert _columns(found) == _columns(Case.objects.get(pk=case.pk))
    assert found.get_deferred_fields() == set() and not found._state.adding
    assert found.applicant == case.applicant


def test_a_row_that_is_not_there_is_said_not_to_exist(db: None) -> None:
    with pytest.raises(Case.DoesNotExist), transaction.atomic():
        statements.locked(Case, 1)


def test_a_row_is_added_with_a_key_and_its_defaults(submit: Any, now: datetime) -> None:
    case = submit()
    event = Event(
        case=case, action="assign", by=case.filed_by, at=now, changes=[["a", "甲", "", "'"]]
    )
    statements.insert(event)
    kept = Event.objects.get(pk=event.pk)
    assert _columns(kept) == _columns(event) and not event._state.adding
    with pytest.raises(IntegrityError), transaction.atomic():
        statements.insert(kept)


def test_all_columns_but_those_named_are_set(submit: Any) -> None:
    case = submit()
    sets, fields = statements.settings_of(Case, but=("current",))
    names = {field.attname for field in Case._meta.concrete_fields}
    assert {field.attname for field in fields} == names - {"id", "current_id"}
    before = case.updated_at
    values = dict(
        zip(
            (field.attname for field in fields),
            statements.values_of(case, fields, add=False),
            strict=True,
        )
    )
    assert sets.count("%s") == len(fields) and values["subject_name"] == case.subject_name
    assert case.updated_at > before, "as on every save"


def test_a_row_is_locked_behind_one_that_is_added_or_was_there(submit: Any) -> None:
    case, key = submit(), uuid4()
    adding = (
        "INSERT INTO cases_submission (user_id, key, outcome, at) VALUES (%s, %s, '', now())"
        " ON CONFLICT (user_id, key) DO NOTHING",
        [case.filed_by_id, key],
    )
    with transaction.atomic():
        found, new = statements.locked_behind(Case, case.pk, adding)
        again, twice = statements.locked_behind(Case, case.pk, adding)
    assert (new, twice) == (True, False) and Submission.objects.filter(key=key).count() == 1
    assert _columns(found) == _columns(again) == _columns(Case.objects.get(pk=case.pk))
    with pytest.raises(Case.DoesNotExist), transaction.atomic():
        statements.locked_behind(Case, 0, adding)


def test_rows_are_found_with_what_else_was_asked(submit: Any) -> None:
    case = submit()
    asked = ("SELECT max(number) FROM cases_version WHERE case_id = %s", [case.pk])
    found, told = statements.rows_and(Case, ("cases_case.id = ANY(%s)", [[case.pk]]), asked)
    assert [_columns(row) for row in found] == [_columns(Case.objects.get(pk=case.pk))]
    assert told == 1
    assert statements.rows_and(Case, ("cases_case.id = %s", [0]), asked) == ([], 1)


def test_a_row_is_added_with_the_one_that_it_names(submit: Any, now: datetime) -> None:
    case = submit()

    def event() -> Event:
        return Event(action="assign", by=case.filed_by, at=now, changes=[["a", "甲", "", "'"]])

    found = "WITH kept AS (SELECT id FROM cases_case WHERE id = %s)"
    added, none = event(), event()
    assert statements.insert_naming(added, "case", (found, [case.pk]))
    assert added.case_id == case.pk and not added._state.adding
    assert _columns(Event.objects.get(pk=added.pk)) == _columns(added)
    assert not statements.insert_naming(none, "case", (found, [0])) and none.pk is None


def test_a_row_is_got_with_what_is_around_it(
    submit: Any, employer: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        found = statements.got(Employer, employer.pk, "agency")
        assert found.agency is not None
        columns = _columns(found) | {"agency": _columns(found.agency)}
    kept = Employer.objects.get(pk=employer.pk)
    assert kept.agency is not None
    assert columns == _columns(kept) | {"agency": _columns(kept.agency)}
    case = submit()
    got = statements.got(Case, case.pk, "current", "agency", "assigned_to")
    assert _columns(got) == _columns(Case.objects.get(pk=case.pk))
    assert (got.current, got.agency, got.assigned_to) == (case.current, case.agency, None)
    with pytest.raises(Employer.DoesNotExist):
        statements.got(Employer, 0, "agency")
