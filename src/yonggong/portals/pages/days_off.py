"""放假安排: which years are announced, and loading a year's notice with its document."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yonggong.accounts.models import User
from yonggong.codes import calendar
from yonggong.codes.errors import CodeError
from yonggong.codes.holidays import holidays
from yonggong.codes.notices import Notice, days_of, notice
from yonggong.portals.access import address_of, signed_in, user_of
from yonggong.portals.pages.papers import Typed, document_of, typed
from yonggong.portals.pages.policies import here
from yonggong.portals.uploading import takes_files
from yonggong.sources import actions
from yonggong.sources.queries import days_off_notices
from yonggong.uploads import UploadRefused


@signed_in
@require_http_methods(["GET", "POST"])
@takes_files(21)
def page(request: HttpRequest) -> HttpResponse:
    """GET: the years and their notices. POST: a year's notice, which takes effect at once."""
    user = user_of(request)
    said, given = "", Typed()
    if request.method == "POST":
        given = typed(request)
        said = _load(request, user, given)
        if not said:
            messages.success(
                request, "已载入放假安排，即刻生效；尚未办结的办件已按新的安排重新计算办理期限。"
            )
            return redirect(here(request, "days-off"))
    first, last = calendar.published_years()
    upcoming = last + 1
    context = {
        "first": first,
        "last": last,
        "upcoming": upcoming,
        "statutory": [(one.title, one.in_year(upcoming)) for one in holidays()],
        "notices": [
            (kept, here(request, "days-off-document", kept.pk) if kept.blob_id else "")
            for kept in days_off_notices()
        ],
        "may_load": actions.may_load_days_off(user),
        "given": given,
        "typed": {name: request.POST.get(name, "") for name in ("year", "off", "worked")},
        "said": said,
        "most": actions.MOST_MEGABYTES,
    }
    return render(request, "portals/pages/days_off.html", context, status=422 if said else 200)


def _load(request: HttpRequest, user: User, given: Typed) -> str:
    """Keep the notice; gives what is wrong, or nothing."""
    if not actions.may_load_days_off(user):
        return "放假安排由省级人社部门的人员载入，请联系省厅。"
    if given.issued is None:
        return given.issued_problem
    try:
        actions.load_days_off(
            notice=_notice(request, given),
            by=user,
            file_name=given.file_name,
            content=given.content,
            address=address_of(request),
        )
    except (CodeError, actions.SourceRefused, UploadRefused) as refused:
        return f"{str(refused).rstrip('。')}。"
    return ""


def _notice(request: HttpRequest, given: Typed) -> Notice:
    year = request.POST.get("year", "").strip()
    return notice(
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else year,
        title=given.title,
        number=given.number,
        issued=given.issued,
        source=f"{user_of(request).name} {timezone.localdate()} 载入",
        off=days_of(request.POST.get("off", ""), "放假日期"),
        worked=days_of(request.POST.get("worked", ""), "上班日期"),
    )


@signed_in
@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice's document."""
    user_of(request)
    return document_of(request, get_object_or_404(days_off_notices(), pk=pk))
