"""What an office does beside the steps of a service item: more time, photos of a check, answers to
objections."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import queries as case_queries
from yonggong.cases.materials import clean_name
from yonggong.cases.models import Case
from yonggong.portals.access import needs, user_of
from yonggong.portals.bureau.answering import answering
from yonggong.portals.bureau.case import filed
from yonggong.portals.pages import evidence
from yonggong.portals.uploading import takes_files
from yonggong.registry.people import keep_evidence
from yonggong.services import extensions, publicity, surveys
from yonggong.services.errors import Unfit
from yonggong.uploads import opened

_MOST_MEGABYTES = 10
_PICTURES = ("jpg", "png")


def _service(user: User, pk: int) -> Case:
    case = filed(user, pk)
    if not case.definition.is_service:
        raise Http404
    return case


@needs(Power.REVIEW)
@require_POST
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for more time."""
    user, days = user_of(request), request.POST.get("days", "")
    case = _service(user, pk)
    with answering(request, "已申请延长办理期限，等待业务主管批准。"):
        extensions.ask(
            case=case,
            days=int(days) if days.isdecimal() and len(days) < 4 else 0,
            reason=request.POST.get("reason", ""),
            by=user,
            now=timezone.now(),
        )
    return redirect("bureau:case", pk)


@needs(Power.SUPERVISE)
@require_GET
def asked(request: HttpRequest) -> HttpResponse:
    """Longer limits that were asked for in the region."""
    user = user_of(request)
    waiting = extensions.waiting(user).select_related(
        "case__applicant", "case__acting_agency", "asked_by"
    )
    decided = extensions.of_region(user).exclude(agreed=None)
    context = {
        "waiting": [(one, *extensions.most_days(one.case)) for one in waiting.order_by("pk")],
        "decided": decided.select_related("case__applicant", "decided_by").order_by("-pk")[:50],
    }
    return render(request, "portals/bureau/extensions.html", context)


@needs(Power.SUPERVISE)
@require_POST
def decide_extension(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree to a longer limit, or decline it."""
    user = user_of(request)
    found = get_object_or_404(extensions.of_region(user).select_related("case"), pk=pk)
    agreed = request.POST.get("agreed") == "1"
    with answering(request, "已批准延长。" if agreed else "已决定不延长。"):
        extensions.decide(
            extension=found,
            agreed=agreed,
            said=request.POST.get("said", ""),
            by=user,
            now=timezone.now(),
        )
    return redirect("bureau:extensions")


@needs(Power.REVIEW)
@require_POST
@takes_files(_MOST_MEGABYTES + 1)
def add_photo(request: HttpRequest, pk: int) -> HttpResponse:
    """A photo taken at a check on site."""
    user = user_of(request)
    case = _service(user, pk)
    # What is refused leaves no file behind.
    with answering(request, "照片已保存。"), transaction.atomic():
        sent = request.FILES.get("photo")
        if sent is None:
            raise Unfit("请选择现场照片。")
        file = opened(
            sent.read(_MOST_MEGABYTES * 1024 * 1024 + 1),
            allowed=_PICTURES,
            megabytes=_MOST_MEGABYTES,
        )
        kept = keep_evidence(
            file_name=clean_name(sent.name or "", file.file_type),
            content_type=file.file_type.content_type,
            content=file.content,
        )
        surveys.add(
            case=case,
            evidence=kept,
            said=request.POST.get("said", ""),
            by=user,
            now=timezone.now(),
        )
    return redirect("bureau:case", pk)


@needs(Power.REVIEW)
@require_GET
def photo(request: HttpRequest, pk: int, photo: int) -> HttpResponse:
    """One of them; the look is recorded."""
    user = user_of(request)
    case = _service(user, pk)
    if not case_queries.may_see_personal(user, case):
        raise Http404
    found = get_object_or_404(surveys.photos_of(case), pk=photo)
    said = f"现场照片 {found.said or found.evidence.file_name}"
    return evidence.shown(request, found.evidence, reference=case.reference, said=said, by=user)


@needs(Power.REVIEW)
@require_POST
def answer_objection(request: HttpRequest, pk: int, objection: int) -> HttpResponse:
    """What was found of an objection."""
    user = user_of(request)
    case = _service(user, pk)
    found = get_object_or_404(publicity.objections_of(case), pk=objection)
    with answering(request, "核实情况已登记。"):
        if request.POST.get("founded") not in ("0", "1"):
            raise Unfit("请选择异议是否成立。")
        publicity.answer(
            objection=found,
            founded=request.POST["founded"] == "1",
            said=request.POST.get("said", ""),
            by=user,
            now=timezone.now(),
        )
    return redirect("bureau:case", pk)
