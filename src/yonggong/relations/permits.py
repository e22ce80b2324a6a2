"""The register of special hours: what a decision writes on it, who reads it, which contracts it covers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from yonggong.accounts.models import User
from yonggong.cases.models import Case
from yonggong.registry.queries import of_employers_seen_by
from yonggong.relations.permit_models import PermittedPost, SpecialHoursPermit


def grant(
    case: Case, posts: Sequence[PermittedPost], *, number: str, on: date
) -> SpecialHoursPermit:
    """Write the posts that a decision permits, unsaved yet. Call inside the deciding transaction."""
    permit = SpecialHoursPermit.objects.create(
        case=case,
        employer_id=case.applicant_id,
        number=number,
        granted_on=on,
        headcount=sum(post.headcount for post in posts),
        from_on=min(post.from_on for post in posts),
        until_on=max(post.until_on for post in posts),
    )
    for post in posts:
        post.permit = permit
    PermittedPost.objects.bulk_create(posts)
    return permit


def take_back(case: Case) -> None:
    """Take back what a decision permitted."""
    SpecialHoursPermit.objects.filter(case=case).delete()


def visible_to(user: User) -> QuerySet[SpecialHoursPermit]:
    """The permits of the employers and regions of `user`."""
    held = SpecialHoursPermit.objects.filter(of_employers_seen_by(user))
    return held.select_related("employer", "case")


def of_employer(employer: int) -> list[PermittedPost]:
    """Every post that an employer has had permitted."""
    return list(PermittedPost.objects.filter(permit__employer=employer).order_by("-until_on"))
