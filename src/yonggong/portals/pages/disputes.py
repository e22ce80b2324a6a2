"""A dispute as its two sides see it: where it stands, the papers that both were given, the answer."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from yonggong.disputes import hearings, papers, register
from yonggong.disputes.models import Dispute
from yonggong.portals.pages.desk import Desk
from yonggong.portals.pages.refusing import refusing


def found(parties: Collection[int], pk: int) -> Dispute:
    """A dispute of some parties. Raises 404 for any other."""
    return get_object_or_404(register.of_side(parties), pk=pk)


def show(
    request: HttpRequest, desk: Desk, dispute: Dispute, parties: Collection[int]
) -> HttpResponse:
    """One dispute of some parties. Who did not apply sees what was served, and nothing else."""
    case = dispute.case
    applied = case.applicant_id in parties
    applicant, other = papers.names_of(case)
    context: dict[str, Any] = {
        "dispute": dispute,
        "case": case,
        "applicant": applicant,
        "other": other,
        "case_url": desk.site.case_url(case) if applied else "",
        "list_url": desk.site.url("disputes"),
        "answer_url": desk.site.url("dispute-answer", dispute.pk),
        "hearings": dispute.hearings.order_by("pk"),
        "papers": [(one, desk.site.url("document-pdf", one.pk)) for one in papers.of_case(case)],
        "may_answer": hearings.may_answer(desk.user, dispute),
    }
    return render(request, "portals/pages/dispute.html", context)


def answer(request: HttpRequest, desk: Desk, dispute: Dispute) -> HttpResponse:
    """Hand in the answer."""
    with refusing(request):
        text = request.POST.get("text", "")
        hearings.answer(dispute=dispute.pk, text=text, by=desk.user, now=desk.now)
        messages.success(request, "答辩书已提交。")
    return redirect(desk.site.url("dispute", dispute.pk))
