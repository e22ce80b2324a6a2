"""What cases write on the register of disputes, and who reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases import queries as case_queries
from yonggong.cases.attempts import Attempt
from yonggong.cases.life import Phase
from yonggong.cases.models import Case, Participant
from yonggong.cases.pages import Look
from yonggong.contracts.beside import Beside
from yonggong.contracts.models import Contract
from yonggong.disputes.claims import claimed_in
from yonggong.disputes.models import Dispute
from yonggong.disputes.sides import named_among, sides_of
from yonggong.documents import results
from yonggong.registry.models import Employer
from yonggong.relations.blockers import Blocker


def opened(sort: Dispute.Sort) -> Callable[[Case, Attempt], Dispute]:
    """What gives the row of an application of a sort that is sent for the first time. Unsaved."""
    return lambda case, attempt: Dispute(
        case=case, sort=sort, counter_to_id=case.subject, **_columns(attempt)
    )


def amended(case: Case, attempt: Attempt) -> None:
    """What was mended is what the dispute is about."""
    Dispute.objects.filter(case=case).update(**_columns(attempt))


def _columns(attempt: Attempt) -> dict[str, Any]:
    sides = sides_of(attempt.applicant, attempt.values)
    return {
        "employer": sides.employer,
        "worker": sides.worker,
        "contract": named_among(sides.contracts(), attempt.values.get("contract_from")),
        "claimed": claimed_in(attempt.values),
    }


def end(dispute: Dispute, result: Dispute.Result, on: date) -> None:
    """It has ended so."""
    dispute.result, dispute.ended_on = result, on
    dispute.save(update_fields=["result", "ended_on"])


def refused(case: Case) -> None:
    """Not accepted, in writing and with reasons."""
    assert case.decided_at is not None
    case.phase = Phase.NOT_ACCEPTED
    case.save(update_fields=["phase", "updated_at"])
    if case.dispute.result == Dispute.Result.APART:
        apart = results.Said(refused="经审查，你方提出的反申请应当另行申请仲裁。")
        results.issue(case, title="另行申请仲裁告知书", said=apart)
        return
    results.issue(case)
    end(case.dispute, Dispute.Result.REFUSED, timezone.localdate(case.decided_at))


# --- read -------------------------------------------------------------------------------------

_AROUND = ("case__applicant", "case__agency", "employer", "worker", "contract")


def of_offices(user: User) -> QuerySet[Dispute]:
    """Those whose cases exist for an office, drafts aside."""
    cases = case_queries.filed_visible_to(user)
    return Dispute.objects.filter(case__in=cases.values("pk")).select_related(*_AROUND)


def of_side(parties: Iterable[int]) -> QuerySet[Dispute]:
    """Those of some parties (their keys): applied for by them, served on them, or taken part in as third
    parties."""
    keys = list(parties)
    third = Participant.objects.filter(party__in=keys, role=Participant.Role.THIRD)
    served = Q(employer__in=keys) | Q(worker__in=keys)
    own = Q(case__applicant__in=keys) | served & Q(served_on__isnull=False)
    own |= Q(case__in=list(third.values_list("case", flat=True)))
    return Dispute.objects.filter(own).select_related(*_AROUND)


def between(dispute: Dispute) -> QuerySet[Dispute]:
    """Other disputes of the same two."""
    if dispute.employer_id is None or dispute.worker_id is None:
        return Dispute.objects.none()
    found = Dispute.objects.filter(employer=dispute.employer_id, worker=dispute.worker_id)
    return found.exclude(pk=dispute.pk).select_related("case").order_by("-pk")


OPEN = Q(accepted_on__isnull=False, ended_on__isnull=True)


def blockers(employer: Employer, on: date) -> Iterator[Blocker]:
    """Arbitration that is not ended; what was not served on the employer yet it may not know of."""
    held = Dispute.objects.filter(OPEN, employer=employer, sort=Dispute.Sort.ARBITRATION)
    for one in held.select_related("case"):
        told = one.served_on is not None or one.case.applicant_id == employer.pk
        yield Blocker(f"有尚未结案的劳动仲裁（{one.case.number}）", told=told)


def about(contract: Contract, look: Look) -> Iterator[Beside]:
    """Disputes about a contract, to the office and to a side that knows of them."""
    # Few contracts have one: the cases are asked for where there are any, not with every contract.
    rows = Dispute.objects.filter(contract=contract).prefetch_related("case").order_by("-pk")
    office = look.site.namespace == "bureau"
    parties = look.user.scope.parties()
    for one in rows:
        own = one.case.applicant_id in parties
        if office or own or one.served_on is not None:
            said = f"{one.get_sort_display()}（{one.case.number}）"
            yield Beside(said, one.state, look.site.url("dispute", one.pk))
