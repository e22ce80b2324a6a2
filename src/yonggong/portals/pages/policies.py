"""政策数据: what holds in a province, on whose authority, whether somebody compared it with its
document; and the page on which a bureau confirms one of its values."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.codes import regions
from yonggong.codes.errors import CodeError
from yonggong.forms.reading import read_date
from yonggong.portals.access import address_of, signed_in, user_of
from yonggong.portals.navigation import stand_under
from yonggong.portals.pages.papers import Typed, document_of, typed
from yonggong.portals.uploading import takes_files
from yonggong.sources import actions
from yonggong.sources.actions import may_confirm
from yonggong.sources.queries import confirmations_visible_to
from yonggong.uploads import UploadRefused

STATES = {"open": "待核", "stale": "超过一年未核对", "checked": "已核对"}


def _space(request: HttpRequest) -> str:
    """The portal in which the page is asked for; its urls say to whom it is open there."""
    match = request.resolver_match
    return match.namespace if match else "admin"


def here(request: HttpRequest, name: str, *of: int) -> str:
    """The address of a page of this kind in the portal that is asked."""
    return reverse(f"{_space(request)}:{name}", args=of)


def _places() -> list[str]:
    """The regions whose own files set values, provinces before their cities."""
    return sorted(sheet.region for sheet in policy.default_book().sheets if not sheet.is_national)


def _own_region(user: User, places: list[str]) -> str:
    """The region of these that the person works in, the nearest one."""
    for held in user.scope.regions():
        for over in regions.upwards(held):
            if over in places:
                return over
    return places[0]


def _day(text: str) -> tuple[date, str]:
    """The day asked for, and what to say where it is none."""
    today = timezone.localdate()
    if not text:
        return today, ""
    try:
        return read_date(text, serials=False), ""
    except CodeError as error:
        return today, f"日期{error.message_zh}，{error.remedy_zh}，以下为今日的数据。"


@signed_in
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """What holds in a region on a day, counted by whether it was compared with its source."""
    user = user_of(request)
    places = _places()
    asked = request.GET.get("region", "")
    region = asked if asked in places else _own_region(user, places)
    on, problem = _day(request.GET.get("on", ""))
    rows = policy.explain(region, on, looked_on=timezone.localdate())
    counts = Counter(row.state for row in rows)
    state = request.GET.get("state", "")
    shown = [row for row in rows if row.state == state] if state in STATES else rows
    kept = {
        (one.region_code, one.path, one.since, one.digest): here(request, "policy-document", one.pk)
        for one in confirmations_visible_to(user).order_by("pk")
    }
    confirm_at = here(request, "policy-confirm")
    context = {
        "regions": [(code, regions.full_name(code)) for code in places],
        "region": region,
        "on": on,
        "problem": problem,
        "states": [(key, label, counts[key]) for key, label in STATES.items()],  # type: ignore[index]
        "state": state,
        "here": here(request, "policy"),
        "rows": [
            (
                row,
                STATES[row.state],
                kept.get((row.region, row.path, row.since, row.digest)),
                f"{confirm_at}?region={row.region}&path={row.path}&since={row.since}"
                if may_confirm(user, row.region)
                else "",
            )
            for row in shown
        ],
    }
    return render(request, "portals/pages/policy.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
@takes_files(21)
def confirm(request: HttpRequest) -> HttpResponse:
    """核对一项规定: the value, and the document it was compared with."""
    user = user_of(request)
    stand_under(request, f"{_space(request)}:policy")
    row = _row(
        request.GET.get("region", ""), request.GET.get("path", ""), request.GET.get("since", "")
    )
    if row is None or not may_confirm(user, row.region):
        raise Http404
    back = f"{here(request, 'policy')}?region={row.region}"
    said, given = "", Typed()
    if request.method == "POST":
        given = typed(request)
        said = _confirm(request, user, row, given)
        if not said:
            messages.success(request, f"已核对“{row.named}”，自即日起按已核对的规定执行。")
            return redirect(back)
    context = {
        "row": row,
        "given": given,
        "said": said,
        "back": back,
        "most": actions.MOST_MEGABYTES,
    }
    return render(
        request, "portals/pages/policy_confirm.html", context, status=422 if said else 200
    )


def _row(region: str, path: str, since: str) -> policy.Explanation | None:
    """The value named: of the region's own file, as it stands from a day on."""
    try:
        on = date.fromisoformat(since)
    except ValueError:
        return None
    if region not in _places():
        return None
    rows = policy.explain(region, on, looked_on=timezone.localdate())
    named = (row for row in rows if (row.region, row.path, row.since) == (region, path, on))
    return next(named, None)


def _confirm(request: HttpRequest, user: User, row: policy.Explanation, given: Typed) -> str:
    """Keep the confirmation; gives what is wrong, or nothing."""
    if given.issued is None:
        return given.issued_problem
    try:
        actions.confirm(
            row=row,
            title=given.title,
            number=given.number,
            issued=given.issued,
            file_name=given.file_name,
            content=given.content,
            by=user,
            address=address_of(request),
        )
    except (actions.SourceRefused, UploadRefused) as refused:
        return str(refused)
    return ""


@signed_in
@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The document a value was compared with."""
    user = user_of(request)
    return document_of(request, get_object_or_404(confirmations_visible_to(user), pk=pk))
