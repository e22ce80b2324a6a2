"""Items handled in Wuhai as far as a list of payments, and as far as a publicity that runs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from yonggong.accounts.models import User
from yonggong.cases import queries as case_queries
from yonggong.contracts.models import Contract
from yonggong.demonstration.applying import apply_for, at_counter, handle, next_moment
from yonggong.registry.models import Employer
from yonggong.services import payments

_PAID = "work-injury-medical-expense-claim"
_PUBLICISED = "employer-hard-to-employ-social-insurance-subsidy"
_AMOUNTS = (Decimal("3862.40"), Decimal("12719.05"))


def load_services(*, operator: str, reviewers: tuple[str, str], clerk: str) -> None:
    """Claims of an employer for two of its workers on a list that was handed over; its subsidy publicised."""
    by = User.objects.get(username=operator)
    employer = Employer.objects.get(pk=min(by.scope.own_employers))
    people = [User.objects.get(username=name) for name in reviewers]
    given: dict[str, Any] = {"employer": employer, "by": by}
    held = Contract.objects.filter(employer=employer, state=Contract.State.ACTIVE)
    listed = []
    for amount, contract in zip(
        _AMOUNTS, held.select_related("worker").order_by("pk"), strict=False
    ):
        worker = contract.worker
        typed = {"name": worker.name, "id_number": worker.document_number}
        case = handle(apply_for(_PAID, typed, **given), people, until="pay")
        step = case_queries.open_step(case)
        assert step is not None
        payment = payments.enter(
            step=step,
            payee=worker.name,
            bank="演示银行海勃湾支行",
            account=f"62220000{worker.pk:08d}",
            amount=amount,
            by=people[0],
            now=next_moment(),
        )
        listed.append(payment.pk)
    payments.hand_over(payments=listed, by=people[0], now=next_moment())
    subsidy = apply_for(_PUBLICISED, {}, employer=employer, by=at_counter(clerk, employer))
    handle(subsidy, people, until="publicity")
