"""Materials of a person's case: uploaded, looked at, taken away again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from yonggong.cases import materials
from yonggong.portals.pages import uploads
from yonggong.portals.pages.site import PERSON
from yonggong.portals.person.desk import Desk, at_desk
from yonggong.portals.uploading import takes_files


@at_desk
@require_http_methods(["GET", "POST"])
@takes_files(20)
def material(request: HttpRequest, desk: Desk, pk: int, name: str) -> HttpResponse:
    """GET: the file in place, or with `download` as a file. POST: upload, or replace it."""
    case = desk.case(pk)
    line = uploads.line_of(case, name, user=desk.user, site=PERSON)
    if request.method == "GET":
        return uploads.shown(request, desk, case, line)
    wrong = uploads.take(request, desk, case, line, "file")
    if "slot" in request.GET:
        return uploads.slot_answer(request, case, name, wrong=wrong, user=desk.user, site=PERSON)
    if wrong:
        messages.error(request, f"{line.wanted.label}：{wrong}")
    return redirect("person:case-form", pk)


@at_desk
@require_POST
def remove(request: HttpRequest, desk: Desk, pk: int, name: str) -> HttpResponse:
    """Take a material away again."""
    case = desk.case(pk)
    line = uploads.line_of(case, name, user=desk.user, site=PERSON)
    if line.material is None:
        raise Http404
    materials.remove(material=line.material, by=desk.user, now=desk.now, address=desk.address)
    if "slot" in request.GET:
        return uploads.slot_answer(request, case, name, user=desk.user, site=PERSON)
    return redirect("person:case-form", pk)
