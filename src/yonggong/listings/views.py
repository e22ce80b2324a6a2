"""What every page with a list does: show it, refresh a part, keep the columns chosen, export."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header

from yonggong.accounts.actions import record, record_broken
from yonggong.accounts.models import AccessEntry, User
from yonggong.accounts.roles import Power
from yonggong.forms.reading import read_line
from yonggong.listings import actions, workbook
from yonggong.listings.exports import Export
from yonggong.listings.listing import Listing
from yonggong.listings.pages import page_of, read

_LONGEST_REASON = 100


def listing_view(
    request: HttpRequest,
    listing: Listing,
    *,
    template: str,
    extra: Mapping[str, Any] | None = None,
) -> HttpResponseBase:
    """Answer every request a page with a list gets, for the signed-in user.

    GET             the whole page from `template` with `extra`, or only the list for htmx
    GET  ?export=   xlsx or csv of all that the conditions find, personal data masked
    POST ask=       find: to the address of the same list under the conditions sent;
                    columns: keep the columns chosen; reset: forget them;
                    export: as above, personal data whole where the power holds; with `reason`, recorded

    The template includes ``listings/list.html``; its context has `page` and `listing`.
    """
    user = request.user
    assert isinstance(user, User), "lists are for signed-in people"
    if request.method == "POST":
        return _post(request, listing, user)
    if request.GET.get("export") in workbook.FORMATS:
        return _export(request, listing, user, request.GET["export"], personal=False)
    page = page_of(listing, user, dict(request.GET.lists()))
    if page.broken:
        record_broken(page.broken, request.path, by=user, address=_address(request))
    context = {
        **(extra or {}),
        "page": page,
        "listing": listing,
        "says_what_for": _says_what_for(user),
        "may_see_personal": user.may(Power.SEE_PERSONAL)
        and any(column.mask for column in listing.columns),
    }
    partial = request.headers.get("HX-Target") == f"listing-{listing.name}"
    response = render(request, "listings/list.html" if partial else template, context)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _address(request: HttpRequest) -> str | None:
    return request.META.get("REMOTE_ADDR") or None


def _says_what_for(user: User) -> bool:
    """Whether whole personal data leaves with a reason only: all but that of one's own employer."""
    scope = user.scope
    return bool(
        scope.regions(Power.SEE_PERSONAL, department=None) or scope.agencies(Power.SEE_PERSONAL)
    )


def _post(request: HttpRequest, listing: Listing, user: User) -> HttpResponseBase:
    match request.POST.get("ask"):
        case "find":
            asked = read(listing, user, dict(request.POST.lists()))
            return redirect(f"{request.path}?{urlencode(asked.params)}")
        case "columns":
            size = request.POST.get("size", "")
            actions.choose(
                listing=listing,
                columns=request.POST.getlist("columns"),
                page_size=int(size) if size in map(str, listing.page_sizes) else None,
                by=user,
            )
        case "reset":
            actions.forget_choice(listing=listing, by=user)
        case str(ask) if ask.startswith("go-"):
            return _go_on(request, listing, user, ask.removeprefix("go-"))
        case "export" if request.POST.get("export") in workbook.FORMATS:
            return _export(request, listing, user, request.POST["export"], personal=True)
    return redirect(request.get_full_path())


def _go_on(request: HttpRequest, listing: Listing, user: User, name: str) -> HttpResponseBase:
    """To the page of an action that is asked for by GET, with the rows ticked. Not straight from
    the form, whose CSRF token would then stand in the address."""
    for action in listing.actions:
        if action.name == name and (action.power is None or user.may(action.power)):
            asked = {
                "ids": request.POST.getlist("ids"),
                "next": request.POST.get("next", request.path),
            }
            return redirect(f"{reverse(action.url_name)}?{urlencode(asked, doseq=True)}")
    return redirect(request.get_full_path())


def _export(
    request: HttpRequest, listing: Listing, user: User, form: str, *, personal: bool
) -> HttpResponseBase:
    if personal and not user.may(Power.SEE_PERSONAL):
        raise PermissionDenied("您的账号没有导出完整个人信息的权限，请导出脱敏数据。")
    asked = read(listing, user, dict(request.GET.lists()))
    if asked.problems:
        # The page says what is wrong with them; nothing was asked that could be exported.
        again = request.GET.copy()
        again.pop("export", None)
        return redirect(f"{request.path}?{again.urlencode()}")
    reason = read_line(request.POST.get("reason", ""))[:_LONGEST_REASON]
    if personal and not reason and _says_what_for(user):
        messages.error(request, "导出完整个人信息须填写用途，导出的内容和用途将被记录。")
        return redirect(request.get_full_path())
    now = timezone.now()
    address = _address(request)
    export = Export(
        asked,
        personal=personal,
        at=now,
        when_broken=lambda broken: record_broken(
            broken, f"{request.path}（导出）", by=user, address=address
        ),
    )
    conditions = "；".join(asked.words) or "全部"
    record(
        AccessEntry.Kind.EXPORT,
        listing.title,
        f"{form}，{'完整信息' if personal else '脱敏'}，{asked.rows.count()} 条，"
        + (f"用途：{reason}，" if reason else "")
        + f"条件：{conditions}",
        by=user,
        address=address,
    )
    name = f"{listing.title}{timezone.localtime(now):%Y%m%d%H%M}.{form}"
    file = workbook.FORMATS[form]
    response = StreamingHttpResponse(file.chunks(export), content_type=file.content_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
