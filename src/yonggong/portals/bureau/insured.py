"""载入参保人数: figures of the social insurance agency, by a workbook; all rows or none."""

from __future__ import annotations

import time

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from yonggong.accounts.roles import Power
from yonggong.batch.reading import MOST_MEGABYTES, FileRefused, ReadingEnded, Unwanted, opened
from yonggong.batch.template import template
from yonggong.portals.access import needs, user_of
from yonggong.portals.navigation import stand_under
from yonggong.portals.uploading import takes_files
from yonggong.supervision.insured import INSURED_FORM, MOST_ROWS, Loaded, load

_MOST_SECONDS = 30
_SHOWN = 100
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(Power.ORDER)
@require_http_methods(["GET", "POST"])
@takes_files(MOST_MEGABYTES + 1)
def page(request: HttpRequest) -> HttpResponseBase:
    """GET: the template, and where to put it. POST `file`: the figures kept, or what is wrong."""
    stand_under(request, "bureau:clues")
    said, loaded = _read(request) if request.method == "POST" else ("", Loaded())
    if request.method == "POST" and not said and not loaded.problems:
        known = f"，{loaded.known} 户此前已载入" if loaded.known else ""
        messages.success(request, f"已载入 {loaded.added} 户的参保人数{known}。次日凌晨查找线索。")
        return redirect("bureau:clues")
    context = {
        "said": said,
        "bad": list(loaded.problems.items())[:_SHOWN],
        "count": len(loaded.problems),
        "most_rows": MOST_ROWS,
        "most_megabytes": MOST_MEGABYTES,
    }
    status = 422 if said or loaded.problems else 200
    return render(request, "portals/bureau/insured.html", context, status=status)


def _read(request: HttpRequest) -> tuple[str, Loaded]:
    file = request.FILES.get("file")
    if file is None:
        return "没有选择文件，请选择填写好的表格后再上传。", Loaded()
    if (file.size or 0) > MOST_MEGABYTES * 1024 * 1024:
        return f"文件超过 {MOST_MEGABYTES} MB，请分成几个文件上传。", Loaded()
    until = time.monotonic() + _MOST_SECONDS
    try:
        with opened(
            file.read(), INSURED_FORM, size=MOST_ROWS + 1, wanted=lambda: time.monotonic() < until
        ) as sheet:
            if sheet.notices:
                return "；".join(sheet.notices), Loaded()
            part = next(sheet.parts)
    except FileRefused as refused:
        return str(refused), Loaded()
    except (ReadingEnded, Unwanted):
        return "读取中断，没有载入。请在表格软件中重新保存后上传。", Loaded()
    if len(part.numbers) > MOST_ROWS:
        return f"表格超过 {MOST_ROWS} 行，没有载入。请分成几个文件上传。", Loaded()
    return "", load(
        columns=part.columns, numbers=part.numbers, by=user_of(request), now=timezone.now()
    )


@needs(Power.ORDER)
@require_GET
def blank(request: HttpRequest) -> HttpResponse:
    """The template."""
    response = HttpResponse(template(INSURED_FORM, explanations=False), content_type=_XLSX)
    name = content_disposition_header(True, "单位参保人数模板.xlsx")
    response["Content-Disposition"] = name or ""
    return response
