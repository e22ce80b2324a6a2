"""服务事项: another version written on a page, part by part, and the form as its applicants will see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import item_actions, item_queries
from yonggong.cases.catalogued import kind_of
from yonggong.cases.item_actions import ProposalRefused
from yonggong.cases.item_building import mistakes_in
from yonggong.cases.item_editing import Editing, NotRead
from yonggong.cases.item_models import ItemProposal, ItemVersion
from yonggong.cases.kinds import find_kind
from yonggong.catalogue.versions import Content, read_version
from yonggong.forms import Field, FieldType, Option, Section
from yonggong.forms.page import Action, FormPage
from yonggong.forms.problems import Problem
from yonggong.portals.access import address_of, needs, user_of
from yonggong.portals.admin.items import NOT_THEIRS, changes, places_of
from yonggong.portals.navigation import stand_under

_COMPARE = "compare"
# The number of the newest version that whoever edits knew of.
_KNOWN = "known_version"
_ACTIONS = (
    Action(label="提交审定", primary=True),
    Action(label="查看改动", name="ask", value=_COMPARE),
)


@needs(Power.MANAGE_ITEMS)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another version of an item: what it says, where and from when; compared, then proposed."""
    user = user_of(request)
    before = get_object_or_404(item_queries.versions_visible_to(user), pk=pk)
    parts = item_actions.changeable_of(before.key)
    editing = Editing(before.content, (_when_and_where(user, before),), parts)
    newest = _newest(user, before)
    if request.method == "GET":
        return _show(request, before, editing, raw=_begun(before) | editing.answers, known=newest)
    known = request.POST.get(_KNOWN) or str(before.number)
    cleaned = editing.form.clean(request.POST)
    made, problems = None, list(cleaned.problems)
    if not problems:
        made, problems = _made(editing, cleaned.values)
    if made is None or problems or request.POST.get("ask") == _COMPARE:
        shown = changes(before.content, made) if made is not None and not problems else None
        return _show(
            request,
            before,
            editing,
            raw=request.POST,
            problems=problems,
            changed=shown,
            known=known,
        )
    if known != newest:
        later = Problem(
            field="",
            code="newer",
            message=f"打开本页以后，本事项启用了第 {newest} 版；按本页提交，该版的改动不会保留",
            remedy=f"请先核对第 {newest} 版；仍要以本页内容为准的，再次提交",
        )
        return _show(request, before, editing, raw=request.POST, problems=[later], known=newest)
    try:
        proposal = _proposed(request, user, made, cleaned.values)
    except ProposalRefused as refused:
        problems = [Problem(field="", code="refused", message=str(refused), remedy="")]
        return _show(request, before, editing, raw=request.POST, problems=problems, known=known)
    messages.success(request, "已提交，待另一名管理员审定后启用。")
    return redirect("admin:items-proposal", proposal.pk)


def _proposed(
    request: HttpRequest, user: User, made: Content, said: Mapping[str, Any]
) -> ItemProposal:
    try:
        return item_actions.propose(
            content=made,
            region=said["valid_region"],
            holds_from=said["valid_from"],
            reason=said["why"],
            by=user,
            now=timezone.now(),
            address=address_of(request),
        )
    except PermissionError:
        raise ProposalRefused(NOT_THEIRS) from None


def _made(editing: Editing, values: Mapping[str, Any]) -> tuple[Content | None, list[Problem]]:
    """The content that the answers say, with what keeps it from being taken."""
    try:
        made = editing.content(values)
    except NotRead as unread:
        return None, list(unread.problems)
    return made, editing.problems_of(mistakes_in(made), values)


def _newest(user: User, before: ItemVersion) -> str:
    held = item_queries.versions_of(user, before.key).filter(region_code=before.region_code)
    return str(held.values_list("number", flat=True)[0])


def _begun(before: ItemVersion) -> dict[str, object]:
    tomorrow = timezone.localdate() + timedelta(days=1)
    return {"valid_region": before.region_code, "valid_from": tomorrow.isoformat()}


def _when_and_where(user: User, before: ItemVersion) -> Section:
    places = tuple(Option(code=code, label=name) for code, name in places_of(user))
    return Section(
        name="holding",
        title="启用",
        fields=(
            Field(
                name="valid_region",
                label="适用地区",
                type=FieldType.CHOICE,
                choices=places,
                required=True,
                hint="同一事项，市（县）的版本优先于省的版本",
            ),
            Field(name="valid_from", label="启用日期", type=FieldType.DATE, required=True),
            Field(
                name="why",
                label="修改说明",
                required=True,
                max_length=500,
                width=12,
                hint="改了什么，依据什么文件",
            ),
        ),
    )


def _show(
    request: HttpRequest,
    before: ItemVersion,
    editing: Editing,
    *,
    raw: Mapping[str, Any],
    known: str,
    problems: Sequence[Problem] = (),
    changed: Sequence[object] | None = None,
) -> HttpResponse:
    stand_under(request, "admin:items")
    page = FormPage(
        editing.form,
        raw=raw,
        problems=problems,
        actions=_ACTIONS,
        cancel_url=reverse("admin:items-show", args=[before.pk]),
        carried={_KNOWN: known},
    )
    context = {
        "before": before,
        "page": page,
        "changes": changed,
        "is_whole": editing.parts is None,
    }
    status = 422 if problems else 200
    return render(request, "portals/admin/item_edit.html", context, status=status)


# --- as applicants see it ------------------------------------------------------------------------


@needs(Power.MANAGE_ITEMS)
@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a version as its applicants see it; nothing can be sent from here."""
    shown = get_object_or_404(item_queries.versions_visible_to(user_of(request)), pk=pk)
    return _preview(request, shown, reverse("admin:items-show", args=[pk]))


@needs(Power.MANAGE_ITEMS)
@require_GET
def preview_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """The same of a version that is proposed."""
    shown = get_object_or_404(item_queries.proposals_visible_to(user_of(request)), pk=pk)
    return _preview(request, shown, reverse("admin:items-proposal", args=[pk]))


def _preview(request: HttpRequest, shown: ItemVersion | ItemProposal, back: str) -> HttpResponse:
    stand_under(request, "admin:items")
    item = read_version(shown.content, region=shown.region_code, since=shown.holds_from)
    coded = find_kind(shown.key)
    kind = coded or kind_of(item)
    context = {
        "shown": shown,
        "item": item,
        "by_province": coded is not None,
        "page": FormPage(kind.form, actions=(), cancel_url=back),
        "steps": kind.procedure.steps if kind.procedure else (),
    }
    return render(request, "portals/admin/item_preview.html", context)
