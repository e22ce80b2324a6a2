"""Reads of contracts and their filings, each beginning from what the asker may see."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases.life import State
from yonggong.contracts.models import Contract, Filing
from yonggong.registry.models import Employer
from yonggong.registry.queries import within


def visible_to(user: User) -> QuerySet[Filing]:
    """The filings that exist for `user`: of their employers, of their agencies and regions."""
    scope = user.scope
    return Filing.objects.filter(
        Q(employer__in=scope.employers(Power.FILE))
        | Q(agency__in=scope.agencies(Power.REVIEW, Power.FILE_FOR_OTHERS))
        | within(scope.regions(Power.SEE_REGION))
    )


def of_employer(employer: Employer) -> QuerySet[Filing]:
    """One employer's filings; who may see them is the caller's to have asked."""
    return Filing.objects.filter(employer=employer)


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


def get_contract(user: User, pk: int) -> Contract:
    """One contract. Raises `Contract.DoesNotExist` where it is out of the asker's sight."""
    return contracts_visible_to(user).select_related("worker", "employer", "current").get(pk=pk)


def thread(contract: Contract) -> QuerySet[Filing]:
    """The contract's story: every filing on it (新订 → 续订 → 变更 → 解除), the first one first."""
    return contract.filings.select_related(
        "case", "case__filed_by", "case__decided_by", "roster", "certificate"
    ).order_by("case_id")


def renewable(employer: Employer, on: date) -> Q:
    """The filings whose contract may be renewed (JL-4): approved, in force, with an end to renew,
    and on a saved roster where the province wants one."""
    return _in_force(needs_roster=policy.of(employer.region_code, on).renewal_needs_roster) & Q(
        contract__end_on__isnull=False
    )


def endable(employer: Employer, on: date) -> Q:
    """The filings whose contract may be ended (JL-5); the precondition is that of a renewal."""
    return _in_force(needs_roster=policy.of(employer.region_code, on).ending_needs_roster)


def changeable(employer: Employer, on: date) -> Q:
    """The filings whose contract may be changed: approved and in force."""
    return _in_force(needs_roster=False)


def _in_force(*, needs_roster: bool) -> Q:
    """A contract in force stands in a list once: by the filing that put the worker in post."""
    held = Q(
        in_post=True,
        state=State.APPROVED,
        contract__state=Contract.State.ACTIVE,
        kind__in=(Filing.Kind.NEW, Filing.Kind.RENEWAL),
    )
    return held & Q(roster__isnull=False) if needs_roster else held


# What is still to be printed of an approved filing: a change goes onto no roster (JL-10).
WITHOUT_ROSTER = Q(
    state=State.APPROVED,
    roster__isnull=True,
    kind__in=(Filing.Kind.NEW, Filing.Kind.RENEWAL, Filing.Kind.ENDING),
)
WITHOUT_CERTIFICATE = Q(state=State.APPROVED, certificate__isnull=True, kind=Filing.Kind.ENDING)


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
