"""Reads about an employer's own filings."""

from __future__ import annotations

from typing import Literal, get_args

from django.db.models import Q, QuerySet

from yonggong.cases.kinds import CaseKind, get_kind
from yonggong.cases.life import OPEN, State
from yonggong.cases.models import Case
from yonggong.cases.queries import of_kinds
from yonggong.registry.models import Employer

Act = Literal["initial", "change", "cancel", "merge", "split"]


def kind_of(act: Act) -> CaseKind:
    """The kind of case by which an employer is filed, changed or closed, merges or is split."""
    return get_kind(f"employer.{act}")


def of_acts(*acts: Act) -> Q:
    """The cases of these kinds."""
    return of_kinds(*(kind_of(act).name for act in acts))


def about_itself(employer: int) -> QuerySet[Case]:
    """The filings of an employer (key) by any of these acts."""
    return Case.objects.filter(of_acts(*get_args(Act)), applicant=employer)


def approved_filing(employer: Employer, *, before: Case | None = None) -> Case | None:
    """The employer's particulars as last approved, as the case that brought them."""
    cases = Case.objects.filter(
        of_acts("initial", "change"), applicant=employer.pk, state=State.APPROVED
    )
    if before is not None and before.decided_at is not None:
        cases = cases.filter(decided_at__lt=before.decided_at)
    return cases.order_by("-decided_at").first()


def open_filing(employer: Employer) -> Case | None:
    """The employer's initial or change filing that is not decided for good yet, if any."""
    return (
        Case.objects.filter(of_acts("initial", "change"), applicant=employer.pk, state__in=OPEN)
        .order_by("-id")
        .first()
    )


def newest_filing(employer: Employer, *acts: Act) -> Case | None:
    """The newest filing about the employer itself, in any state, of all kinds or of these."""
    return (
        Case.objects.filter(
            of_acts(*(acts or ("initial", "change", "cancel"))), applicant=employer.pk
        )
        .order_by("-id")
        .first()
    )


def closing_filing(employer: Employer) -> Case | None:
    """The cancellation filing that is under way, if any."""
    return (
        Case.objects.filter(of_acts("cancel"), applicant=employer.pk, state__in=OPEN)
        .order_by("-pk")
        .first()
    )
