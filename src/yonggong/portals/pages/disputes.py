"""A dispute as those who take part see it: where it stands, the papers that all were given, evidence, the answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from yonggong.accounts.models import User
from yonggong.cases.errors import refused
from yonggong.disputes import counter_claims, exhibits, hearings, papers, register
from yonggong.disputes.exhibits import MOST_MEGABYTES, Brought
from yonggong.disputes.models import Dispute, Exhibit
from yonggong.portals.pages import evidence, materials, saved_paper
from yonggong.portals.pages.beginning import begun_about
from yonggong.portals.pages.desk import Desk
from yonggong.portals.pages.refusing import refusing
from yonggong.portals.pages.site import Site
from yonggong.registry.parties import Party
from yonggong.uploads import UploadRefused, opened

# What a request with the answer or evidence may bring.
MEGABYTES = exhibits.AT_ONCE * MOST_MEGABYTES + 1


def found(parties: Collection[int], pk: int) -> Dispute:
    """A dispute of some parties. Raises 404 for any other."""
    return get_object_or_404(register.of_side(parties), pk=pk)


def exhibits_of(dispute: Dispute, site: Site) -> list[tuple[Exhibit, str]]:
    """The evidence brought, the first one first, each with its address."""
    rows = dispute.exhibits.select_related("party", "evidence").defer("evidence__content")
    return [(one, site.url("dispute-exhibit", dispute.pk, one.pk)) for one in rows.order_by("pk")]


def counters_of(dispute: Dispute, seen: QuerySet[Dispute], site: Site) -> list[tuple[Dispute, str]]:
    """The counter-applications to it among those `seen`, each with its address."""
    rows = seen.filter(counter_to=dispute).order_by("pk")
    return [(one, site.url("dispute", one.pk)) for one in rows]


def _first_url(dispute: Dispute, parties: Collection[int], site: Site) -> str:
    """The address of what it is a counter-application to, for whoever takes part in that."""
    first = dispute.counter_to_id
    known = first is not None and register.of_side(parties).filter(pk=first).exists()
    return site.url("dispute", first) if known else ""


def show(
    request: HttpRequest,
    desk: Desk,
    dispute: Dispute,
    parties: Collection[int],
    *,
    typed: str = "",
    said: Mapping[str, str] = MappingProxyType({}),
    status: int = 200,
) -> HttpResponse:
    """One dispute of some parties. Who did not apply sees what was served, and nothing else. `typed`: an
    answer that was refused; `said`: of evidence that was."""
    case, site = dispute.case, desk.site
    applied = case.applicant_id in parties
    applicant, other = papers.names_of(case)
    context: dict[str, Any] = {
        "dispute": dispute,
        "case": case,
        "applicant": applicant,
        "other": other,
        "case_url": site.case_url(case) if applied else "",
        "list_url": site.url("disputes"),
        "answer_url": site.url("dispute-answer", dispute.pk),
        "bring_url": site.url("dispute-bring", dispute.pk),
        "hearings": dispute.hearings.order_by("pk"),
        "papers": [
            (one, site.url("dispute-paper", dispute.pk, one.pk)) for one in papers.of_case(case)
        ],
        "thirds": dispute.thirds.select_related("party"),
        "filed": [
            (one, label, site.url("dispute-material", dispute.pk, one.name))
            for one, label in exhibits.filed_with(dispute)
        ],
        "exhibits": exhibits_of(dispute, site),
        "may_answer": hearings.may_answer(desk.user, dispute),
        "may_bring": exhibits.may_bring(desk.user, dispute, parties),
        "is_late": exhibits.is_late(dispute, desk.now),
        "at_once": exhibits.AT_ONCE,
        "megabytes": MOST_MEGABYTES,
        "counters": counters_of(dispute, register.of_side(parties), site),
        "first_url": _first_url(dispute, parties, site),
        "may_counter": counter_claims.may_begin(desk.user, dispute, parties, desk.today),
        "counter_url": site.url("dispute-counter", dispute.pk),
        "typed": typed,
        "said": said,
    }
    return render(request, "portals/pages/dispute.html", context, status=status)


def answer(
    request: HttpRequest, desk: Desk, dispute: Dispute, parties: Collection[int]
) -> HttpResponse:
    """Hand in the answer with its evidence; what was typed stays where it is refused."""
    text = request.POST.get("text", "")
    with refusing(request):
        files = list(_brought(request))
        hearings.answer(dispute=dispute.pk, text=text, files=files, by=desk.user, now=desk.now)
        messages.success(request, "答辩书已提交。")
        return redirect(desk.site.url("dispute", dispute.pk))
    return show(request, desk, dispute, parties, typed=text, status=422)


def bring(
    request: HttpRequest, desk: Desk, dispute: Dispute, parties: Collection[int]
) -> HttpResponse:
    """Hand in evidence; what was typed stays where it is refused."""
    said = {name: request.POST.get(name, "") for name in ("name", "proves", "late_reason")}
    with refusing(request):
        exhibits.bring(
            dispute=dispute.pk,
            among=parties,
            files=list(_brought(request, name=said["name"], proves=said["proves"])),
            late_reason=said["late_reason"],
            by=desk.user,
            now=desk.now,
        )
        messages.success(request, "证据已提交，各方当事人和仲裁庭都可以查看。")
        return redirect(desk.site.url("dispute", dispute.pk))
    return show(request, desk, dispute, parties, said=said, status=422)


def counter(
    request: HttpRequest, desk: Desk, dispute: Dispute, parties: Collection[int], *, by: Party
) -> HttpResponse:
    """Begin a counter-application of the party `by`, with what the first one says of both sides."""
    if not counter_claims.may_begin(desk.user, dispute, parties, desk.today):
        messages.error(
            request, "只有被申请人可以在答辩期内提出一次反申请；期满的，请另行申请仲裁。"
        )
        return redirect(desk.site.url("dispute", dispute.pk))
    raw, kind = counter_claims.starts(dispute), dispute.case.definition
    with refusing(request):
        return redirect(desk.site.form_url(begun_about(desk, by, kind, raw, dispute.pk)))
    return redirect(desk.site.url("dispute", dispute.pk))


def _brought(request: HttpRequest, **said: str) -> Iterator[Brought]:
    """The files that were sent, each looked into. Raises `Refused`."""
    for sent in request.FILES.getlist("files")[: exhibits.AT_ONCE + 1]:
        name = sent.name or ""
        try:
            content = sent.read(MOST_MEGABYTES * 1024 * 1024 + 1)
            file = opened(content, allowed=exhibits.TYPES, megabytes=MOST_MEGABYTES)
        except UploadRefused as wrong:
            raise refused(
                "files", "refused", f"“{name}”没有提交：{str(wrong).rstrip('。')}"
            ) from None
        yield Brought(name, file, **said)


def paper(request: HttpRequest, dispute: Dispute, pk: int, *, by: User) -> HttpResponse:
    """One of its papers, whole, as it was served on all who take part; the look is recorded."""
    found = next((one for one in papers.of_case(dispute.case) if one.pk == pk), None)
    if found is None:
        raise Http404
    return saved_paper.served(request, found, said=dispute.case.reference, user=by)


def material(request: HttpRequest, dispute: Dispute, name: str, *, by: User) -> HttpResponse:
    """The file of evidence that came with the application; the look is recorded."""
    one = next((one for one in exhibits.filed_with(dispute) if one[0].name == name), None)
    if one is None:
        raise Http404
    found, label = one
    said = f"证据 {label}"
    return materials.served(request, found, reference=dispute.case.reference, said=said, by=by)


def exhibit(request: HttpRequest, dispute: Dispute, pk: int, *, by: User) -> HttpResponse:
    """The file of one piece of evidence; the look is recorded."""
    one = get_object_or_404(dispute.exhibits.select_related("evidence"), pk=pk)
    return evidence.shown(
        request, one.evidence, reference=dispute.case.reference, said=f"证据 {one.name}", by=by
    )
