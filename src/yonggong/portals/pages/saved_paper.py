"""A saved paper as its PDF, as every portal gives it out."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from yonggong.accounts.actions import record_access
from yonggong.accounts.models import User
from yonggong.documents.models import Document
from yonggong.documents.queries import may_see_whole, pdf_of
from yonggong.portals.access import address_of
from yonggong.portals.files import file_response


def pdf(request: HttpRequest, paper: Document, *, said: str, user: User) -> HttpResponse:
    """The PDF in place or, with `download`, as a file. It shows whole numbers: 404 for who may not
    see them, and every look is recorded with what `said` tells of the paper."""
    if not may_see_whole(user, paper):
        raise Http404
    return served(request, paper, said=said, user=user)


def served(request: HttpRequest, paper: Document, *, said: str, user: User) -> HttpResponse:
    """The same for one whom it was served on, as whoever asks has made sure."""
    download = "download" in request.GET
    record_access(paper.reference, said, download=download, by=user, address=address_of(request))
    name = f"{paper.title}{paper.number}.pdf"
    return file_response(pdf_of(paper), "application/pdf", name, download=download)
