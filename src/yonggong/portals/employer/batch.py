"""Workbooks: templates, upload, progress, the verdict of every row, mending, undoing (1.7, 1.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yonggong import policy
from yonggong.accounts.actions import record_look
from yonggong.batch import actions, queries
from yonggong.batch.actions import cells_of
from yonggong.batch.models import BadRow, Batch
from yonggong.batch.reading import EXPLANATION_HEADING, MOST_MEGABYTES, Refused
from yonggong.batch.template import Filled, template
from yonggong.cases.actions import Forbidden
from yonggong.cases.kinds import get_kind
from yonggong.cases.offering import offered
from yonggong.forms import Field, Form
from yonggong.forms.columns import choices_in_words
from yonggong.listings.views import listing_view
from yonggong.portals.access import submission_key
from yonggong.portals.employer.batch_lists import BATCHES, FILED, GROUPS
from yonggong.portals.employer.desk import Desk, labour
from yonggong.vault import mask

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PER_PAGE = 50
_MEGABYTE = 1024 * 1024

NOTES_ROW = frozenset({"contract.ending"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One faulty cell of a bad row, to be mended in place."""

    field: Field
    value: str
    problem: str
    options: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.field.name


@dataclass(frozen=True, slots=True)
class Line:
    """A bad row: who it is about, its faulty cells, what else is wrong."""

    row: BadRow
    name: str
    document: str
    cells: tuple[Cell, ...]
    others: tuple[str, ...]
    reason: str
    may_explain: bool


@labour
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, desk: Desk, group: str) -> HttpResponseBase:
    """Templates to download, a workbook to upload, and the batches so far."""
    title, kinds = GROUPS[group]
    if request.method == "POST" and "ask" not in request.POST:
        return _upload(request, desk, group, kinds)
    extra = {
        "title": title,
        "group": group,
        "kinds": [(get_kind(kind), _materials(desk, kind)) for kind in kinds],
        "most_megabytes": MOST_MEGABYTES,
    }
    return listing_view(
        request, BATCHES[group], template="portals/employer/batch.html", extra=extra
    )


def _materials(desk: Desk, kind: str) -> list[str]:
    """The materials that must be uploaded with each filing of a kind, and so not by workbook."""
    rules = policy.of(desk.employer.region_code, desk.today)
    return [item.label for item in rules.materials(kind) if item.required]


def _upload(request: HttpRequest, desk: Desk, group: str, kinds: Sequence[str]) -> HttpResponse:
    file, kind, key = (
        request.FILES.get("file"),
        request.POST.get("kind", ""),
        submission_key(request),
    )
    if kind not in kinds or key is None:
        raise Http404
    if file is None:
        messages.error(request, "没有选择文件，请选择填写好的表格后再上传。")
        return redirect(f"employer:batch-{group}")
    if (file.size or 0) > MOST_MEGABYTES * _MEGABYTE:
        messages.error(request, f"文件超过 {MOST_MEGABYTES} MB，请分成几个文件上传。")
        return redirect(f"employer:batch-{group}")
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
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(f"employer:batch-{group}")
    return redirect("employer:batch", batch.pk)


@labour
@require_GET
def blank(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """The template of a kind."""
    if kind not in [item for _, kinds in GROUPS.values() for item in kinds]:
        raise Http404
    bulk = get_kind(kind).bulk
    assert bulk is not None
    form = offered(bulk.form, policy.of(desk.employer.region_code, desk.today))
    content = template(form, notes_row=kind in NOTES_ROW)
    return workbook(content, f"{get_kind(kind).title}批量模板.xlsx")


def workbook(content: bytes, name: str) -> HttpResponse:
    """A workbook to be downloaded under a name."""
    response = HttpResponse(content, content_type=_XLSX)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


def _batch(desk: Desk, pk: int) -> Batch:
    found: Batch = get_object_or_404(
        queries.visible_to(desk.user).filter(employer=desk.employer), pk=pk
    )
    return found


def _group(batch: Batch) -> str:
    return next(name for name, (_, kinds) in GROUPS.items() if batch.kind in kinds)


@labour
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, desk: Desk, pk: int) -> HttpResponseBase:
    """One batch: how far it is, and the verdict of every row."""
    batch = _batch(desk, pk)
    form = batch.form
    bad = Paginator(queries.bad_rows(batch), _PER_PAGE).get_page(request.GET.get("bad"))
    listing = replace(
        FILED,
        title=f"批次{batch.number}成功的行",
        rows=lambda user: FILED.rows(user).filter(case__batch=batch.pk),
    )
    extra = {
        **_standing(batch),
        "group": _group(batch),
        "group_title": GROUPS[_group(batch)][0],
        "bad": bad,
        "lines": [_line(row, form) for row in bad],
        "may_undo": not batch.is_open and batch.filed_rows and batch.state != Batch.State.UNDONE,
    }
    return listing_view(
        request, listing, template="portals/employer/batch_result.html", extra=extra
    )


def _standing(batch: Batch) -> dict[str, Any]:
    """How far a batch is: percent, and the seconds left by the pace so far."""
    done, total = batch.next_row, batch.total_rows
    left = None
    if batch.state == Batch.State.FILING and done and batch.started_at:
        spent = (timezone.now() - batch.started_at).total_seconds()
        left = max(1, round(spent / done * (total - done)))
    return {
        "batch": batch,
        "percent": round(100 * done / total) if total else 0,
        "left": left,
    }


@labour
@require_GET
def progress(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """The progress alone, asked for every second; when the job is over, the whole page."""
    batch = _batch(desk, pk)
    response = render(request, "portals/employer/batch_progress.html", _standing(batch))
    if not batch.is_open:
        response["HX-Refresh"] = "true"
    return response


def _line(row: BadRow, form: Form) -> Line:
    cells = cells_of(row)
    wrong: dict[str, list[str]] = {}
    others = []
    for field, _label, _code, message, remedy in row.problems:
        said = f"{message}，{remedy}" if remedy else message
        if field in form.fields_by_name:
            wrong.setdefault(field, []).append(said)
        else:
            others.append(said)
    return Line(
        row=row,
        name=cells.get("name", ""),
        document=mask(cells.get("document_number", ""), "document"),
        cells=tuple(
            Cell(
                form.fields_by_name[field],
                cells.get(field, ""),
                "；".join(said),
                _options(form.fields_by_name[field]),
            )
            for field, said in wrong.items()
        ),
        others=tuple(others),
        reason=_reason(row),
        may_explain=any(problem[0].startswith("explain-") for problem in row.problems),
    )


def _options(field: Field) -> tuple[str, ...]:
    return tuple(choices_in_words(field) or ())


def _reason(row: BadRow) -> str:
    return "；".join(
        f"{label}：{message}，{remedy}" if label else f"{message}，{remedy}"
        for _field, label, _code, message, remedy in row.problems
    )


@labour
@require_POST
def mend(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Send bad rows again with their cells mended."""
    batch = _batch(desk, pk)
    changes: dict[int, dict[str, str]] = {}
    said: dict[int, str] = {}
    names = set(batch.form.fields_by_name)
    for sent in request.POST:
        value = request.POST[sent]
        row, _, name = sent.partition(".")
        if not row.isdecimal():
            continue
        if name == "explanation":
            said[int(row)] = value
            changes.setdefault(int(row), {})
        elif name in names:
            changes.setdefault(int(row), {})[name] = value
    try:
        filed, still = actions.mend(
            batch=batch, changes=changes, said=said, by=desk.user, now=desk.now
        )
    except Forbidden as refused:
        messages.error(request, str(refused))
        return redirect("employer:batch", pk)
    if filed:
        messages.success(request, f"{filed} 行修正后已提交。")
    if still:
        messages.warning(request, f"{still} 行仍有问题，请继续修改。")
    return redirect("employer:batch", pk)


@labour
@require_GET
def bad_workbook(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """The bad rows as a workbook: reasons in their column, faulty cells marked."""
    batch = _batch(desk, pk)
    rows = [
        Filled(
            cells=cells_of(row),
            faults=_faults(row),
            reason=_reason(row),
        )
        for row in queries.bad_rows(batch)
    ]
    record_look(
        f"批次 {batch.number}",
        f"失败行 {len(rows)} 行",
        download=True,
        by=desk.user,
        address=desk.address,
    )
    content = template(batch.form, notes_row=batch.kind in NOTES_ROW, rows=rows)
    return workbook(content, f"{batch.number}失败行.xlsx")


def _faults(row: BadRow) -> dict[str, str]:
    """What is wrong by column; what only wants an explanation stands in the column for those."""
    faults: dict[str, list[str]] = {}
    for field, _label, _code, message, remedy in row.problems:
        column = EXPLANATION_HEADING if field.startswith("explain-") else field
        faults.setdefault(column, []).append(f"{message}，{remedy}")
    return {column: "\n".join(said) for column, said in faults.items()}


@labour
@require_POST
def confirm(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Go on with a batch whose notices have been seen."""
    try:
        actions.confirm(batch=_batch(desk, pk), by=desk.user, now=desk.now)
    except Forbidden as refused:
        messages.error(request, str(refused))
    return redirect("employer:batch", pk)


@labour
@require_POST
def cancel(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Stop a batch that is under way."""
    try:
        actions.cancel(batch=_batch(desk, pk), by=desk.user, now=desk.now)
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
            batch=_batch(desk, pk), by=desk.user, now=desk.now, address=desk.address
        )
        messages.success(request, f"已整批撤回，作废 {count} 条备案。")
    except Forbidden as refused:
        messages.error(request, str(refused))
    return redirect("employer:batch", pk)
