"""Files uploaded to a case: their slots on its form, and how one is kept, shown and taken away."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from yonggong.cases import materials
from yonggong.cases import queries as case_queries
from yonggong.cases.kinds import other_signers
from yonggong.cases.models import Case
from yonggong.forms import Problem
from yonggong.forms.uploads import UploadedFile, UploadSlot, slot_response
from yonggong.policy import Material as Wanted
from yonggong.portals.pages.desk import Desk
from yonggong.portals.pages.materials import Line, lines_of, served
from yonggong.portals.uploading import takes_files
from yonggong.registry.parties import Party
from yonggong.uploads import UploadRefused

# A material and a field may share a name; on the page they may not.
PREFIX = "material-"
_MEGABYTE = 1024 * 1024


def slots_of(desk: Desk, case: Case, problems: Sequence[Problem] = ()) -> list[UploadSlot]:
    """The slots of the case's form."""
    wrong = {problem.field: problem.message for problem in problems}
    return [
        slot_of(desk, case, line, wrong.get(PREFIX + line.wanted.name, ""))
        for line in lines_of(case, user=desk.user, site=desk.site)
    ]


def slot_of(desk: Desk, case: Case, line: Line, problem: str = "") -> UploadSlot:
    """The slot of one material."""
    chooses = desk.site.chooses and not case.definition.pages.own
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
    printed = prints_form(desk, case, line.wanted)
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
        said=_said(line),
        choose_url=(
            desk.site.url("case-material-choose", case.pk, line.wanted.name) if chooses else ""
        ),
        form_url=desk.site.url("case-material-sign", case.pk, line.wanted.name) if printed else "",
        form_note=_to_sign(case, line.wanted) if printed else "",
        choose_label="从以前的办件选用" + ("，或者由共享取得" if line.wanted.shared_by else ""),
    )


def prints_form(desk: Desk, case: Case, wanted: Wanted) -> bool:
    """Whether a material is a form of the item that stands on this page: it is then offered filled in."""
    pages = desk.site.prints and not case.definition.coded and not case.definition.pages.own
    return bool(wanted.prints) and pages and case_queries.may_see_personal(desk.user, case)


def _to_sign(case: Case, wanted: Wanted) -> str:
    signers = wanted.signed_by if case.at_counter else other_signers(wanted, case.applicant.kind)
    if case.applicant.kind == Party.Kind.EMPLOYER:
        item = case.definition.item
        person = "申领的亲属" if item and item.after_death else "职工本人"
        signers = tuple(person if one == "本人" else one for one in signers)
    return (
        f"先填写好本页内容，再下载按所填内容生成的表打印，由{'、'.join(signers)}签字或者盖章后，"
        "拍照或者扫描上传。"
    )


def _said(line: Line) -> str:
    if line.provider:
        return f"由办理机构通过共享取得（{line.provider}），不用上传"
    origin = line.material.taken_from if line.material else None
    return f"取自办件 {origin.number}（{origin.kind_title}）" if origin else ""


def line_of(desk: Desk, case: Case, name: str) -> Line:
    """The line of one material; 404 where the case asks for none of that name."""
    lines = lines_of(case, user=desk.user, site=desk.site)
    found = next((line for line in lines if line.wanted.name == name), None)
    if found is None:
        raise Http404
    return found


def slot_answer(
    request: HttpRequest, desk: Desk, case: Case, name: str, *, wrong: str = ""
) -> HttpResponse:
    """What the form's script is told: the slot as it stands now, or what is wrong."""
    if wrong:
        return HttpResponse(wrong, status=422, content_type="text/plain; charset=utf-8")
    return slot_response(request, slot_of(desk, case, line_of(desk, case, name)))


def take_files(request: HttpRequest, desk: Desk, case: Case) -> list[Problem]:
    """Keep files sent with the form itself, as browsers without scripts do. They stay where the
    form is refused, for nobody can be shown them to send again; where it is sent with a file that
    the case does not ask for, none is kept."""
    problems = []
    lines = {slot: line_of(desk, case, slot.removeprefix(PREFIX)) for slot in request.FILES}
    for slot, line in lines.items():
        if wrong := take(request, desk, case, line, slot):
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


def take(request: HttpRequest, desk: Desk, case: Case, line: Line, field: str) -> str:
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


def shown(request: HttpRequest, desk: Desk, case: Case, line: Line) -> HttpResponse:
    """The file in place, or with `download` as a file; the look is recorded."""
    found = line.material
    if found is None or not line.may_view:
        raise Http404
    said = f"材料 {line.wanted.label}"
    return served(request, found, reference=case.reference, said=said, by=desk.user)


@require_http_methods(["GET", "POST"])
@takes_files(20)
def answer(request: HttpRequest, desk: Desk, pk: int, name: str) -> HttpResponse:
    """GET: the file in place, or with `download` as a file. POST: upload, or replace it."""
    case = desk.case(pk)
    line = line_of(desk, case, name)
    if request.method == "GET":
        return shown(request, desk, case, line)
    wrong = take(request, desk, case, line, "file")
    if "slot" in request.GET:
        return slot_answer(request, desk, case, name, wrong=wrong)
    if wrong:
        messages.error(request, f"{line.wanted.label}：{wrong}")
    else:
        messages.success(request, f"{line.wanted.label}已上传。")
    return redirect(desk.site.materials_url(case))


@require_POST
def removed(request: HttpRequest, desk: Desk, pk: int, name: str) -> HttpResponse:
    """Take a material away again; 404 where none is there."""
    case = desk.case(pk)
    line = line_of(desk, case, name)
    if line.material is None:
        raise Http404
    materials.remove(material=line.material, by=desk.user, now=desk.now, address=desk.address)
    if "slot" in request.GET:
        return slot_answer(request, desk, case, name)
    messages.success(request, f"{line.wanted.label}已删除。")
    return redirect(desk.site.materials_url(case))
