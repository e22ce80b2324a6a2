"""Materials of a case: their slots on a form, their table, the files themselves."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yonggong.accounts.actions import record_access
from yonggong.cases import materials
from yonggong.cases import queries as case_queries
from yonggong.cases.life import Action, State, may
from yonggong.cases.models import Case
from yonggong.forms import Problem
from yonggong.forms.uploads import UploadedFile, UploadSlot, slot_response
from yonggong.portals.employer.desk import Desk, at_desk
from yonggong.portals.employer.kind_urls import form_url, list_url, word
from yonggong.portals.files import file_response
from yonggong.portals.pages import materials as shared
from yonggong.portals.pages.materials import Line
from yonggong.portals.pages.site import EMPLOYER
from yonggong.portals.uploading import takes_files
from yonggong.uploads import UploadRefused

# A material and a field may share a name; on the page they may not.
PREFIX = "material-"
_MEGABYTE = 1024 * 1024


def new_key() -> str:
    """An idempotency key for a form."""
    return str(uuid4())


def lines_of(desk: Desk, case: Case) -> list[Line]:
    """Every material that the case asks for, with the file that is there."""
    return shared.lines_of(case, user=desk.user, site=EMPLOYER)


def of(desk: Desk, case: Case, problems: Sequence[Problem] = ()) -> list[UploadSlot]:
    """The slots of the case's form."""
    wrong = {problem.field: problem.message for problem in problems}
    return [_slot(line, wrong.get(PREFIX + line.wanted.name, "")) for line in lines_of(desk, case)]


def upload_urls(case: Case) -> dict[str, str]:
    """Where each material is uploaded, for a form that has no slots of its own."""
    page = reverse(f"employer:{word(case)}-materials", args=[case.pk])
    return {
        PREFIX + wanted.name: f"{page}#{PREFIX}{wanted.name}"
        for wanted in case_queries.required_materials(case)
    }


def _slot(line: Line, problem: str = "") -> UploadSlot:
    files = []
    if line.material is not None:
        files.append(
            UploadedFile(
                name=line.material.file_name,
                size=line.material.blob.size,
                view_url=line.url if line.may_view else "",
                download_url=f"{line.url}?download=1" if line.may_view else "",
                delete_url=f"{line.url}remove/?slot=1",
            )
        )
    return UploadSlot(
        name=PREFIX + line.wanted.name,
        label=line.wanted.label,
        required=line.wanted.required,
        accept=line.accept,
        max_bytes=line.wanted.max_megabytes * _MEGABYTE,
        hint=line.wanted.hint,
        upload_url=f"{line.url}?slot=1",
        files=files,
        problem=problem,
    )


def _line(desk: Desk, case: Case, name: str) -> Line:
    found = next((line for line in lines_of(desk, case) if line.wanted.name == name), None)
    if found is None:
        raise Http404
    return found


def take_files(request: HttpRequest, desk: Desk, case: Case) -> list[Problem]:
    """Keep files sent with the form itself, as browsers without scripts do. They stay where the
    form is refused, for nobody can be shown them to send again; where it is sent with a file that
    the case does not ask for, none is kept."""
    problems = []
    lines = {slot: _line(desk, case, slot.removeprefix(PREFIX)) for slot in request.FILES}
    for slot, line in lines.items():
        if wrong := _take(request, desk, case, line, slot):
            problems.append(
                Problem(
                    field=slot,
                    label=line.wanted.label,
                    code="material_refused",
                    message=wrong,
                    remedy="",
                )
            )
    return problems


def _take(request: HttpRequest, desk: Desk, case: Case, line: Line, field: str) -> str:
    """Keep one file; what is wrong with it, empty where it is kept."""
    file = request.FILES.get(field)
    if file is None:
        return "没有选择文件，请选择后再上传。"
    if (file.size or 0) > line.wanted.max_megabytes * _MEGABYTE:
        # Told by its size, before it fills the memory.
        return f"文件超过 {line.wanted.max_megabytes} MB，请压缩后再上传。"
    try:
        materials.upload(
            case=case,
            name=line.wanted.name,
            file_name=file.name or "",
            content=file.read(),
            by=desk.user,
            now=desk.now,
            address=desk.address,
        )
    except UploadRefused as refused:
        return str(refused)
    return ""


@at_desk
@require_http_methods(["GET", "POST"])
@takes_files(20)
def material(request: HttpRequest, desk: Desk, pk: int, name: str) -> HttpResponse:
    """GET: the file in place, or with `download` as a file. POST: upload, or replace it."""
    case = desk.case(pk)
    line = _line(desk, case, name)
    if request.method == "GET":
        return _file(request, desk, case, line)
    wrong = _take(request, desk, case, line, "file")
    if "slot" in request.GET:
        if wrong:
            return HttpResponse(wrong, status=422, content_type="text/plain; charset=utf-8")
        return slot_response(request, _slot(_line(desk, case, name)))
    if wrong:
        messages.error(request, f"{line.wanted.label}：{wrong}")
    else:
        messages.success(request, f"{line.wanted.label}已上传。")
    return redirect(f"employer:{word(case)}-materials", case.pk)


def _file(request: HttpRequest, desk: Desk, case: Case, line: Line) -> HttpResponse:
    found = line.material
    if found is None or not line.may_view:
        raise Http404
    download = "download" in request.GET
    record_access(
        case.reference,
        f"材料 {line.wanted.label}",
        download=download,
        by=desk.user,
        address=desk.address,
    )
    return file_response(
        materials.content_of(found), found.content_type, found.file_name, download=download
    )


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
        return slot_response(request, _slot(_line(desk, case, name)))
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
