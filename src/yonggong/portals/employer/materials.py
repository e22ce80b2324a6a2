"""The table of the materials of an employer's case, for a form that has no slots of its own."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yonggong.cases import queries as case_queries
from yonggong.cases.life import Action, State, may
from yonggong.portals.employer.desk import Desk, at_desk
from yonggong.portals.pages.materials import lines_of
from yonggong.portals.pages.site import EMPLOYER


@at_desk
@require_GET
def table(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """材料上传: the materials table of the manual (1.2)."""
    case = desk.case(pk)
    lines = lines_of(case, user=desk.user, site=EMPLOYER)
    context = {
        "case": case,
        "pages": case.definition.pages,
        "lines": lines,
        "missing": [line for line in lines if line.wanted.required and line.material is None],
        "may_upload": may(Action.UPLOAD, case.state),
        "is_draft": case.state == State.DRAFT,
        "form_url": EMPLOYER.form_url(case),
        "list_url": EMPLOYER.list_url(case),
        "key": str(uuid4()),
        "revision": case_queries.revision_of(case),
    }
    return render(request, "portals/employer/materials.html", context)
