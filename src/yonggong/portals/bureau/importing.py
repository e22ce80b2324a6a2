"""单位批量登记: a clerk enters many employers at the counter by a workbook (NMG-7, NMG-13)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.batch.reading import MOST_MEGABYTES, ReadingEnded, Refused, opened
from yonggong.batch.template import template
from yonggong.cases.offering import offered
from yonggong.contracts.forms import NEW_FORM
from yonggong.employers.importing import IMPORT_FORM, MOST_ROWS, Entered, enter
from yonggong.forms import Form
from yonggong.portals.access import needs, user_of
from yonggong.portals.bureau.counter import counter_of
from yonggong.registry.models import Agency

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(Power.FILE_FOR_OTHERS)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponseBase:
    """GET: the template, and where to put it. POST `file`: every row entered, or what is wrong."""
    user = user_of(request)
    counter = counter_of(user)
    said: str = ""
    entered: list[Entered] = []
    if request.method == "POST":
        said, entered = _read(request, user, counter)
    bad = [item for item in entered if item.problems]
    context = {
        "counter": counter,
        "said": said,
        "done": [item for item in entered if not item.problems],
        "bad": bad,
        "count": len(entered),
        "most_rows": MOST_ROWS,
        "most_megabytes": MOST_MEGABYTES,
    }
    status = 422 if said or bad else 200
    return render(request, "portals/bureau/counter_import.html", context, status=status)


def _read(request: HttpRequest, user: User, counter: Agency | None) -> tuple[str, list[Entered]]:
    """What to say of the whole file, and what became of its rows."""
    if counter is None:
        return "您的账号没有指定窗口机构，不能登记单位。请联系业务管理员授权。", []
    file = request.FILES.get("file")
    if file is None:
        return "没有选择文件，请选择填写好的表格后再上传。", []
    if (file.size or 0) > MOST_MEGABYTES * 1024 * 1024:
        return f"文件超过 {MOST_MEGABYTES} MB，请分成几个文件上传。", []
    try:
        with opened(file.read(), IMPORT_FORM, size=MOST_ROWS + 1) as sheet:
            part = next(sheet.parts)
    except Refused as refused:
        return str(refused), []
    except ReadingEnded:
        return "读取中断，没有登记任何单位。请重新上传。", []
    if len(part.numbers) > MOST_ROWS:
        return f"表格超过 {MOST_ROWS} 行，没有登记任何单位。请分成几个文件上传。", []
    return "", enter(
        columns=part.columns, numbers=part.numbers, by=user, counter=counter, now=timezone.now()
    )


# What a clerk hands out at the counter: a form, and what its file is called. Workers come into the
# platform with their contract (JL-13), so theirs is the template of new contracts.
TEMPLATES: dict[str, tuple[Form, str]] = {
    "employers": (IMPORT_FORM, "用人单位批量登记模板.xlsx"),
    "workers": (NEW_FORM, "劳动者及新订劳动合同批量模板.xlsx"),
}


@needs(Power.FILE_FOR_OTHERS)
@require_GET
def blank(request: HttpRequest, word: str) -> HttpResponse:
    """The template of employers, or of workers."""
    if word not in TEMPLATES:
        raise Http404
    form, name = TEMPLATES[word]
    if counter := counter_of(user_of(request)):
        form = offered(form, policy.of(counter.region_code, timezone.localdate()))
    content = template(form, explanations=word == "workers")
    response = HttpResponse(content, content_type=_XLSX)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
