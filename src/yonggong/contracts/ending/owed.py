"""What the law has the employer pay at the end of one contract, as far as its form is filled in."""

from __future__ import annotations

from decimal import Decimal

from yonggong.cases.attempts import Attempt
from yonggong.contracts import dispatch, facts
from yonggong.contracts.findings import place_of
from yonggong.contracts.lookups import background_of, contract_of
from yonggong.contracts.threads import values_in_force
from yonggong.law import owing
from yonggong.law.facts import EndingFacts
from yonggong.law.owing import Sum


def is_of_dispatcher(attempt: Attempt) -> bool:
    """Whether the contract filed is the dispatcher's, whose worker this user unit files."""
    held = values_in_force(contract_of(attempt))
    return dispatch.is_user_unit(held, attempt.applicant.employer.credit_code)


def owed_at_end(attempt: Attempt) -> tuple[Sum, ...]:
    """What the employer owes by the answers so far, with the contract on file."""
    return owing.owed_at_end(_ended(attempt))


def _ended(attempt: Attempt) -> EndingFacts:
    return facts.ending_facts(
        attempt.values,
        place_of(attempt.among),
        background_of(attempt),
        held=values_in_force(contract_of(attempt)),
        contract=contract_of(attempt).pk,
        severance_since=contract_of(attempt).severance_since,
    )


def agreed_pay(attempt: Attempt) -> Decimal | None:
    """What the contract on file says of a month's pay; None where it is paid by the hour."""
    held = values_in_force(contract_of(attempt))
    if held.get("base_pay") is None:
        return None
    parts = (held.get(name) for name in ("base_pay", "performance_pay", "allowances"))
    return sum((part for part in parts if part is not None), Decimal(0))
