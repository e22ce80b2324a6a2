"""Materials of a person's case: uploaded, looked at, taken away again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from yonggong.portals.pages import uploads
from yonggong.portals.pages.site import PERSON
from yonggong.portals.person.desk import Desk, at_desk
from yonggong.portals.uploading import takes_files


@at_desk
@require_http_methods(["GET", "POST"])
@takes_files(20)
def material(request: HttpRequest, desk: Desk, pk: int, name: str) -> HttpResponse:
    """A material: shown, uploaded, replaced."""
    return uploads.answer(request, desk, pk, name, site=PERSON)


@at_desk
@require_POST
def remove(request: HttpRequest, desk: Desk, pk: int, name: str) -> HttpResponse:
    """Take a material away again."""
    return uploads.removed(request, desk, pk, name, site=PERSON)
