"""The guide's chapters and pictures."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from yonggong.accounts.networks import is_served
from yonggong.accounts.roles import Portal, Power
from yonggong.portals.access import signed_in, user_of
from yonggong.portals.guide.pages import CHAPTERS, FOLDER, chapter, own_chapter


@signed_in
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """To one's own chapter."""
    return redirect("guide:chapter", own_chapter(user_of(request)))


@signed_in
@require_GET
def show(request: HttpRequest, name: str) -> HttpResponse:
    """One chapter, for those who work in its portal; a counter clerk files for employers too."""
    there = _open_to(request)
    if name not in there:
        raise Http404
    context = {
        "chapter": chapter(name),
        "chapters": [(one, chapter(one).title) for one in there],
        "name": name,
    }
    return render(request, "portals/guide/chapter.html", context)


def _open_to(request: HttpRequest) -> list[str]:
    held = {grant.role.portal for grant in user_of(request).scope.grants}
    if user_of(request).scope.persons(Power.FILE):
        held.add("person")
    # Who reviews, or helps at the counter, is asked about the employers' pages every day.
    if "bureau" in held:
        held.add("employer")
    # What the office works with is not told on the public network.
    there = [portal for portal in CHAPTERS if portal in held and _is_told(portal)]
    return [name for portal in there for name in CHAPTERS[portal]]


def _is_told(portal: Portal) -> bool:
    return portal in ("employer", "person") or is_served(portal)


@signed_in
@require_GET
def picture(request: HttpRequest, folder: str, name: str) -> FileResponse:
    """A picture of a chapter; it shows invented people only."""
    path = FOLDER / folder / name
    known = any(folder in names for names in CHAPTERS.values())
    if not known or path.suffix != ".png" or not path.is_file():
        raise Http404
    answer = FileResponse(path.open("rb"), content_type="image/png")
    answer["Cache-Control"] = "private, max-age=86400"
    return answer
