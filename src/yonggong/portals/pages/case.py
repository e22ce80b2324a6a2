"""办件: one filed case, as every portal shows it: how it stands, what was filed, its findings, steps,
versions, materials and history, and what its kind shows beside that. A portal's own template extends
`portals/pages/case.html` with what its people may do."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from yonggong.accounts.actions import record_access
from yonggong.accounts.models import User
from yonggong.cases import queries as case_queries
from yonggong.cases import revoking
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.cases.pages import Look, Place
from yonggong.cases.query_codes import code_of
from yonggong.cases.verdicts import stored_verdicts
from yonggong.documents.queries import documents_of
from yonggong.forms import view
from yonggong.portals.pages import dates, key_facts, marks, materials, prechecks, receipt, steps
from yonggong.portals.pages.described import described
from yonggong.portals.pages.service import service_of
from yonggong.portals.pages.site import BUREAU, Site

ABOVE_THE_FORM: tuple[Place, ...] = ("form",)
_ON_THE_PAGE: tuple[Place, ...] = ("notice", "facts", "content", "aside")


def look_at(case: Case, *, user: User, site: Site, unmasked: bool) -> Look:
    """`user` looks at a filed case; `unmasked` only for those who may see personal data."""
    return Look(case=case, user=user, site=site, on=timezone.localdate(), unmasked=unmasked)


def look_whole(case: Case, *, user: User, address: str | None, purpose: str = "") -> None:
    """Record that a filed case is looked at with personal data whole; 404 where that is not
    `user`'s to see."""
    if case.state == State.DRAFT or not case_queries.may_see_personal(user, case):
        raise Http404
    record_access(case.reference, case.subject_name, purpose=purpose, by=user, address=address)


def page(request: HttpRequest, look: Look, site: Site, beside: Mapping[str, Any]) -> HttpResponse:
    """The page of the case in a portal; `beside` is what the portal's own template needs."""
    case, user = look.case, look.user
    step_lines = steps.lines_of(look)
    history = steps.history_of(case, step_lines, office=site is BUREAU)
    lines = materials.lines_of(case, user=user, site=site)
    sections = view.sections(
        case.definition.form,
        case.values,
        unmasked=look.unmasked,
        notes=marks.notes_of(case, [event for event, _ in history]),
    )
    context = {
        "case": case,
        "site": site,
        "sections": sections,
        # Asked for by the page that shows them.
        "key_facts": lambda: key_facts.of(case, sections),
        "unmasked": look.unmasked,
        "whole_url": site.url("case-whole", case.pk),
        "receipt_url": _receipt_url(case, site),
        "query_code": "" if site is BUREAU else code_of(case),
        "print_url": site.url("case-version-print", case.pk, case.version.number),
        "may_see_personal": case_queries.may_see_personal(user, case),
        "changes": case_queries.changes_against_present(case, unmasked=look.unmasked),
        "findings": stored_verdicts(case.version.findings),
        "dates": dates.of(case, look.on),
        "lines": lines,
        "uploaded": sum(line.material is not None for line in lines),
        "step_lines": step_lines,
        "prechecks": prechecks.of_case(case, look.on, by=user) if site is BUREAU else (),
        "described": described(case, user, site),
        "service": service_of(look),
        "items": case_queries.items_of(case) if case.definition.children else (),
        "versions": case_queries.versions_of(case),
        "history": history,
        # What has pages of its own shows its papers there.
        "papers": () if case.definition.pages.own else documents_of(user, case),
        "panels": panels(request, look, places=_ON_THE_PAGE),
        "revocation": revoking.revocation_of(case),
        "remedy": revoking.REMEDY,
        **beside,
    }
    return render(request, f"portals/{site.namespace}/case.html", context)


def _receipt_url(case: Case, site: Site) -> str:
    """Where the applicant's side prints the receipt; "" where there is none."""
    given = site is not BUREAU and receipt.is_given(case)
    return site.url("case-receipt", case.pk) if given else ""


def panels(request: HttpRequest, look: Look, *, places: Collection[Place]) -> dict[str, str]:
    """What the case's kind shows at some places, drawn, by where it stands."""
    drawn: dict[str, str] = {}
    for panel in look.case.definition.pages.panels:
        if panel.place not in places or panel.portal not in ("", look.site.namespace):
            continue
        given = panel.given(look)
        if given is not None:
            context = {"case": look.case, "site": look.site, **given}
            part = render_to_string(panel.template, context, request)
            drawn[panel.place] = drawn.get(panel.place, "") + part
    return {place: mark_safe(parts) for place, parts in drawn.items()}
