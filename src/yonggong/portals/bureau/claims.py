"""单位认领: all claims of one employer side by side, each with its licence; decided by a reviewer."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import queries as case_queries
from yonggong.codes import regions
from yonggong.employers import claims
from yonggong.employers.claims import ClaimProblem
from yonggong.employers.models import Claim
from yonggong.employers.operators import changes_of, operators_of
from yonggong.employers.queries import newest_filing
from yonggong.forms.reading import read_line
from yonggong.portals.access import address_of, needs, user_of
from yonggong.portals.pages import evidence
from yonggong.registry.models import Employer
from yonggong.vault import mask

_SHOWN = 100


@needs(Power.REVIEW)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The employers with claims that wait, and what was decided last."""
    user = user_of(request)
    waiting = claims.waiting_for(user).order_by("employer", "pk")[:_SHOWN]
    decided = claims.visible_to(user).exclude(state=Claim.State.WAITING).order_by("-decided_at")
    context = {
        "waiting": [
            (employer, list(found))
            for employer, found in groupby(waiting, key=lambda claim: claim.employer)
        ],
        "decided": decided[:_SHOWN],
    }
    return render(request, "portals/bureau/claims.html", context)


@needs(Power.REVIEW)
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who claims the employer (its key), and who acts for it now."""
    user = user_of(request)
    found = claims.visible_to(user).filter(employer=pk)
    if not found.exists():
        raise Http404
    employer = Employer.objects.get(pk=pk)
    filing = newest_filing(employer, "initial")
    seen = case_queries.filed_visible_to(user)
    context = {
        "employer": employer,
        "region": regions.full_name(employer.region_code),
        "waiting": [
            _told(claim) for claim in found.filter(state=Claim.State.WAITING).order_by("pk")
        ],
        "decided": found.exclude(state=Claim.State.WAITING).order_by("-decided_at"),
        "operators": [(grant, _phone(grant.user)) for grant in operators_of(employer)],
        "changes": changes_of(employer)[:_SHOWN],
        "filing": filing if filing and seen.filter(pk=filing.pk).exists() else None,
    }
    return render(request, "portals/bureau/claim.html", context)


def _told(claim: Claim) -> dict[str, object]:
    return {
        "claim": claim,
        "phone": _phone(claim.claimant),
        "region": regions.full_name(claim.region_code),
        "is_picture": claim.licence is not None and claim.licence.content_type != "application/pdf",
        "same_name": claim.name == claim.employer.name,
    }


def _phone(account: User) -> str:
    return mask(account.mobile, "phone")


@needs(Power.REVIEW)
@require_GET
def licence(request: HttpRequest, pk: int) -> HttpResponse:
    """The licence of a claim; the look is recorded."""
    user = user_of(request)
    claim = get_object_or_404(claims.visible_to(user), pk=pk)
    if claim.licence is None:
        raise Http404
    said = f"{claim.name}，{claim.claimant.name}提交的营业执照"
    reference = f"单位认领 {claim.pk}"
    return evidence.shown(request, claim.licence, reference=reference, said=said, by=user)


@needs(Power.REVIEW)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide on a claim, with the reason typed."""
    user = user_of(request)
    claim = get_object_or_404(claims.visible_to(user), pk=pk)
    reason = read_line(request.POST.get("reason", ""))
    verdict = request.POST.get("verdict")
    try:
        if verdict == "choose":
            claims.choose(
                claim=claim,
                keep_others=request.POST.get("keep_others") == "yes",
                reason=reason,
                by=user,
                now=timezone.now(),
                address=address_of(request),
            )
            messages.success(request, f"已认定由{claim.claimant.name}经办{claim.name}。")
        elif verdict == "refuse":
            claims.refuse(claim=claim, reason=reason, by=user, now=timezone.now())
            messages.success(request, f"已记为不认定，并告知{claim.claimant.name}。")
        else:
            messages.error(request, "请选择“认定”或者“不认定”。")
    except ClaimProblem as refused:
        messages.error(request, str(refused))
    return redirect("bureau:claims-show", claim.employer_id)
