"""Cancellations for tests: filed with all that is asked for, approved."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.contracts.making import Hall
from tests.files import PNG
from yonggong.cases import actions as case_actions
from yonggong.cases import materials
from yonggong.cases.models import Case
from yonggong.contracts.models import Contract
from yonggong.employers import drafts
from yonggong.forms.page import EXPLANATION
from yonggong.registry.models import Employer

EXPLAINED = {"severance-due": "已按工作年限逐人支付，签收单已存档。"}


def cancellation(hall: Hall, **changed: Any) -> Case:
    """A cancellation of the hall's employer, waiting for its reviewer."""
    case = begun(hall)
    return submitted(hall, case, **changed)


def begun(hall: Hall) -> Case:
    """Its draft, with the proof."""
    case = drafts.begin_cancellation(employer=hall.employer, by=hall.operator, now=hall.now)
    materials.upload(
        case=case,
        name="cancel_proof",
        file_name="注销证明.png",
        content=PNG,
        by=hall.operator,
        now=hall.now,
        address=None,
    )
    return case


def submitted(hall: Hall, case: Case, **changed: Any) -> Case:
    given = {"explanations": changed.pop("explanations", EXPLAINED)}
    return case_actions.submit(
        kind=case.definition,
        raw=typed(hall) | changed,
        applicant=hall.employer.party,
        case=case,
        key=uuid4(),
        by=hall.operator,
        now=hall.now,
        address="127.0.0.1",
        **given,
    )


def typed(hall: Hall) -> dict[str, str]:
    """What an operator types."""
    return {"closed_on": hall.today.isoformat(), "reason": "经营期限届满，股东会决议解散"}


def sent(hall: Hall) -> dict[str, str]:
    """The same as its page sends it, with the explanation."""
    return typed(hall) | {f"{EXPLANATION}{rule}": said for rule, said in EXPLAINED.items()}


def closed(hall: Hall) -> Case:
    """A cancellation, approved."""
    case = hall.approve(cancellation(hall))
    hall.employer = Employer.objects.get(pk=hall.employer.pk)
    return case


def left_behind(hall: Hall) -> Contract:
    """A contract that still stands with an employer that has closed: it was closed before endings
    went with it, or the contract was put right since."""
    Employer.objects.filter(pk=hall.employer.pk).update(state="filed")
    hall.employer = Employer.objects.get(pk=hall.employer.pk)
    contract = hall.in_force()
    Employer.objects.filter(pk=hall.employer.pk).update(state="cancelled", cancelled_on=hall.today)
    hall.employer = Employer.objects.get(pk=hall.employer.pk)
    return contract
