"""What a user unit's filing writes: the person, the searchable row."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from yonggong.accounts.models import User
from yonggong.cases.actions import Refused
from yonggong.cases.attempts import Attempt
from yonggong.cases.models import Case
from yonggong.codes.names import person_name
from yonggong.contracts import refusals
from yonggong.contracts.models import Posting
from yonggong.contracts.posting_parts import effects_with, keep_what_was_changed, mark
from yonggong.registry import actions as registry
from yonggong.registry import people


def _whose(attempt: Attempt) -> dict[str, Any]:
    values = attempt.values
    return {
        "worker": registry.get_or_add_worker(
            document_type=values["document_type"],
            number=values["document_number"],
            name=values["name"],
            sex=values["sex"],
            birth_on=values["birth_on"],
        ),
        "name": values["name"],
        "dispatcher_code": values["dispatcher_code"],
        "dispatcher": values["dispatcher"],
    }


def _applied(case: Case, by: User, now: datetime) -> None:
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


def _revoked(case: Case, by: User, now: datetime) -> None:
    """What the unit filed of the dispatch holds no longer; who the person is, is as it was before."""
    keep_what_was_changed(case)
    posting = Posting.objects.get(case=case)
    people.take_back(
        worker=people.lock_worker(posting.worker_id), why=case.reference, by=by, at=now
    )
    mark(case)


EFFECTS = effects_with(_whose, applied=_applied, revoked=_revoked)
