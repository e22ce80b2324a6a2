"""Whole records looked up by inspectors: an employer's or a worker's filings, contracts, wages, insurance,
rosters, cases, orders and clues, each look with its reason and in the access log (NMG-10)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from yonggong.accounts.actions import record_access
from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases.items import kinds_in_use
from yonggong.cases.life import State
from yonggong.cases.models import Case, Material
from yonggong.codes.names import employer_name, person_name
from yonggong.codes.normalise import plain
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.people import document_digests
from yonggong.documents.models import Document
from yonggong.entitlements.models import Declared, Insured, WagePaid
from yonggong.registry.models import Employer, Worker
from yonggong.registry.queries import within
from yonggong.supervision.acting import Hand, words
from yonggong.supervision.models import Look

_Line = TypeVar("_Line", bound=Declared)
_MOST_FOUND = 20
MOST_REASON = 200
# As whose record it is are told; the reason may name who complained, and is for auditors.
_PURPOSE = "监督检查"


def employers_open_to(user: User) -> QuerySet[Employer]:
    """The employers whose records `user` may look up."""
    return Employer.objects.filter(within(user.scope.regions(Power.LOOK_UP)))


def workers_open_to(user: User) -> QuerySet[Worker]:
    """The workers who have a filing in a region in which `user` looks records up."""
    there = Filing.objects.filter(within(user.scope.regions(Power.LOOK_UP)), worker=OuterRef("pk"))
    return Worker.objects.filter(Exists(there), joined_into__isnull=True)


def find_employers(user: User, text: str) -> list[Employer]:
    """Those with this credit code, or whose name begins so."""
    code, name = plain(text), employer_name(text)
    if not name:
        return []
    found = employers_open_to(user)
    exact = list(found.filter(credit_code=code))
    return exact or list(found.filter(name__startswith=name).order_by("name")[:_MOST_FOUND])


def find_workers(user: User, *, number: str, name: str) -> list[Worker]:
    """Those with this whole number, or of this whole name. Raises ValueError, with words for the asker,
    where it can be no number."""
    if number:
        return list(
            workers_open_to(user).filter(document_digest__in=document_digests(plain(number)))
        )
    name = person_name(name)
    if not name:
        return []
    there = Filing.objects.filter(within(user.scope.regions(Power.LOOK_UP)), name=name)
    keys = list(there.order_by().values_list("worker", flat=True).distinct()[:_MOST_FOUND])
    return list(workers_open_to(user).filter(pk__in=keys).order_by("pk"))


@transaction.atomic
def open_record(*, of: Employer | Worker, reason: str, hand: Hand) -> Look:
    """Note that a record is looked at, and what for. Raises `Unfit` without a reason, `DoesNotExist` of
    whoever is out of the inspector's regions."""
    reason = words(reason, "查阅的事由", most=MOST_REASON)
    look = Look(reason=reason, by=hand.by, at=hand.now)
    if isinstance(of, Employer):
        look.employer = employers_open_to(hand.by).get(pk=of.pk)
    else:
        look.worker = workers_open_to(hand.by).get(pk=of.pk)
    look.save()
    _record(_subject(look), f"监察查阅，事由：{reason}", hand)
    return look


def record_whole(*, look: Look, hand: Hand) -> None:
    """Note that the record is looked at with numbers whole."""
    _record(_subject(look), f"监察查阅完整信息，事由：{look.reason}", hand)


def case_of(look: Look, pk: int) -> Case:
    """A case that stands in the record that was opened. Raises `Case.DoesNotExist`."""
    if look.employer is not None:
        return record_of_employer(look.by, look.employer).cases.get(pk=pk)
    assert look.worker is not None
    cases = filings_of_worker(look.by, look.worker).values("case")
    return Case.objects.filter(pk__in=cases).select_related("agency").get(pk=pk)


def record_case(*, look: Look, case: Case, whole: bool, hand: Hand, what: str = "填报内容") -> None:
    """Note that what was filed with a case is read, all of it or what is named, and whether with personal
    data whole."""
    said = f"完整{what}" if whole else what
    _record(case.reference, f"监察查阅{said}，事由：{look.reason}", hand)


def record_material(*, look: Look, material: Material, hand: Hand) -> None:
    """Note that a material is looked at."""
    said = f"监察查阅材料 {material.file_name}，事由：{look.reason}"
    _record(material.case.reference, said, hand)


def _subject(look: Look) -> str:
    return (
        f"用人单位 {look.employer.credit_code}" if look.employer else f"人员档案 {look.worker_id}"
    )


def _record(subject: str, said: str, hand: Hand) -> None:
    record_access(subject, said, purpose=_PURPOSE, by=hand.by, address=hand.address)


def open_look(user: User, pk: int) -> Look:
    """A look of one's own of today, in whose record one may go on reading: for another day another
    reason is given. Raises `Look.DoesNotExist`."""
    look = Look.objects.select_related("employer__agency", "worker", "by").get(pk=pk, by=user)
    still = timezone.localdate(look.at) == timezone.localdate()
    employers = employers_open_to(user).filter(pk=look.employer_id or 0)
    workers = workers_open_to(user).filter(pk=look.worker_id or 0)
    if not still or not (employers.exists() or workers.exists()):
        raise Look.DoesNotExist
    return look


@dataclass(frozen=True, slots=True)
class EmployersRecord:
    """What there is of an employer, the latest first."""

    cases: QuerySet[Case]
    contracts: QuerySet[Contract]
    rosters: QuerySet[Document]


def record_of_employer(user: User, employer: Employer) -> EmployersRecord:
    """All of it, but cases of other departments than the inspector's; whoever asks was let in by a look."""
    departments = user.scope.departments(Power.LOOK_UP)
    others = [kind.name for kind in kinds_in_use() if kind.matter.department not in departments]
    return EmployersRecord(
        cases=Case.objects.filter(applicant=employer.pk)
        .exclude(state=State.DRAFT)
        .exclude(kind__in=others)
        .select_related("agency")
        .prefetch_related("materials")
        .order_by("-pk"),
        contracts=Contract.objects.filter(employer=employer)
        .exclude(state=Contract.State.VOID)
        .select_related("worker")
        .order_by("-pk"),
        rosters=Document.objects.filter(employer=employer).defer("pdf_sealed").order_by("-pk"),
    )


def filings_of_worker(user: User, worker: Worker) -> QuerySet[Filing]:
    """A worker's filings in the regions in which `user` looks records up, the latest first."""
    there = Filing.objects.filter(within(user.scope.regions(Power.LOOK_UP)), worker=worker)
    related = there.select_related("employer", "case").prefetch_related("case__materials")
    return related.order_by("-case")


def contracts_of_worker(user: User, worker: Worker) -> QuerySet[Contract]:
    """The worker's contracts with employers there."""
    reached = within(user.scope.regions(Power.LOOK_UP), field="employer__region_code")
    there = Contract.objects.filter(reached, worker=worker)
    return (
        there.exclude(state=Contract.State.VOID)
        .select_related("employer")
        .order_by("-start_on", "-pk")
    )


def wages_of_worker(user: User, worker: Worker) -> QuerySet[WagePaid]:
    """What employers there declared as paid to the worker, the latest first."""
    return _declared(user, WagePaid.objects.filter(worker=worker)).order_by("-begins_on", "-pk")


def insurance_of_worker(user: User, worker: Worker) -> QuerySet[Insured]:
    """The worker's insurance as employers there declared it, the latest first."""
    return _declared(user, Insured.objects.filter(worker=worker)).order_by("-since", "-pk")


def _declared(user: User, lines: QuerySet[_Line]) -> QuerySet[_Line]:
    reached = within(user.scope.regions(Power.LOOK_UP), field="employer__region_code")
    return lines.filter(reached, replaced_by__isnull=True).select_related("employer")
