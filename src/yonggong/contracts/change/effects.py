"""What the approval of a change writes: the contract as it holds from then on."""

from __future__ import annotations

from datetime import datetime

from yonggong.accounts.models import User
from yonggong.cases.models import Case
from yonggong.contracts.effects import in_force, mark, rules_of, save_contract, terms


def applied(case: Case, by: User, now: datetime) -> None:
    contract = in_force(case)
    for name, value in terms(case.values, contract.employer, rules_of(case)).items():
        setattr(contract, name, value)
    save_contract(contract, case)
    mark(case)
