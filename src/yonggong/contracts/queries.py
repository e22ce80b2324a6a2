"""Reads of contracts and their filings, each beginning from what the asker may see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from django.db.models import Exists, OuterRef, Q, QuerySet

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases.kinds import CaseKind, get_kind
from yonggong.cases.life import State
from yonggong.contracts.models import Contract, Filing, OfficeEnding, Posting, Succession
from yonggong.contracts.refusals import of_contract
from yonggong.law.periods import add_months
from yonggong.registry.models import Employer
from yonggong.registry.queries import within


def kind_of(stage: Filing.Kind) -> CaseKind:
    """The kind of case by which contracts are brought to this stage."""
    return get_kind(f"contract.{stage.value}")


def posting_kind() -> CaseKind:
    """The kind of case by which a user unit files whom a dispatcher sends it."""
    return get_kind(f"contract.{Posting._meta.model_name}")


def posting_change_kind() -> CaseKind:
    """The kind by which what it filed of that is changed, or ends early."""
    return get_kind(f"{posting_kind().name}_change")


def visible_to(user: User) -> QuerySet[Filing]:
    """The filings that exist for `user`: of their employers, of their agencies and regions."""
    scope = user.scope
    return Filing.objects.filter(
        Q(employer__in=scope.employers(Power.FILE))
        | Q(agency__in=scope.agencies(Power.REVIEW, Power.FILE_FOR_OTHERS))
        | within(scope.regions(Power.SEE_REGION))
    )


def may_see_whole(user: User) -> Callable[[Filing], bool]:
    """Of which filings the person may see personal data whole: those that a grant with that power
    reaches."""
    scope = user.scope
    employers, agencies = scope.employers(Power.SEE_PERSONAL), scope.agencies(Power.SEE_PERSONAL)

    @cache
    def covered(region: str) -> bool:
        return scope.covers(region, Power.SEE_PERSONAL)

    return lambda filing: (
        filing.employer_id in employers
        or filing.agency_id in agencies
        or covered(filing.region_code)
    )


def contracts_visible_to(user: User) -> QuerySet[Contract]:
    """The contracts that exist for `user`: of their employers, of their agencies and regions."""
    scope = user.scope
    office = Filing.objects.filter(
        agency__in=scope.agencies(Power.REVIEW, Power.FILE_FOR_OTHERS)
    ).values("contract")
    return Contract.objects.filter(
        Q(employer__in=scope.employers(Power.FILE))
        | Q(pk__in=office)
        | within(scope.regions(Power.SEE_REGION), field="employer__region_code")
    )


def run_out(on: date) -> QuerySet[Contract]:
    """Full-time contracts in force on paper whose term ran out over a month before a day, neither
    renewed nor ended: work goes on without a contract, or its end was never filed."""
    return Contract.objects.filter(
        state=Contract.State.ACTIVE, full_time=True, end_on__lt=add_months(on, -1)
    )


def get_contract(user: User, pk: int) -> Contract:
    """One contract. Raises `Contract.DoesNotExist` where it is out of the asker's sight."""
    return (
        contracts_visible_to(user)
        .select_related("worker", "employer", "current__current__carried")
        .get(pk=pk)
    )


def held_with(employer: Employer, document: bytes) -> QuerySet[Contract]:
    """The contracts that an employer has filed with the person of this document digest, the newest
    first; those voided left out."""
    return (
        Contract.objects.filter(employer=employer, worker__document_digest=document)
        .exclude(state=Contract.State.VOID)
        .select_related("worker")
        .order_by("-pk")
    )


def last_filed(employer: Employer) -> Filing | None:
    """The new contract that an employer filed last; None before the first one."""
    return (
        Filing.objects.filter(employer=employer, kind=Filing.Kind.NEW)
        .exclude(state__in=(State.VOIDED, State.REVOKED))
        .select_related("case__current")
        .order_by("-case")
        .first()
    )


def thread(contract: Contract) -> QuerySet[Filing]:
    """The contract's story: every filing on it (新订 → 续订 → 变更 → 解除), the first one first."""
    filings = contract.filings.select_related("roster").defer("roster__pdf_sealed")
    return filings.order_by("case_id")


def office_ending_of(contract: Contract) -> OfficeEnding | None:
    """The ending that a bureau recorded because the employer had not filed it."""
    return OfficeEnding.objects.filter(contract=contract).first()


def successions_of(contract: Contract) -> list[Succession]:
    """From which employers the contract was carried over, the first one first; asks nothing of one
    that never was."""
    if not contract.predecessors:
        return []
    rows = contract.successions.filter(cause__state=State.APPROVED)
    return list(rows.select_related("from_employer", "to_employer").order_by("pk"))


def with_contract(filings: QuerySet[Filing]) -> QuerySet[Filing]:
    """The filings with what `is_open_to_filing` looks at fetched along."""
    pending = Filing.objects.filter(contract=OuterRef("contract"), state=State.PENDING)
    return filings.select_related("contract", "employer").annotate(under_review=Exists(pending))


def is_open_to_filing(
    filing: Filing, on: date, needs_roster: Callable[[policy.Policy], bool]
) -> bool:
    """Whether something can be filed now on the contract behind `filing`, which comes from
    `with_contract`; where the rules of the day want it on a roster first, only once it is.

    True for one filing of a contract only: the one that put the worker in post.
    """
    under_review: bool = filing.under_review  # type: ignore[attr-defined]
    if not filing.in_post or filing.state != State.APPROVED or under_review:
        return False
    return not of_contract(
        state=filing.contract.state,
        rostered=filing.roster_id is not None,
        needs_roster=needs_roster(policy.of(filing.employer.region_code, on)),
        what="",
    )


def ending_within(employer: Employer, *, days: int, on: date) -> QuerySet[Contract]:
    """Contracts in force that end within `days` from `on`, or should have ended before and were
    neither renewed nor ended; the first to end comes first."""
    return (
        Contract.objects.filter(
            employer=employer,
            state=Contract.State.ACTIVE,
            end_on__lte=on + timedelta(days=days),
        )
        .select_related("worker")
        .order_by("end_on", "pk")
    )
