"""What a user unit's filing writes: the person, the searchable row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases.actions import Refused
from yonggong.cases.attempts import Attempt
from yonggong.cases.models import Case
from yonggong.codes.names import person_name
from yonggong.contracts import refusals
from yonggong.contracts.models import Posting
from yonggong.registry import actions as registry
from yonggong.registry import people


def _columns(case: Case, attempt: Attempt) -> dict[str, Any]:
    assert case.filed_at is not None
    values = attempt.values
    return {
        "worker": registry.get_or_add_worker(
            document_type=values["document_type"],
            number=values["document_number"],
            name=values["name"],
            sex=values["sex"],
            birth_on=values["birth_on"],
        ),
        "agency_id": case.agency_id,
        "region_code": case.region_code,
        "state": case.state,
        "name": values["name"],
        "dispatcher_code": values["dispatcher_code"],
        "dispatcher": values["dispatcher"],
        "job": values["job"],
        "start_on": values["dispatch_start_on"],
        "end_on": values["dispatch_end_on"],
        "filed_on": timezone.localdate(case.filed_at),
    }


def opened(case: Case, attempt: Attempt) -> Posting:
    return Posting(case=case, user_unit_id=case.applicant_id, **_columns(case, attempt))


def amended(case: Case, attempt: Attempt) -> None:
    Posting.objects.filter(case=case).update(**_columns(case, attempt))


def mark(case: Case) -> None:
    """The row's state follows its case."""
    Posting.objects.filter(case=case).update(state=case.state)


def transferred(case: Case) -> None:
    """The row lies with the agency that its case was handed to."""
    Posting.objects.filter(case=case).update(agency=case.agency_id)


def moved(cases: Sequence[int], agency: int, region: str) -> None:
    """The rows lie with the agency to which their user unit was moved."""
    Posting.objects.filter(case__in=cases).update(agency=agency, region_code=region)


def applied(case: Case, by: User, now: datetime) -> None:
    """Who the person is, is known from now on; the contract stays the dispatcher's."""
    posting = Posting.objects.get(case=case)
    worker, values = people.lock_worker(posting.worker_id), case.values
    name = person_name(values["name"])
    if found := refusals.of_person(name, worker):
        raise Refused(found)
    people.take_approved(
        worker=worker,
        approved=people.Particulars(
            document_type=values["document_type"],
            number=values["document_number"],
            name=name,
            sex=values["sex"],
            birth_on=values["birth_on"],
        ),
        why=case.reference,
        by=by,
        at=now,
    )
    mark(case)


def revoked(case: Case, by: User, now: datetime) -> None:
    """What the unit filed of the dispatch holds no longer; who the person is, is as it was before."""
    posting = Posting.objects.get(case=case)
    people.take_back(
        worker=people.lock_worker(posting.worker_id), why=case.reference, by=by, at=now
    )
    mark(case)
