"""The file that an act rests on: sent with the form that asks for it, and looked at later."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse

from yonggong.accounts.actions import record_access
from yonggong.accounts.models import User
from yonggong.cases.materials import clean_name
from yonggong.contracts.corrections import EVIDENCE_TYPES, MOST_MEGABYTES
from yonggong.forms import Problem
from yonggong.forms.uploads import UploadSlot
from yonggong.portals.access import address_of
from yonggong.portals.files import file_response
from yonggong.registry.models import Evidence
from yonggong.registry.people import content_of, keep_evidence
from yonggong.uploads import Opened, UploadRefused, opened

__all__ = ["MOST_MEGABYTES", "keep", "missing", "shown", "slot", "take"]

_NAME, _LABEL = "evidence", "证据材料"


def slot(
    hint: str, problems: Sequence[Problem] = (), *, label: str = _LABEL, required: bool = True
) -> UploadSlot:
    """Where the file goes on the form."""
    problem = next((found.message for found in problems if found.field == _NAME), "")
    return UploadSlot(name=_NAME, label=label, required=required, hint=hint, problem=problem)


def take(request: HttpRequest, *, label: str = _LABEL) -> tuple[Opened | None, list[Problem]]:
    """The file that was sent, opened and not kept yet; or what is wrong with it."""
    file = request.FILES.get(_NAME)
    if file is None:
        return None, [missing(label)]
    try:
        content = file.read(MOST_MEGABYTES * 1024 * 1024 + 1)
        return opened(content, allowed=EVIDENCE_TYPES, megabytes=MOST_MEGABYTES), []
    except UploadRefused as refused:
        return None, [_problem("evidence", label, str(refused).rstrip("。"), "")]


def missing(label: str = _LABEL) -> Problem:
    """What to say where no file was sent."""
    return _problem("required", label, "尚未选择文件", f"请选择{label}后再提交")


def keep(request: HttpRequest, file: Opened) -> Evidence:
    """Keep what `take` opened, in the transaction of the act that rests on it."""
    sent = request.FILES.get(_NAME)
    return keep_evidence(
        file_name=clean_name((sent and sent.name) or "", file.file_type),
        content_type=file.file_type.content_type,
        content=file.content,
    )


def shown(
    request: HttpRequest, kept: Evidence, *, reference: str, said: str, by: User
) -> HttpResponse:
    """The file in place or, with `download`, to be saved. The look is recorded under `reference`,
    with what `said` tells of it."""
    download = "download" in request.GET
    record_access(reference, said, download=download, by=by, address=address_of(request))
    return file_response(content_of(kept), kept.content_type, kept.file_name, download=download)


def _problem(code: str, label: str, message: str, remedy: str) -> Problem:
    return Problem(field=_NAME, label=label, code=code, message=message, remedy=remedy)
