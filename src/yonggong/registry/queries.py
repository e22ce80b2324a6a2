"""Reads about agencies, employers and workers, each beginning from what the asker may see."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.codes import regions
from yonggong.codes.normalise import plain
from yonggong.registry.models import Agency, Employer, EmployerSpelling


def within(codes: Iterable[str], *, field: str = "region_code") -> Q:
    """Rows whose `field` lies in any of the regions `codes`; none for no codes."""
    inside = Q(pk__in=[])
    for code in codes:
        low, high = regions.span(code)
        inside |= Q(**{f"{field}__gte": low, f"{field}__lt": high})
    return inside


def employers_visible_to(user: User) -> QuerySet[Employer]:
    """The employers `user` files for, and those of the regions they may see."""
    scope = user.scope
    own = Q(pk__in=scope.employers())
    region = within(scope.regions(Power.SEE_REGION))
    return Employer.objects.filter(own | region)


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


def reviewing_agencies(region_code: str) -> QuerySet[Agency]:
    """The agencies an employer of the region may send its cases to: those of its county, its
    prefecture and its province (the tree that Jilin's page 选择送审机构 shows)."""
    codes = {region_code, f"{region_code[:4]}00", f"{region_code[:2]}0000"}
    return Agency.objects.filter(region_code__in=codes, reviews=True).order_by(
        "region_code", "name"
    )


def get_agency_of(region_code: str, level: str) -> Agency:
    """The first agency of a level for a region. Raises `Agency.DoesNotExist`."""
    keep = {"province": 2, "prefecture": 4, "county": 6}[level]
    code = region_code[:keep].ljust(6, "0")
    return Agency.objects.filter(region_code=code, level=level, reviews=True).earliest("id")
