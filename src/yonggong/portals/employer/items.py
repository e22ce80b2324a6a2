"""其他事项: whatever kind of case has no pages of its own is begun, listed and taken back here."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import handling
from yonggong.cases import listings as case_lists
from yonggong.cases import queries as case_queries
from yonggong.cases.actions import save_draft
from yonggong.cases.items import kinds_for, kinds_in_use
from yonggong.cases.kinds import CaseKind
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.listings import ChoiceCondition, Listing
from yonggong.listings.views import listing_view
from yonggong.portals.employer.desk import Desk, labour
from yonggong.portals.employer.kind_urls import case_url, form_url


def offered_kinds(desk: Desk) -> list[CaseKind]:
    """The kinds without pages of their own that the employer may begin: those taken where it is."""
    here = kinds_for(desk.employer.region_code, desk.today)
    return [kind for kind in here if not kind.pages.own]


def _kinds() -> list[CaseKind]:
    return [kind for kind in kinds_in_use() if not kind.pages.own]


def _own(user: User) -> QuerySet[Case]:
    """The employer's cases of such kinds; the items of a joint case stand on that."""
    names = [kind.name for kind in _kinds()]
    of_kinds = case_queries.of_kinds(*names) if names else Q(pk__in=[])
    mine = case_queries.visible_to(user).filter(
        of_kinds, applicant__in=user.scope.employers(Power.FILE)
    )
    return case_lists.counted(mine.filter(parent=None))


LISTING = Listing(
    name="employer-items",
    title="其他事项",
    columns=case_lists.columns("number", "subject", "kind", "state", "filed_at", "due_on"),
    conditions=(
        ChoiceCondition(
            name="kind",
            label="事项",
            options=lambda user: [(kind.name, kind.title) for kind in _kinds()],
            q=case_queries.of_kinds,
        ),
    ),
    rows=_own,
    row_link=lambda row: form_url(row) if row.state == State.DRAFT else case_url(row),
    empty="还没有办理其他事项。",
)


@labour
def listing(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """What the employer applied for, and what it may begin."""
    return listing_view(
        request,
        LISTING,
        template="portals/employer/items.html",
        extra={"kinds": offered_kinds(desk)},
    )


@labour
@require_POST
def begin(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """Begin an application: a draft, and its form."""
    wanted = next((one for one in offered_kinds(desk) if one.name == kind), None)
    if wanted is None:
        raise Http404
    draft = save_draft(
        kind=wanted, applicant=desk.employer.party, raw={}, case=None, by=desk.user, now=desk.now
    )
    return redirect(form_url(draft))


@labour
@require_POST
def withdraw(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Take an application back before it is decided."""
    case = desk.case(pk)
    if case.definition.procedure is None:
        raise Http404
    handling.withdraw(
        case=case,
        reason=request.POST.get("reason", ""),
        by=desk.user,
        now=desk.now,
        address=desk.address,
    )
    messages.success(request, f"{case.kind_title}已撤回。")
    return redirect(reverse("employer:case", args=[pk]))
