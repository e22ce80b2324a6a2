"""材料选用: a material taken from an earlier case of the same applicant, or left to sharing."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yonggong.cases import reusing
from yonggong.cases.errors import Forbidden
from yonggong.cases.models import Case
from yonggong.forms.reading import read_key
from yonggong.portals.pages import form as case_form
from yonggong.portals.pages.desk import Desk
from yonggong.portals.pages.materials import Line
from yonggong.portals.pages.uploads import PREFIX, line_of


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, desk: Desk, pk: int, name: str) -> HttpResponse:
    """GET: what there is. POST `ask`: `take` the one with key `source`, leave it to `sharing`, or
    `bring` it after all; then back to its place on the form."""
    case = desk.case(pk)
    line = line_of(desk, case, name)
    if not case_form.is_open(case) or case.definition.pages.own:
        raise Http404
    back = f"{desk.site.form_url(case)}#f-{PREFIX}{name}"
    if request.method == "POST":
        try:
            messages.success(request, _done(request, desk, case, line))
        except Forbidden as refused:
            messages.error(request, str(refused))
        return redirect(back)
    context = {
        "case": case,
        "line": line,
        "earlier": reusing.earlier(case, line.wanted, desk.user),
        "site": desk.site,
        "back": back,
    }
    return render(request, "portals/pages/choose_material.html", context)


def _done(request: HttpRequest, desk: Desk, case: Case, line: Line) -> str:
    name, label = line.wanted.name, line.wanted.label
    who = {"by": desk.user, "now": desk.now, "address": desk.address}
    asked = request.POST.get("ask")
    if asked == "sharing":
        reusing.leave_to_sharing(case=case, name=name, **who)  # type: ignore[arg-type]
        return f"{label}由办理机构通过共享取得，不用上传。"
    if asked == "bring":
        reusing.bring_after_all(case=case, name=name, **who)  # type: ignore[arg-type]
        return f"{label}改为自行上传。"
    key = read_key(request.POST.get("source", ""))
    if asked != "take" or key is None:
        raise Forbidden("没有选择材料。")
    reusing.take(case=case, name=name, source=key, **who)  # type: ignore[arg-type]
    return f"已选用以前办件的{label}。"
