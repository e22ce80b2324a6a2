"""What the approval of a renewal writes: the contract's new term."""

from __future__ import annotations

from datetime import datetime

from yonggong.accounts.models import User
from yonggong.cases.models import Case
from yonggong.contracts.effects import in_force, rules_of, save_contract, terms
from yonggong.contracts.models import Filing


def applied(case: Case, by: User, now: datetime) -> None:
    contract = in_force(case)
    for name, value in terms(case.values, contract.employer, rules_of(case)).items():
        setattr(contract, name, value)
    contract.term_count += 1
    save_contract(contract, case)
    Filing.objects.filter(contract=contract, in_post=True).update(in_post=False)
    Filing.objects.filter(case=case).update(state=case.state, in_post=True)
