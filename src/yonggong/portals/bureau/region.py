"""The region read-only: one file an employer (一户一档), and papers."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from yonggong.accounts.roles import Power
from yonggong.cases import queries as case_queries
from yonggong.cases.listings import counted
from yonggong.contracts.models import Contract
from yonggong.contracts.workforce import workforce_findings
from yonggong.documents.queries import may_see_whole, revoked_on
from yonggong.documents.queries import visible_to as documents_visible_to
from yonggong.employers import asking
from yonggong.employers.operators import changes_of, operators_of
from yonggong.employers.queries import approved_filing
from yonggong.entitlements import queries as entitlements
from yonggong.forms import view
from yonggong.portals.access import needs, user_of
from yonggong.portals.bureau.authorities import of_party
from yonggong.portals.pages import saved_paper
from yonggong.portals.pages.routing import explained
from yonggong.registry import doubtful
from yonggong.registry.queries import employers_visible_to
from yonggong.supervision.recognition import may_be_recognised

_SHOWN = 15


@needs(Power.SEE_REGION)
@require_GET
def employer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """一户一档: particulars as approved, contracts in figures, cases and papers."""
    user = user_of(request)
    found = get_object_or_404(employers_visible_to(user).select_related("agency"), pk=pk)
    filing = approved_filing(found)
    contracts = Contract.objects.filter(employer=found).aggregate(
        active=Count("pk", filter=Q(state=Contract.State.ACTIVE)),
        ended=Count("pk", filter=Q(state=Contract.State.ENDED)),
        open=Count("pk", filter=Q(state=Contract.State.ACTIVE, term_type="2")),
        part_time=Count("pk", filter=Q(state=Contract.State.ACTIVE, full_time=False)),
    )
    filed = case_queries.filed_visible_to(user).filter(applicant=found.pk)
    context = {
        "employer": found,
        "doubts": doubtful.among([found.credit_code]),
        "may_file_for": user.scope.covers(found.region_code, Power.FILE_FOR_OTHERS),
        "filing": filing,
        "sections": view.sections(filing.definition.form, filing.values) if filing else (),
        "beside": asking.beside(found),
        "declared": entitlements.summary_asked(found, timezone.localdate()),
        "today": timezone.localdate(),
        "contracts": contracts,
        "workforce": workforce_findings(found, timezone.localdate()),
        "recognition": may_be_recognised(found, on=timezone.localdate()),
        "late": filed.filter(late_days__gt=0).count(),
        "cases": counted(filed).order_by("-pk")[:_SHOWN],
        "operators": operators_of(found),
        "changes": changes_of(found)[:_SHOWN],
        "authorities": of_party(user, found.pk),
        "documents": documents_visible_to(user).filter(employer=found).order_by("-pk")[:_SHOWN],
    }
    return render(request, "portals/bureau/employer.html", context)


@needs(Power.SEE_REGION)
@require_GET
def routing(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Where an employer's filings go, and why."""
    visible = employers_visible_to(user_of(request)).select_related("agency")
    found = get_object_or_404(visible, pk=pk)
    context = explained(found, timezone.localdate()) | {
        "back_url": reverse("bureau:employer", args=[pk]),
        "back_title": found.name,
    }
    return render(request, "portals/pages/routing.html", context)


@needs(Power.SEE_REGION)
@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A paper in place, for those who may see the personal data on it."""
    user = user_of(request)
    found = get_object_or_404(documents_visible_to(user), pk=pk)
    context = {
        "document": found,
        "may_see_personal": may_see_whole(user, found),
        "revoked": revoked_on(found),
    }
    return render(request, "portals/bureau/document.html", context)


@needs(Power.SEE_REGION)
@require_GET
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper itself; it shows whole numbers, so every look is recorded."""
    user = user_of(request)
    found = get_object_or_404(documents_visible_to(user), pk=pk)
    return saved_paper.pdf(request, found, said=found.holder_name, user=user)
