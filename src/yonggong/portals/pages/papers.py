"""The document that a person brings for a confirmation or a notice: as typed, and as shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse

from yonggong.codes.errors import CodeError
from yonggong.forms.reading import read_date
from yonggong.portals.files import file_response
from yonggong.sources.models import Brought


@dataclass(frozen=True, slots=True)
class Typed:
    """Title, number and day of a document as typed, and its file; `issued` is None where the day
    typed is none, which `issued_problem` says."""

    title: str = ""
    number: str = ""
    issued_text: str = ""
    issued: date | None = None
    issued_problem: str = ""
    file_name: str = ""
    content: bytes = b""


def typed(request: HttpRequest) -> Typed:
    """What was sent."""
    file = request.FILES.get("document")
    text = request.POST.get("issued", "").strip()
    issued, problem = None, "没有填写发文日期，请照文件填写。"
    if text:
        try:
            issued, problem = read_date(text, serials=False), ""
        except CodeError as unreadable:
            problem = f"发文日期：{unreadable}。"
    return Typed(
        title=request.POST.get("title", "").strip()[:200],
        number=request.POST.get("number", "").strip()[:100],
        issued_text=text,
        issued=issued,
        issued_problem=problem,
        file_name=file.name or "" if file else "",
        content=file.read() if file else b"",
    )


def document_of(request: HttpRequest, kept: Brought) -> HttpResponse:
    """The document's file, in place or saved; 404 where none was brought."""
    if kept.blob is None:
        raise Http404
    return file_response(
        kept.blob.opened,
        kept.content_type,
        kept.file_name,
        download="download" in request.GET,
    )
