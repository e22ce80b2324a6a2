"""Materials of a case: their slots on a form, their table, the files themselves."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yonggong.cases import materials
from yonggong.cases import queries as case_queries
from yonggong.cases.life import Action, State, may
from yonggong.cases.models import Case
from yonggong.forms import Problem
from yonggong.forms.uploads import UploadSlot
from yonggong.portals.employer.desk import Desk, at_desk
from yonggong.portals.employer.kind_urls import form_url, list_url, word
from yonggong.portals.pages import materials as shared
from yonggong.portals.pages import uploads
from yonggong.portals.pages.materials import Line
from yonggong.portals.pages.site import EMPLOYER
from yonggong.portals.uploading import takes_files


def new_key() -> str:
    """An idempotency key for a form."""
    return str(uuid4())


def lines_of(desk: Desk, case: Case) -> list[Line]:
    """Every material that the case asks for, with the file that is there."""
    return shared.lines_of(case, user=desk.user, site=EMPLOYER)


def of(desk: Desk, case: Case, problems: Sequence[Problem] = ()) -> list[UploadSlot]:
    """The slots of the case's form."""
    return uploads.slots_of(case, user=desk.user, site=EMPLOYER, problems=problems)


def upload_urls(case: Case) -> dict[str, str]:
    """Where each material is uploaded, for a form that has no slots of its own."""
    page = reverse(f"employer:{word(case)}-materials", args=[case.pk])
    return {
        uploads.PREFIX + wanted.name: f"{page}#{uploads.PREFIX}{wanted.name}"
        for wanted in case_queries.required_materials(case)
    }


def _line(desk: Desk, case: Case, name: str) -> Line:
    return uploads.line_of(case, name, user=desk.user, site=EMPLOYER)


def take_files(request: HttpRequest, desk: Desk, case: Case) -> list[Problem]:
    """Keep files sent with the form itself."""
    return uploads.take_files(request, desk, case, site=EMPLOYER)


@at_desk
@require_http_methods(["GET", "POST"])
@takes_files(20)
def material(request: HttpRequest, desk: Desk, pk: int, name: str) -> HttpResponse:
    """GET: the file in place, or with `download` as a file. POST: upload, or replace it."""
    case = desk.case(pk)
    line = _line(desk, case, name)
    if request.method == "GET":
        return uploads.shown(request, desk, case, line)
    wrong = uploads.take(request, desk, case, line, "file")
    if "slot" in request.GET:
        return uploads.slot_answer(request, case, name, wrong=wrong, user=desk.user, site=EMPLOYER)
    if wrong:
        messages.error(request, f"{line.wanted.label}：{wrong}")
    else:
        messages.success(request, f"{line.wanted.label}已上传。")
    return redirect(f"employer:{word(case)}-materials", case.pk)


@at_desk
@require_POST
def remove(request: HttpRequest, desk: Desk, pk: int, name: str) -> HttpResponse:
    """Take a material away again."""
    case = desk.case(pk)
    line = _line(desk, case, name)
    if line.material is None:
        raise Http404
    materials.remove(material=line.material, by=desk.user, now=desk.now, address=desk.address)
    if "slot" in request.GET:
        return uploads.slot_answer(request, case, name, user=desk.user, site=EMPLOYER)
    messages.success(request, f"{line.wanted.label}已删除。")
    return redirect(f"employer:{word(case)}-materials", case.pk)


@at_desk
@require_GET
def table(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """材料上传: the materials table of the manual (1.2)."""
    case = desk.case(pk)
    lines = lines_of(desk, case)
    context = {
        "case": case,
        "pages": case.definition.pages,
        "lines": lines,
        "missing": [line for line in lines if line.wanted.required and line.material is None],
        "may_upload": may(Action.UPLOAD, case.state),
        "is_draft": case.state == State.DRAFT,
        "form_url": form_url(case),
        "list_url": list_url(case),
        "key": new_key(),
        "revision": case_queries.revision_of(case),
    }
    return render(request, "portals/employer/materials.html", context)
