"""Reads of saved papers, beginning from what the asker may see."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.cases.papers import OF_A_CASE
from yonggong.documents.models import Document, Entry
from yonggong.registry.queries import within


def visible_to(user: User) -> QuerySet[Document]:
    """Papers of the employers and persons that the asker acts for, and of their regions, without
    their content."""
    scope = user.scope
    persons = scope.persons(Power.FILE) - {scope.person_served}
    own = Q(employer__in=scope.employers()) | Q(applicant__in=persons)
    if scope.person_served is not None:
        typed = Entry.objects.filter(document=OuterRef("pk"), case__filed_by=user)
        own |= Q(Exists(typed), applicant=scope.person_served)
    return (
        Document.objects.filter(own | within(scope.regions(Power.SEE_REGION)))
        .defer("pdf_sealed")
        .select_related("employer", "applicant", "made_by")
    )


def rosters_visible_to(user: User) -> QuerySet[Document]:
    """The papers that list filings; what an item tells its applicant, and what no employer has, stand
    with their cases."""
    return visible_to(user).filter(employer__isnull=False).exclude(kind__in=OF_A_CASE)


def documents_of(user: User, case: Case) -> QuerySet[Document]:
    """The papers on which a case stands, as far as the asker may see them; what an item tells its
    applicant is read by `papers_of_item`."""
    found = visible_to(user).exclude(kind__in=OF_A_CASE)
    return found.filter(entries__case=case).order_by("pk")


def papers_of_item(user: User, case: Case) -> QuerySet[Document]:
    """The notices and the result that an applicant was given of a case, the first one first."""
    return visible_to(user).filter(kind__in=OF_A_CASE, entries__case=case).order_by("pk")


def revoked_on(document: Document) -> QuerySet[Case]:
    """The cases on a paper whose approval was withdrawn since: of them it proves nothing any more."""
    return Case.objects.filter(papers__document=document, state=State.REVOKED).order_by(
        "papers__position"
    )


def may_see_whole(user: User, document: Document) -> bool:
    """Whether `user` may see the personal data on the paper: by a grant with that power that reaches
    it, or because they made it themselves."""
    scope = user.scope
    return (
        document.employer_id in scope.employers(Power.SEE_PERSONAL)
        or scope.covers(document.region_code, Power.SEE_PERSONAL)
        or document.made_by_id == user.pk
        or document.applicant_id in scope.persons(Power.SEE_PERSONAL)
    )


def pdf_of(document: Document) -> bytes:
    """The PDF as it was saved."""
    return document.pdf
