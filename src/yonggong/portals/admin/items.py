"""服务事项: items and their versions, what is proposed for them, and its approval by another."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import item_actions, item_queries
from yonggong.cases.item_actions import ProposalRefused
from yonggong.cases.item_models import ItemProposal, ItemVersion
from yonggong.catalogue.comparing import differences
from yonggong.catalogue.doubts import doubts_of
from yonggong.catalogue.mistakes import Mistake, NotAnItem, read_text
from yonggong.catalogue.places import in_order
from yonggong.catalogue.versions import Content, read_version
from yonggong.codes.errors import CodeError
from yonggong.codes.tables import table
from yonggong.forms.diff import Change
from yonggong.forms.reading import read_date
from yonggong.listings import Listing
from yonggong.listings.views import listing_view
from yonggong.portals.access import address_of, needs, user_of
from yonggong.portals.admin import item_lists
from yonggong.portals.navigation import stand_under
from yonggong.portals.uploading import takes_files

ITEMS = Listing(
    name="admin-items",
    title="服务事项",
    columns=item_lists.COLUMNS,
    rows=item_queries.latest_visible_to,
    conditions=item_lists.CONDITIONS,
    row_link=lambda row: reverse("admin:items-show", args=[row.pk]),
)
# An item's text is some ten kilobytes; nobody means one of a megabyte.
_LONGEST = 1024 * 1024
NOT_THEIRS = "该事项由其他部门或者地区的管理员维护，不能修改。"


@needs(Power.MANAGE_ITEMS)
def listing(request: HttpRequest) -> HttpResponseBase:
    """The items, and what waits to be approved."""
    waiting = item_queries.waiting_for(user_of(request))
    return listing_view(
        request, ITEMS, template="portals/admin/items.html", extra={"waiting": waiting}
    )


# --- a version ---------------------------------------------------------------------------------


@needs(Power.MANAGE_ITEMS)
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One version as it holds, and what it says otherwise than another: the one before, where none
    is named."""
    user = user_of(request)
    shown = get_object_or_404(item_queries.versions_visible_to(user), pk=pk)
    versions = list(item_queries.versions_of(user, shown.key))
    other = _against(request, user, shown, versions)
    item = read_version(shown.content, region=shown.region_code, since=shown.holds_from)
    context = {
        "shown": shown,
        "where": item_queries.region_name(shown.region_code),
        "item": item,
        "doubts": doubts_of(item),
        "versions": [(one, item_queries.region_name(one.region_code)) for one in versions],
        "other": other,
        "changes": changes(other.content, shown.content) if other else [],
    }
    return render(request, "portals/admin/item.html", context)


def _against(
    request: HttpRequest, user: User, shown: ItemVersion, versions: Sequence[ItemVersion]
) -> ItemVersion | None:
    asked = request.GET.get("against", "")
    numbers = {str(one.number): one for one in versions}
    if asked and asked not in numbers:
        raise Http404
    before = numbers.get(asked) or next(
        (one for one in versions if one.number < shown.number), None
    )
    return before and item_queries.versions_visible_to(user).get(pk=before.pk)


def changes(old: Content, new: Content) -> list[Change]:
    """What one content says otherwise than another, as differences are drawn."""
    return [Change("", one.place, one.old, one.new) for one in differences(old, new)]


@needs(Power.MANAGE_ITEMS)
@require_GET
def content(request: HttpRequest, pk: int) -> HttpResponse:
    """A version's content as a file, to be worked on."""
    shown = get_object_or_404(item_queries.versions_visible_to(user_of(request)), pk=pk)
    answer = HttpResponse(as_text(shown.content), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{shown.key}-{shown.number}.json"'
    return answer


def as_text(said: Content) -> str:
    """A content as people write it."""
    return json.dumps(in_order(said), ensure_ascii=False, indent=2)


# --- proposed ----------------------------------------------------------------------------------


@takes_files(1)
@needs(Power.MANAGE_ITEMS)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new item, or another version of one: its text typed or as a file, where and from when."""
    user = user_of(request)
    before = (
        get_object_or_404(item_queries.versions_visible_to(user), pk=pk) if pk is not None else None
    )
    stand_under(request, "admin:items")
    text = as_text(before.content) if before else ""
    said = ""
    wrong: Sequence[Mistake] = ()
    if request.method == "POST":
        text = request.POST.get("content", "")
        try:
            text = _uploaded(request) or text
            proposal = _propose(request, user, text)
        except (NotAnItem, CodeError) as error:
            said = f"{str(error).rstrip('。')}。"
        except ProposalRefused as refused:
            said, wrong = str(refused), refused.mistakes
        else:
            messages.success(request, "已提交，待另一名管理员审定后启用。")
            return redirect("admin:items-proposal", proposal.pk)
    places = places_of(user)
    context = {
        "before": before,
        "text": text,
        "said": said,
        "wrong": wrong,
        "places": places,
        "region": request.POST.get("region") or (before and before.region_code) or places[0][0],
        "since": request.POST.get("since") or str(timezone.localdate() + timedelta(days=1)),
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "portals/admin/item_propose.html", context, status=422 if said else 200)


def _uploaded(request: HttpRequest) -> str:
    """The text of the file sent along; "" where none was. Raises `NotAnItem`."""
    sent = request.FILES.get("file")
    if sent is None:
        return ""
    if (sent.size or 0) > _LONGEST:
        raise NotAnItem("文件超过 1 MB，不是一个事项的内容")
    try:
        return sent.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotAnItem("文件不是 UTF-8 编码的文本，请另存为 UTF-8 后再上传") from None


def _propose(request: HttpRequest, user: User, text: str) -> ItemProposal:
    region = request.POST.get("region", "")
    if region not in dict(places_of(user)):
        raise Http404
    if len(text) > _LONGEST:
        raise NotAnItem("内容过长，不是一个事项的内容")
    said = read_text(text)
    since: date = read_date(request.POST.get("since", ""), serials=False)
    try:
        return item_actions.propose(
            content=said,
            region=region,
            holds_from=since,
            reason=request.POST.get("reason", ""),
            by=user,
            now=timezone.now(),
            address=address_of(request),
        )
    except PermissionError:
        raise ProposalRefused(NOT_THEIRS) from None


def places_of(user: User) -> list[tuple[str, str]]:
    """The regions for which `user` may propose: their own, and those one level below."""
    found: dict[str, str] = {}
    for region in user.scope.regions(Power.MANAGE_ITEMS, department=None):
        below = [line.code for line in table("region").children(region) if _is_place(line.code)]
        found |= {code: item_queries.region_name(code) for code in (region, *below)}
    return sorted(found.items())


def _is_place(code: str) -> bool:
    line = table("region").find(code)
    return line is not None and not line.extras["grouping"]


# --- decided -----------------------------------------------------------------------------------


@needs(Power.MANAGE_ITEMS)
@require_GET
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """What was proposed, beside what holds now, and what the person may do with it."""
    user = user_of(request)
    shown = get_object_or_404(item_queries.proposals_visible_to(user), pk=pk)
    stand_under(request, "admin:items")
    return render(request, "portals/admin/item_proposal.html", _proposed(user, shown))


def _proposed(user: User, shown: ItemProposal, said: str = "") -> dict[str, object]:
    before = (
        shown.version.number - 1
        if shown.version
        else None  # what holds now, for one that is not decided yet
    )
    other = _before(shown, before)
    open_ = shown.state == ItemProposal.State.WAITING and item_actions.may_decide(user, shown)
    own = shown.proposed_by_id == user.pk
    return {
        "shown": shown,
        "where": item_queries.region_name(shown.region_code),
        "item": read_version(shown.content, region=shown.region_code, since=shown.holds_from),
        "other": other,
        "changes": changes(other.content, shown.content) if other else [],
        "may_approve": open_ and not own,
        "may_withdraw": open_ and own,
        "said": said,
    }


def _before(shown: ItemProposal, number: int | None) -> ItemVersion | None:
    if number is None:
        return item_actions.version_before(shown.key, shown.region_code, shown.holds_from)
    return ItemVersion.objects.filter(key=shown.key, number=number).first()


@needs(Power.MANAGE_ITEMS)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve, decline or take back what was proposed."""
    user = user_of(request)
    shown = get_object_or_404(item_queries.proposals_visible_to(user), pk=pk)
    act = {"approve": item_actions.approve, "decline": item_actions.decline}.get(
        request.POST.get("ask", "")
    )
    if act is None or not item_actions.may_decide(user, shown):
        raise Http404
    try:
        act(
            proposal=shown,
            opinion=request.POST.get("opinion", ""),
            by=user,
            now=timezone.now(),
            address=address_of(request),
        )
    except ProposalRefused as refused:
        stand_under(request, "admin:items")
        context = _proposed(user, shown, str(refused))
        return render(request, "portals/admin/item_proposal.html", context, status=422)
    messages.success(
        request,
        "已审定，自启用日期起对新办的事项生效。" if act is item_actions.approve else "已处理。",
    )
    return redirect("admin:items-proposal", pk)
