"""Reads about agencies, employers and workers, each beginning from what the asker may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import Q, QuerySet

from yonggong.accounts.models import User
from yonggong.accounts.queries import inside_regions
from yonggong.accounts.roles import Power
from yonggong.codes.normalise import plain
from yonggong.registry.models import Employer, EmployerSpelling, Registration
from yonggong.registry.parties import Party


def within(codes: Iterable[str], *, field: str = "region_code") -> Q:
    """Rows whose `field` lies in any of the regions `codes`; none for no codes."""
    return inside_regions(codes, field)


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
