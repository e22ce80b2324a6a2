"""What the approval of an ending writes: the contract is over."""

from __future__ import annotations

from datetime import datetime

from yonggong.accounts.models import User
from yonggong.cases.models import Case
from yonggong.contracts.effects import in_force, mark
from yonggong.contracts.models import Contract, Filing


def applied(case: Case, by: User, now: datetime) -> None:
    contract = in_force(case)
    contract.state, contract.ended_on = Contract.State.ENDED, case.values["ended_on"]
    contract.save(update_fields=["state", "ended_on"])
    Filing.objects.filter(contract=contract, in_post=True).update(in_post=False)
    mark(case)
