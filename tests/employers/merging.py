"""Employers of a region whose policy takes mergers and splits, for tests."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from tests.contracts.making import Hall
from tests.files import PNG
from yonggong.cases import actions as case_actions
from yonggong.cases import drafting, materials
from yonggong.cases.kinds import get_kind
from yonggong.cases.models import Case
from yonggong.registry.models import Employer


def merger(hall: Hall, into: Employer, **changed: Any) -> Case:
    """That the hall's employer was absorbed by another, waiting for its reviewer."""
    typed = {
        "merger_kind": "absorbed",
        "merged_on": hall.today.isoformat(),
        "credit_code": into.credit_code,
        "name": into.name,
        "severance_paid": "0",
    }
    return submitted(hall, "merge", typed | changed)


def split(hall: Hall, successors: list[Employer], moved: list[Any], **changed: Any) -> Case:
    """That others were split off: `moved` workers with the employer each goes to."""
    typed = {
        "split_kind": "derived",
        "split_on": hall.today.isoformat(),
        "severance_paid": "0",
        "successors": [{"credit_code": one.credit_code, "name": one.name} for one in successors],
        "moved": [
            {
                "document_type": worker.document_type,
                "document_number": worker.document_number,
                "name": worker.name,
                "successor_code": to.credit_code,
            }
            for worker, to in moved
        ],
    }
    return submitted(hall, "split", typed | changed)


@transaction.atomic
def submitted(hall: Hall, act: str, typed: dict[str, Any]) -> Case:
    """A filing about the hall's employer, its papers uploaded."""
    kind = get_kind(f"employer.{act}")
    applicant = Employer.objects.get(pk=hall.employer.pk).party
    case = drafting.save_draft(
        kind=kind, applicant=applicant, raw=typed, case=None, by=hall.operator, now=hall.now
    )
    for name in ("agreement", "registration"):
        materials.upload(
            case=case,
            name=name,
            file_name="协议.png",
            content=PNG,
            by=hall.operator,
            now=hall.now,
            address=None,
        )
    return case_actions.submit(
        kind=kind,
        raw=typed,
        applicant=applicant,
        case=case,
        key=None,
        by=hall.operator,
        now=hall.now,
        address=None,
    )
