"""单位批量登记: a clerk enters many employers at the counter by a workbook (NMG-7, NMG-13)."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yonggong import policy
from yonggong.accounts.limits import ENTERING_MANY, TooOften
from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.batch.reading import MOST_MEGABYTES
from yonggong.batch.template import template
from yonggong.cases.for_province import for_province
from yonggong.contracts.forms import NEW_FORM
from yonggong.employers.importing import IMPORT_FORM, MOST_ROWS, Entered, enter
from yonggong.forms import Form
from yonggong.portals.access import address_of, needs, user_of
from yonggong.portals.bureau.counter import counter_of
from yonggong.portals.files import workbook
from yonggong.portals.pages.rows import brought
from yonggong.portals.uploading import takes_files
from yonggong.registry.lookups import note_asked
from yonggong.registry.models import Agency


@dataclass(slots=True)
class _Read:
    """What became of a file: what to say of the whole of it, or its rows; or, before any row is
    entered, what of it is not read (`notices`), to be sent again with the mark `seen`."""

    said: str = ""
    entered: list[Entered] = field(default_factory=list)
    notices: tuple[str, ...] = ()
    seen: str = ""


@needs(Power.FILE_FOR_OTHERS)
@require_http_methods(["GET", "POST"])
@takes_files(MOST_MEGABYTES + 1)
def page(request: HttpRequest) -> HttpResponseBase:
    """GET: the template, and where to put it. POST `file`: every row entered, or what is wrong."""
    user = user_of(request)
    counter = counter_of(user)
    read = _read(request, user, counter) if request.method == "POST" else _Read()
    bad = [item for item in read.entered if item.problems]
    context = {
        "counter": counter,
        "said": read.said,
        "notices": read.notices,
        "seen": read.seen,
        "done": [item for item in read.entered if not item.problems],
        "bad": bad,
        "count": len(read.entered),
        "most_rows": MOST_ROWS,
        "most_megabytes": MOST_MEGABYTES,
    }
    status = 422 if read.said or read.notices or bad else 200
    return render(request, "portals/bureau/counter_import.html", context, status=status)


def _read(request: HttpRequest, user: User, counter: Agency | None) -> _Read:
    if counter is None:
        return _Read("您的账号没有指定窗口机构，不能登记单位。请联系业务管理员授权。")
    read = brought(request, IMPORT_FORM, most_rows=MOST_ROWS, nothing="没有登记任何单位")
    part = read.part
    if part is None:
        return _Read(read.said, notices=read.notices, seen=read.seen)
    said = f"窗口批量登记单位，{len(part.numbers)} 行"
    try:
        note_asked(
            ENTERING_MANY, "", said, by=user, address=address_of(request), now=timezone.now()
        )
    except TooOften as refused:
        return _Read(str(refused))
    return _Read(
        entered=enter(
            columns=part.columns, numbers=part.numbers, by=user, counter=counter, now=timezone.now()
        )
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
        form = for_province(form, policy.of(counter.region_code, timezone.localdate()))
    return workbook(template(form, explanations=word == "workers"), name)
