"""载入参保人数: figures of the social insurance agency, by a workbook; all rows or none."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yonggong.accounts.roles import Power
from yonggong.batch.reading import MOST_MEGABYTES
from yonggong.batch.template import template
from yonggong.portals.access import needs, user_of
from yonggong.portals.files import workbook
from yonggong.portals.navigation import stand_under
from yonggong.portals.pages.rows import brought
from yonggong.portals.uploading import takes_files
from yonggong.supervision.insured import INSURED_FORM, MOST_ROWS, load

_SHOWN = 100


@needs(Power.ORDER)
@require_http_methods(["GET", "POST"])
@takes_files(MOST_MEGABYTES + 1)
def page(request: HttpRequest) -> HttpResponseBase:
    """GET: the template, and where to put it. POST `file`: the figures kept, or what is wrong."""
    stand_under(request, "bureau:clues")
    context: dict[str, object] = {"most_rows": MOST_ROWS, "most_megabytes": MOST_MEGABYTES}
    status = 200
    if request.method == "POST":
        read = brought(request, INSURED_FORM, most_rows=MOST_ROWS, nothing="没有载入")
        context |= {"said": read.said, "notices": read.notices, "seen": read.seen}
        status = 422
        if part := read.part:
            loaded = load(
                columns=part.columns, numbers=part.numbers, by=user_of(request), now=timezone.now()
            )
            if not loaded.problems:
                known = f"，{loaded.known} 户此前已载入" if loaded.known else ""
                said = f"已载入 {loaded.added} 户的参保人数{known}。次日凌晨查找线索。"
                messages.success(request, said)
                return redirect("bureau:clues")
            bad = list(loaded.problems.items())
            context |= {"bad": bad[:_SHOWN], "count": len(bad)}
    return render(request, "portals/bureau/insured.html", context, status=status)


@needs(Power.ORDER)
@require_GET
def blank(request: HttpRequest) -> HttpResponse:
    """The template."""
    return workbook(template(INSURED_FORM, explanations=False), "单位参保人数模板.xlsx")
