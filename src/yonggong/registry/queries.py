"""Reads about agencies, employers and workers, each beginning from what the asker may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import Q, QuerySet

from yonggong.accounts.models import User
from yonggong.accounts.queries import inside_regions
from yonggong.accounts.roles import Power
from yonggong.codes.normalise import plain
from yonggong.registry.models import Employer, EmployerSpelling, Registration, Worker
from yonggong.registry.parties import Party


def within(codes: Iterable[str], *, field: str = "region_code") -> Q:
    """Rows whose `field` lies in any of the regions `codes`; none for no codes."""
    return inside_regions(codes, field)


def of_employers_seen_by(user: User) -> Q:
    """Rows of the employers that `user` files for, and of those in the regions that they may see."""
    scope = user.scope
    own = Q(employer__in=scope.employers(Power.FILE))
    return own | within(scope.regions(Power.SEE_REGION), field="employer__region_code")


def persons_with(digests: Iterable[bytes]) -> dict[bytes, int]:
    """The keys of the persons whom documents are of, by the documents' digests; of a registration that
    was joined into another it is that other's."""
    documents = Worker.objects.filter(document_digest__in=list(digests))
    return {
        bytes(digest): joined or key
        for key, joined, digest in documents.values_list("pk", "joined_into", "document_digest")
    }


def agencies_within(user: User, *powers: Power, path: str = "") -> Q:
    """Agencies in the regions that grants of `user` with any of `powers` reach, of each grant's
    department; `path` leads to the agency ("agency__")."""
    scope, found = user.scope, Q(pk__in=[])
    for department in scope.departments(*powers):
        reached = scope.regions(*powers, department=department)
        inside = within(reached, field=f"{path}region_code")
        found |= inside & Q(**{f"{path}department": department})
    return found


def employers_visible_to(user: User) -> QuerySet[Employer]:
    """The employers `user` files for, and those of the regions they may see."""
    scope = user.scope
    own = Q(pk__in=scope.employers())
    region = within(scope.regions(Power.SEE_REGION))
    return Employer.objects.filter(own | region)


def registrations_visible_to(user: User) -> QuerySet[Registration]:
    """What the registration authorities say of units in the regions that `user` may see, or loads it
    for."""
    scope = user.scope
    loads = scope.regions(Power.TAKE_REGISTRATIONS)
    return Registration.objects.filter(within([*scope.regions(Power.SEE_REGION), *loads]))


def parties_visible_to(user: User) -> QuerySet[Party]:
    """The parties `user` acts for, and those of the regions they may see, of whatever department."""
    scope = user.scope
    region = within(scope.regions(Power.SEE_REGION, department=None))
    return Party.objects.filter(Q(pk__in=scope.parties()) | region)


def may_see_whole(user: User) -> Callable[[Employer], bool]:
    """Of which employers the person may see personal data whole: those that a grant with that power
    reaches."""
    scope = user.scope
    own = scope.employers(Power.SEE_PERSONAL)
    return lambda employer: (
        employer.pk in own or scope.covers(employer.region_code, Power.SEE_PERSONAL)
    )


def employers_spelled(user: User, letters: str) -> QuerySet[EmployerSpelling, int]:
    """Keys of the employers among `employers_visible_to(user)` whose name begins with `letters`,
    in pinyin or initials."""
    begun = plain(letters).lower()[: EmployerSpelling.LONGEST]
    found = EmployerSpelling.objects.filter(letters__startswith=begun)
    visible = found.filter(employer__in=employers_visible_to(user))
    return visible.order_by("employer").values_list("employer", flat=True).distinct()


def find_employer(credit_code: str) -> Employer | None:
    """The employer with this credit code, whoever asks: for registration and refusals only."""
    return Employer.objects.filter(credit_code=credit_code).first()


def find_worker(document_digest: bytes) -> Worker | None:
    """The person with this document, whoever asks: of a registration joined into another, that other."""
    held = Worker.objects.select_related("joined_into")
    found = held.filter(document_digest=document_digest).first()
    return found and (found.joined_into or found)
