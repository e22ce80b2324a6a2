"""Rows written and locked by statements built once are those that the ORM writes and locks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from yonggong.cases import statements
from yonggong.cases.models import Case, Event

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
