"""Reads of saved papers, beginning from what the asker may see."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.documents.models import Document
from yonggong.registry.queries import within
from yonggong.vault.sealing import open_bytes


def visible_to(user: User) -> QuerySet[Document]:
    """Papers of the asker's employers and regions, without their content."""
    scope = user.scope
    return (
        Document.objects.filter(
            Q(employer__in=scope.employers()) | within(scope.regions(Power.SEE_REGION))
        )
        .defer("pdf_sealed")
        .select_related("employer", "made_by")
    )


def may_see_whole(user: User, document: Document) -> bool:
    """Whether `user` may see the personal data on the paper: by a grant with that power that reaches
    it, or because they made it themselves."""
    scope = user.scope
    return (
        document.employer_id in scope.employers(Power.SEE_PERSONAL)
        or scope.covers(document.region_code, Power.SEE_PERSONAL)
        or document.made_by_id == user.pk
    )


def pdf_of(document: Document) -> bytes:
    """The PDF as it was saved."""
    return open_bytes(bytes(document.pdf_sealed))
