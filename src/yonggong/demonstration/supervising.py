"""Clues to look into: how many some employers insure, then what a night's run finds."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.codes.invent import invent_credit_code
from yonggong.contracts.models import Contract
from yonggong.registry.models import Employer
from yonggong.supervision import finding
from yonggong.supervision.models import InsuredFigure

# More insured than filed, of the employer that has an account; and one that never filed.
_MORE, _UNKNOWN = 9, 14


def load_clues(*, operator: str, inspector: str, today: date) -> None:
    """Figures of the operator's county, and everything that is found in the data loaded."""
    employer = Employer.objects.get(pk__in=User.objects.get(username=operator).scope.own_employers)
    held = Contract.objects.filter(employer=employer, state=Contract.State.ACTIVE).count()
    code = invent_credit_code(Random(operator), region=employer.region_code)
    for credit_code, name, people in (
        (employer.credit_code, employer.name, held + _MORE),
        (code, "乌海市海勃湾区晴川餐饮店", _UNKNOWN),
    ):
        InsuredFigure.objects.create(
            credit_code=credit_code,
            name=name,
            region_code=employer.region_code,
            people=people,
            as_of=today.replace(day=1) - timedelta(days=1),
            by=User.objects.get(username=inspector),
            at=timezone.now(),
        )
    finding.run(now=timezone.now())
