"""An item of the employer's filled in by workbook."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET, require_http_methods

from yonggong.portals.employer.desk import Desk, at_desk
from yonggong.portals.pages import workbook
from yonggong.portals.pages.site import EMPLOYER
from yonggong.portals.uploading import takes_files


@at_desk
@require_http_methods(["GET", "POST"])
@takes_files(workbook.MOST_MEGABYTES + 1)
def page(request: HttpRequest, desk: Desk, pk: int) -> HttpResponseBase:
    """The workbooks to download, and one read into the draft."""
    return workbook.page(request, desk, pk, EMPLOYER)


@at_desk
@require_GET
def blank(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """The empty workbook of the item."""
    return workbook.blank(desk, pk)


@at_desk
@require_GET
def filled(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """The workbook with what was typed so far; the look is recorded."""
    return workbook.filled(desk, pk)
