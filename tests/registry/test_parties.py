"""Parties: one key for whoever can take part in a case, be it an employer, a person, an agency."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from yonggong.registry import actions, people
from yonggong.registry.models import Agency, Worker
from yonggong.registry.parties import Party

pytestmark = pytest.mark.django_db


def _worker(**changed: Any) -> Worker:
    given = {
        "document_type": "01",
        "number": "22010419900307213X",
        "name": "试一",
        "sex": "1",
        "birth_on": date(1990, 3, 7),
    } | changed
    return actions.get_or_add_worker(**given)


def test_an_employer_and_an_agency_are_parties_by_their_own_keys(
    employer: Any, agency: Agency
) -> None:
    assert Party.objects.get(pk=employer.pk).kind == "employer"
    assert Party.objects.get(pk=agency.pk).kind == "agency"


def test_keys_of_employers_agencies_and_persons_never_agree(employer: Any, agency: Agency) -> None:
    keys = [employer.pk, agency.pk, _worker().pk]
    assert len(set(keys)) == 3
    assert Party.objects.create(kind="person", name="后来").pk > max(keys)


def test_agencies_added_at_once_are_parties_too(db: None) -> None:
    added = Agency.objects.bulk_create(
        Agency(name=f"科{place}", level="county", region_code=f"22010{place}") for place in (2, 3)
    )
    names = Party.objects.filter(pk__in=[agency.pk for agency in added]).values_list("name")
    assert {name for (name,) in names} == {"科2", "科3"}


def test_the_database_knows_no_employer_that_is_no_party(employer: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM registry_party WHERE id = %s", [employer.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_an_approved_change_of_name_reaches_the_party(employer: Any, agency: Agency) -> None:
    actions.take_employer_particulars(
        employer=employer,
        values={"name": "长春更名有限公司", "region_code": "220102"},
        agency_id=agency.pk,
        on=date(2026, 11, 20),
    )
    party = Party.objects.get(pk=employer.pk)
    assert (party.name, party.region_code) == ("长春更名有限公司", "220102")


def test_a_worker_is_no_party_until_they_take_part(db: None) -> None:
    worker = _worker()
    assert not Party.objects.filter(pk=worker.pk).exists()
    party = actions.enter_person(worker=worker, region_code="220104")
    assert (party.pk, party.kind, party.name) == (worker.pk, "person", "试一")
    assert actions.enter_person(worker=worker, region_code="220102").region_code == "220104"


def _file_again(worker: Worker, by: Any, at: Any) -> None:
    _worker(name="试二")


def _file_many(worker: Worker, by: Any, at: Any) -> None:
    actions.retake_unconfirmed(
        workers=[worker.pk], names=["试二"], sexes=["1"], births=[date(1990, 3, 7)]
    )


def _approve(worker: Worker, by: Any, at: Any) -> None:
    particulars = people.Particulars(
        document_type="01", number=worker.document_number, name="试二", sex="1", birth_on=None
    )
    people.take_approved(worker=worker, approved=particulars, why="办件", by=by, at=at)


@pytest.mark.parametrize("rename", [_file_again, _file_many, _approve])
def test_a_persons_party_has_the_persons_name(
    rename: Callable[..., None], reviewer: Any, now: Any
) -> None:
    worker = _worker()
    party = actions.enter_person(worker=worker, region_code="220104")
    rename(worker, reviewer, now)
    party.refresh_from_db()
    assert party.name == Worker.objects.get(pk=worker.pk).name == "试二"
