"""Workbooks: templates, upload, progress, the verdict of every row, mending, undoing (1.7, 1.8)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yonggong import policy
from yonggong.batch import actions, queries
from yonggong.batch.models import Batch
from yonggong.batch.pace import words_of_rest
from yonggong.batch.reading import MOST_MEGABYTES, FileRefused
from yonggong.batch.template import template
from yonggong.cases.actions import Forbidden
from yonggong.cases.for_province import for_province
from yonggong.cases.kinds import CaseKind, get_kind
from yonggong.cases.workbook import Workbook
from yonggong.listings.views import listing_view
from yonggong.portals.access import submission_key
from yonggong.portals.employer import batch_rows
from yonggong.portals.employer.batch_lists import BATCHES, filed, title_of
from yonggong.portals.employer.batch_rows import own_batch
from yonggong.portals.employer.desk import Desk, closed_note, labour
from yonggong.portals.files import workbook
from yonggong.portals.navigation import taken_on
from yonggong.portals.uploading import takes_files

_PER_PAGE = 50
_MEGABYTE = 1024 * 1024


@labour
@require_http_methods(["GET", "POST"])
@takes_files(MOST_MEGABYTES + 1)
def page(request: HttpRequest, desk: Desk, group: str) -> HttpResponseBase:
    """Templates to download, a workbook to upload, and the batches so far."""
    kinds = taken_on(group)
    if request.method == "POST" and "ask" not in request.POST:
        kind = request.POST.get("kind", "")
        if kind not in [one.name for one in kinds]:
            raise Http404
        return _upload(request, desk, kind)
    extra = {
        "title": title_of(group),
        "group": group,
        "kinds": [(kind, _materials(desk, kind)) for kind in kinds if not desk.bars(kind)],
        "closed": closed_note() if any(map(desk.bars, kinds)) else "",
        "most_megabytes": MOST_MEGABYTES,
    }
    return listing_view(
        request, BATCHES[group], template="portals/employer/batch.html", extra=extra
    )


def _materials(desk: Desk, kind: CaseKind) -> list[str]:
    """The materials that must be uploaded with each filing of a kind, and so not by workbook."""
    rules = policy.of(desk.employer.region_code, desk.today)
    return [item.label for item in kind.wants(rules) if item.required]


def _upload(
    request: HttpRequest, desk: Desk, kind: str, *, mends: Batch | None = None
) -> HttpResponse:
    """Take the workbook sent; `mends`: the batch whose bad rows it brings mended."""
    file, key = request.FILES.get("file"), submission_key(request)
    if key is None:
        raise Http404
    back = (
        redirect("employer:batch", mends.pk)
        if mends
        else redirect(f"employer:batch-{workbook_of(kind).page}")
    )
    if file is None:
        messages.error(request, "没有选择文件，请选择填写好的表格后再上传。")
        return back
    if (file.size or 0) > MOST_MEGABYTES * _MEGABYTE:
        messages.error(request, f"文件超过 {MOST_MEGABYTES} MB，请分成几个文件上传。")
        return back
    try:
        batch = actions.upload(
            kind=kind,
            employer=desk.employer,
            file_name=file.name or "",
            content=file.read(),
            key=key,
            by=desk.user,
            today=desk.today,
            address=desk.address,
            mends=mends,
        )
    except FileRefused as refused:
        messages.error(request, str(refused))
        return back
    return redirect("employer:batch", batch.pk)


@labour
@require_GET
def blank(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """The template of a kind."""
    book = workbook_of(kind)
    form = for_province(book.form, policy.of(desk.employer.region_code, desk.today))
    content = template(form, key=book.key, notes_row=book.hints, advice=book.notes)
    return workbook(content, f"{get_kind(kind).title}批量模板.xlsx")


def workbook_of(kind: str) -> Workbook:
    """How the kind is filed by the workbook. Raises `Http404` where it is not."""
    try:
        book = get_kind(kind).workbook
    except KeyError:
        book = None
    if book is None:
        raise Http404
    return book


@labour
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, desk: Desk, pk: int) -> HttpResponseBase:
    """One batch: how far it is, and the verdict of every row."""
    batch = own_batch(desk, pk)
    bad = Paginator(queries.bad_rows(batch), _PER_PAGE).get_page(request.GET.get("bad"))
    group = workbook_of(batch.kind).page
    extra = {
        **_standing(batch),
        "group": group,
        "group_title": title_of(group),
        "bad": bad,
        "told": batch_rows.told(batch),
        "lines": batch_rows.lines(list(bad), batch),
        "aside": batch_rows.aside(batch),
        "aside_count": queries.rows_aside(batch).count(),
        "mending": queries.mending(batch),
        "may_mend": batch.may_mend and not desk.bars(batch.definition),
        "may_undo": not batch.is_open and batch.filed_rows and batch.state != Batch.State.UNDONE,
    }
    return listing_view(
        request, filed(batch), template="portals/employer/batch_result.html", extra=extra
    )


def _standing(batch: Batch) -> dict[str, Any]:
    """How far a batch is: percent, what is said of the time left, rows that were not come to."""
    done, total = batch.next_row, batch.total_rows
    filing = batch.state == Batch.State.FILING
    return {
        "batch": batch,
        "percent": round(100 * done / total) if total else 0,
        "left": words_of_rest(batch.expected_at) if filing else "",
        "rest": total - done,
    }


@labour
@require_GET
def progress(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """The progress alone, asked for every second; when the job is over, the whole page."""
    batch = own_batch(desk, pk)
    response = render(request, "portals/employer/batch_progress.html", _standing(batch))
    if not batch.is_open:
        response["HX-Refresh"] = "true"
    return response


@labour
@require_GET
def bad_workbook(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """The bad rows as a workbook: reasons in their column, faulty cells marked."""
    batch = own_batch(desk, pk)
    content = template(
        batch.form,
        key=batch.key_field,
        notes_row=workbook_of(batch.kind).hints,
        rows=batch_rows.filled(batch, desk),
        advice=workbook_of(batch.kind).notes,
    )
    return workbook(content, f"{batch.number}失败行.xlsx")


@labour
@require_POST
@takes_files(MOST_MEGABYTES + 1)
def again(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Upload the bad rows, mended in their workbook."""
    batch = own_batch(desk, pk)
    return _upload(request, desk, batch.kind, mends=batch)


@labour
@require_POST
def confirm(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Go on with a batch whose notices have been seen."""
    try:
        actions.confirm(batch=own_batch(desk, pk), by=desk.user, now=desk.now)
    except Forbidden as refused:
        messages.error(request, str(refused))
    return redirect("employer:batch", pk)


@labour
@require_POST
def cancel(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Stop a batch that is under way."""
    try:
        actions.cancel(batch=own_batch(desk, pk), by=desk.user, now=desk.now)
        messages.success(request, "已取消。已提交的行保留，其余行不再处理。")
    except Forbidden as refused:
        messages.error(request, str(refused))
    return redirect("employer:batch", pk)


@labour
@require_POST
def undo(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Void everything the batch filed, while nobody has reviewed any of it."""
    try:
        count = actions.undo(
            batch=own_batch(desk, pk), by=desk.user, now=desk.now, address=desk.address
        )
        messages.success(request, f"已整批撤回，作废 {count} 条备案。")
    except Forbidden as refused:
        messages.error(request, str(refused))
    return redirect("employer:batch", pk)
