"""The register of minors: what registrations write, and who is on it. A person is looked for by every
document that is known of them: registrations of workers are joined later (并档)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases.errors import refused
from yonggong.cases.models import Case
from yonggong.codes import tables
from yonggong.contracts.models import Contract
from yonggong.registry import actions as registry
from yonggong.registry.queries import of_employers_seen_by, persons_with
from yonggong.relations.health_checks import adult_on
from yonggong.relations.minor_models import HealthCheck, Minor

_SEX = {"男": "1", "女": "2"}


def enter(case: Case) -> Minor:
    """Register the minor of an approved case with the health check. Raises `Refused` where another
    case did so meanwhile."""
    values = case.values
    number, birth_on = values["document_number"], values["birth_date"]
    if minor_of(case.applicant_id, number) is not None:
        raise refused("", "registered", "该未成年工已经登记")
    assert case.acting_agency is not None and case.decided_at is not None
    region = case.acting_agency.region_code
    minor = Minor.objects.create(
        case=case,
        employer_id=case.applicant_id,
        worker=registry.get_or_add_worker(
            document_type="01",
            number=number,
            name=values["f1_person_name"],
            sex=_SEX[values["f1_sex"]],
            birth_on=birth_on,
        ),
        number=f"{region}{timezone.localtime(case.decided_at).year}{case.pk:06d}",
        region_code=region,
        birth_on=birth_on,
        adult_on=adult_on(birth_on),
        begins_on=values["begins_on"],
        occupation=values["occupation"],
    )
    HealthCheck.objects.create(case=case, minor=minor, examined_on=values["examined_on"])
    return minor


def add_check(case: Case) -> Minor:
    """Add a later health check. Raises `Refused` where the registration was taken back meanwhile."""
    minor = minor_of(case.applicant_id, case.values["document_number"])
    if minor is None:
        raise refused("", "unknown", "该未成年工没有登记")
    HealthCheck.objects.create(case=case, minor=minor, examined_on=case.values["examined_on"])
    return minor


def take_back(case: Case) -> None:
    """Take back what an approval wrote. Raises `Refused` naming a later health check."""
    minor = Minor.objects.filter(case=case).first()
    if minor is None:
        HealthCheck.objects.filter(case=case).delete()
        return
    later = minor.health_checks.exclude(case=case).select_related("case").first()
    if later is not None:
        raise refused("", "built_on", f"此后已办理{later.case.reference}，请先撤销后者")
    minor.health_checks.all().delete()
    minor.delete()


# --- read -------------------------------------------------------------------------------------


def minor_of(employer: int, number: str) -> Minor | None:
    """Whom an employer registered under an identity number."""
    digest = registry.id_card_digest(number)
    return minors_of(employer, [digest]).get(digest)


def minors_of(employer: int, digests: Iterable[bytes]) -> dict[bytes, Minor]:
    """Whom an employer registered, by the digests of documents, looked up together."""
    persons = persons_with(digests)
    held = on_record().filter(employer=employer, person__in=persons.values()).order_by("-pk")
    known = {minor.person: minor for minor in held.prefetch_related("health_checks")}
    return {digest: known[key] for digest, key in persons.items() if key in known}


def on_record() -> QuerySet[Any]:
    """All minors, each with the key of the `person` that they are, and whether they have `left`: a
    contract has ended since work began, and none with the employer goes on."""
    contracts = Contract.objects.filter(employer=OuterRef("employer"), worker=OuterRef("person"))
    ended = contracts.filter(state=Contract.State.ENDED, ended_on__gte=OuterRef("begins_on"))
    goes_on = contracts.filter(state__in=(Contract.State.FILING, Contract.State.ACTIVE))
    return Minor.objects.annotate(person=Coalesce("worker__joined_into", "worker")).annotate(
        left=Exists(ended) & ~Exists(goes_on)  # type: ignore[no-redef]  # the model's default
    )


def visible_to(user: User) -> QuerySet[Minor]:
    """Those of the employers and regions of `user`."""
    return (
        on_record()
        .filter(of_employers_seen_by(user))
        .select_related("employer", "worker", "case")
        .prefetch_related("health_checks")
    )


def minors_on(day: date) -> Q:
    """Those who are still minors on a day."""
    return Q(adult_on__gt=day)


def hazards_of(codes: Iterable[str]) -> frozenset[str]:
    """The law's words for kinds of dangerous work, by code."""
    table = tables.table("hazardous_work")
    words = {line.code: line.extras["hazard"] for line in table}
    return frozenset(words[code] for code in codes)
