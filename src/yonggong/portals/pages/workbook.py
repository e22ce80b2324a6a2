"""An item filled in by workbook: downloaded empty or with what was typed so far, read into the draft,
every problem named by tab and cell. Nothing is filed here."""

from __future__ import annotations

import time

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from yonggong.accounts.actions import record_access
from yonggong.batch.case_reading import CaseRead, read_case
from yonggong.batch.case_template import case_template
from yonggong.batch.reading import FileRefused, ReadingEnded, Unwanted
from yonggong.cases import queries as case_queries
from yonggong.cases.drafting import save_draft
from yonggong.cases.errors import Overtaken
from yonggong.cases.for_province import for_province
from yonggong.cases.models import Case
from yonggong.forms import Form
from yonggong.portals.files import workbook
from yonggong.portals.navigation import stand_under
from yonggong.portals.pages import form as case_form
from yonggong.portals.pages import keeping
from yonggong.portals.pages.desk import Desk
from yonggong.portals.pages.site import Site
from yonggong.portals.uploading import takes_files

MOST_MEGABYTES = 10
_MEGABYTE = 1024 * 1024
# So long a page waits for a file to be read.
_MOST_SECONDS = 30
# So many problems are listed; people mend them and come again.
_MOST_SHOWN = 200


@require_http_methods(["GET", "POST"])
@takes_files(MOST_MEGABYTES + 1)
def page(request: HttpRequest, desk: Desk, pk: int) -> HttpResponseBase:
    """GET: the workbooks to download, and where to upload one. POST reads one into the draft; what
    is wrong with it is listed here, else the form follows."""
    case, site = _own(desk, pk), desk.site
    if not case_form.is_open(case):
        messages.warning(request, f"该办件为“{case.state_title}”，不能修改。")
        return redirect(site.case_url(case))
    if request.method == "GET":
        return _show(request, case, site)
    try:
        read = _read(request, desk, case)
    except FileRefused as refused:
        messages.error(request, str(refused))
        return redirect(site.url("item-workbook", case.pk))
    except (ReadingEnded, Unwanted):
        messages.error(request, "文件没有读完，没有读入任何内容。请使用下载的表格填写后重新上传。")
        return redirect(site.url("item-workbook", case.pk))
    try:
        case = save_draft(
            kind=case.definition,
            applicant=case.applicant,
            raw=read.answers,
            case=case,
            seen=keeping.seen_by(request),
            tab=keeping.page_of(request),
            by=desk.user,
            now=desk.now,
        )
    except Overtaken:
        messages.warning(request, f"{_counted(read)}草稿在另一窗口有改动，请选择采用哪一份。")
        return redirect(site.form_url(case))
    if read.faults:
        return _show(request, case, site, read)
    for notice in read.notices:
        messages.warning(request, notice)
    messages.success(request, f"{_counted(read)}内容已存为草稿，尚未提交，请核对后提交审核。")
    return redirect(site.form_url(case))


@require_GET
def blank(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """The empty workbook of the item."""
    case = _own(desk, pk)
    return workbook(case_template(_form(desk, case)), f"{case.kind_title}表格.xlsx")


@require_GET
def filled(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """The workbook with what was typed so far. It holds personal data whole, so it leaves a line in
    the access log."""
    case = _own(desk, pk)
    if not case_form.is_open(case):
        raise Http404
    record_access(case.reference, "已填写的表格", download=True, by=desk.user, address=desk.address)
    content = case_template(_form(desk, case), case_form.kept(case))
    return workbook(content, f"{case.kind_title}表格（已填写）.xlsx")


def _own(desk: Desk, pk: int) -> Case:
    """A case of the desk's, of a kind without pages of its own. Raises `Http404`."""
    case = desk.case(pk, around=False)
    if case.definition.pages.own:
        raise Http404
    return case


def _form(desk: Desk, case: Case) -> Form:
    return for_province(case.definition.form, case_form.rules_of(desk, case))


def _read(request: HttpRequest, desk: Desk, case: Case) -> CaseRead:
    """What the workbook sent says. Raises `FileRefused`, `ReadingEnded`."""
    file = request.FILES.get("file")
    if file is None:
        raise FileRefused("没有选择文件，请选择填写好的表格后再上传。")
    if (file.size or 0) > MOST_MEGABYTES * _MEGABYTE:
        raise FileRefused(f"文件超过 {MOST_MEGABYTES} MB，请使用下载的表格填写。")
    until = time.monotonic() + _MOST_SECONDS
    return read_case(
        file.read(),
        _form(desk, case),
        kept=case_form.kept(case),
        wanted=lambda: time.monotonic() < until,
    )


def _counted(read: CaseRead) -> str:
    said = "，".join(f"“{tab}”{count} {unit}" for tab, count, unit in read.counts)
    return f"已从表格读入：{said}。"


def _show(
    request: HttpRequest, case: Case, site: Site, read: CaseRead | None = None
) -> HttpResponse:
    stand_under(request, site.list_name(case))
    faults = read.faults if read else ()
    context = {
        "case": case,
        "place": site.items,
        "form_url": site.form_url(case),
        "list_url": site.list_url(case),
        "blank_url": site.url("item-workbook-blank", case.pk),
        "filled_url": site.url("item-workbook-filled", case.pk),
        "most_megabytes": MOST_MEGABYTES,
        "revision": case_queries.revision_of(case),
        "began": bool(case_queries.typed_in(case)),
        "read": read,
        "counted": _counted(read) if read else "",
        "faults": faults[:_MOST_SHOWN],
        "unlisted": len(faults[_MOST_SHOWN:]),
    }
    return render(request, "portals/pages/workbook.html", context, status=422 if read else 200)
