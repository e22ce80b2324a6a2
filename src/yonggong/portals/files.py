"""Files as answers: shown in place by the browser's own viewer, or saved."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A picture or a PDF draws nothing from elsewhere; the browser's viewer puts its own styles in.
_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"


def file_response(content: bytes, content_type: str, name: str, *, download: bool) -> HttpResponse:
    """The file, in place or (`download`) to be saved under `name`."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(download, name) or ""
    response.headers["Content-Security-Policy"] = _POLICY
    return response


def workbook(content: bytes, name: str) -> HttpResponse:
    """A workbook to be downloaded under a name."""
    response = HttpResponse(content, content_type=_XLSX)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
