"""What was filed names the form it was filled in on, and is shown on it after the form changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from tests.cases import club
from yonggong.cases import form_versions
from yonggong.cases import kinds as case_kinds
from yonggong.cases import queries as case_queries
from yonggong.cases.kinds import all_kinds
from yonggong.cases.models import Case, FormVersion
from yonggong.forms import Form

pytestmark = pytest.mark.django_db


@pytest.fixture
def renamed(monkeypatch: pytest.MonkeyPatch) -> Form:
    """The club's form as it is later: the racket is called otherwise."""
    form = club.FORM.altered(racket={"label": "拍子"})
    changed = replace(club.MEMBERSHIP, form=form)
    monkeypatch.setitem(case_kinds._KINDS, club.MEMBERSHIP.name, changed)
    return form


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.name)
def test_every_kinds_form_can_be_kept_and_read_again(kind: Any) -> None:
    key = form_versions.key_of(kind.form)
    read = Form.from_data(FormVersion.objects.get(pk=key).description)
    assert read.to_data() == kind.form.to_data()
    assert form_versions.key_of(read) == key


def test_the_same_form_is_kept_once() -> None:
    form_versions.keep([club.FORM, club.FORM])
    assert FormVersion.objects.filter(name=club.FORM.name).count() == 1


def test_what_was_filed_names_its_form(submit: Any) -> None:
    case = submit()
    kept = FormVersion.objects.get(pk=case.version.form_id)
    assert kept.description == club.FORM.to_data()
    assert case_queries.form_of(case.version, case) is club.FORM


def test_after_the_form_changed_the_filing_is_shown_on_its_own(
    submit: Any, renamed: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    case = submit(racket="木拍", explanations={"probation-pay": "祖传"})
    monkeypatch.setitem(
        case_kinds._KINDS, club.MEMBERSHIP.name, replace(club.MEMBERSHIP, form=renamed)
    )
    case = Case.objects.get(pk=case.pk)
    form = case_queries.form_of(case.version, case)
    assert form.fields_by_name["racket"].label == "球拍"
    assert case.definition.form.fields_by_name["racket"].label == "拍子"
    assert case.version.values_on(form)["racket"] == "木拍"


def test_another_form_is_another_row(renamed: Form) -> None:
    assert form_versions.key_of(renamed) != form_versions.key_of(club.FORM)


def test_the_application_may_not_change_a_kept_form() -> None:
    from django.conf import settings
    from django.db import ProgrammingError, transaction

    form_versions.keep([club.FORM])
    role = connection.ops.quote_name(settings.APPLICATION_ROLE)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
        cursor.execute("UPDATE cases_formversion SET name = ''")
