"""The guide's chapters and pictures."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from yonggong.accounts.roles import Power
from yonggong.portals.access import signed_in, user_of
from yonggong.portals.guide.pages import FOLDER, chapter
from yonggong.portals.navigation import MENUS


@signed_in
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """To the chapter of one's own portal."""
    return redirect("guide:chapter", user_of(request).portal or "employer")


@signed_in
@require_GET
def show(request: HttpRequest, portal: str) -> HttpResponse:
    """One chapter, for those who work in its portal; a counter clerk files for employers too."""
    if portal not in MENUS or portal not in _open_to(request):
        raise Http404
    found = chapter(portal)
    return render(request, "portals/guide/chapter.html", {"chapter": found})


def _open_to(request: HttpRequest) -> set[str]:
    held = {grant.role.portal for grant in user_of(request).scope.grants}
    if user_of(request).scope.persons(Power.FILE):
        held.add("person")
    # Who reviews, or helps at the counter, is asked about the employers' pages every day.
    return held | ({"employer"} if "bureau" in held else set())


@signed_in
@require_GET
def picture(request: HttpRequest, folder: str, name: str) -> FileResponse:
    """A picture of a chapter; it shows invented people only."""
    path = FOLDER / folder / name
    if folder not in MENUS or path.suffix != ".png" or not path.is_file():
        raise Http404
    answer = FileResponse(path.open("rb"), content_type="image/png")
    answer["Cache-Control"] = "private, max-age=86400"
    return answer
