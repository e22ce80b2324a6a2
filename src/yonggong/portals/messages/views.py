"""The inbox of whoever is signed in."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yonggong.accounts.models import User
from yonggong.listings import (
    Badge,
    BulkAction,
    Column,
    DateRangeCondition,
    Listing,
    YesNoCondition,
)
from yonggong.listings.views import listing_view
from yonggong.portals.access import keys_of, page_under, signed_in, user_of
from yonggong.reminders import actions, queries
from yonggong.reminders.todos import ToDo, todos_of

MESSAGES = Listing(
    name="messages",
    title="提醒",
    columns=(
        Column(
            name="on",
            label="日期",
            value=lambda row: row.on,
            order_by=("on",),
            quick=True,
            width=12,
        ),
        Column(name="title", label="标题", value=lambda row: row.title, width=30),
        Column(name="body", label="内容", value=lambda row: row.body, long=True, width=80),
        Column(
            name="read",
            label="是否已读",
            value=lambda row: "已读" if row.read_at else "未读",
            badge=lambda row: None if row.read_at else Badge("note", "point-filled"),
            width=10,
        ),
        Column(
            name="read_at",
            label="阅读时间",
            value=lambda row: row.read_at,
            shown=False,
            width=18,
        ),
    ),
    rows=queries.messages_of,
    conditions=(
        YesNoCondition(
            name="read",
            label="是否已读",
            yes=Q(read_at__isnull=False),
            no=Q(read_at__isnull=True),
            yes_label="已读",
            no_label="未读",
        ),
        DateRangeCondition(name="on", label="日期", field="on"),
    ),
    actions=(BulkAction(name="read", title="标为已读", url_name="messages:read", icon="checks"),),
    selectable=lambda row: row.read_at is None,
    empty="没有提醒。",
)

# Which page a to-do leads to: url name and conditions.
_PAGES: dict[str, tuple[str, str]] = {
    "survey": ("employer:survey", ""),
    "initial": ("employer:particulars", ""),
    "asked-change": ("employer:particulars", ""),
    "asked-cancel": ("employer:particulars", ""),
    "returned": ("employer:contracts", "?state=returned"),
    "expired": ("employer:contracts", "?in_post=1&end_on_to={yesterday}"),
    "roster": ("employer:roster-print", ""),
    "dispatch": ("employer:dispatches", ""),
    "drafts": ("employer:home", ""),
    "drafts-due": ("employer:home", ""),
    "drafts-late": ("employer:home", ""),
    "person-returned": ("person:home", "?state=returned"),
    "person-drafts": ("person:home", "?state=draft"),
    "person-drafts-due": ("person:home", "?state=draft"),
    "person-drafts-late": ("person:home", "?state=draft"),
    "overdue": ("bureau:queue", "?overdue=1"),
    "due-soon": ("bureau:queue", ""),
    "taken": ("bureau:queue", "?taken={user}"),
    "orders": ("employer:orders", ""),
    "clues": ("bureau:clues", "?state=new"),
    "unusual": ("admin:unusual", ""),
    "orders-replied": ("bureau:orders", "?state=replied"),
    "orders-over": ("bureau:orders", "?state=served"),
    "region-overdue": ("bureau:cases", "?overdue=1"),
    "revocations": ("bureau:revocations", "?result=waiting"),
    "objections": ("bureau:queue", "?objected=1"),
    "complaints": ("bureau:evaluations", "?state=open"),
    "extensions": ("bureau:extensions", ""),
    "sources-stale": ("{portal}:policy", "?state=stale"),
    "sources-open": ("{portal}:policy", "?state=open"),
    "days-off": ("{portal}:days-off", ""),
}


@signed_in
def inbox(request: HttpRequest) -> HttpResponseBase:
    """To-dos as they stand now, then the messages, the newest first."""
    user = user_of(request)
    todos = [(todo, page_of(todo, user)) for todo in todos_of(user, today=timezone.localdate())]
    extra = {"todos": todos}
    return listing_view(request, MESSAGES, template="portals/messages/list.html", extra=extra)


def count(request: HttpRequest) -> HttpResponseBase:
    """The badge at the head of every page, which asks for it by itself: no page waits for the
    counts, and none is left, with what is being typed into it, where nobody is signed in any more."""
    if request.headers.get("HX-Request") == "true" and not isinstance(request.user, User):
        return HttpResponse(status=204)
    return _counted(request)


@signed_in
@require_GET
def _counted(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    context = {
        "todos": len(todos_of(user, today=timezone.localdate())),
        "unread": queries.unread_count(user),
    }
    return render(request, "portals/messages/count.html", context)


def page_of(todo: ToDo, user: User) -> str:
    """The address a to-do leads to; empty where there is none."""
    today = timezone.localdate()
    if todo.topic.startswith("ending-"):
        days = todo.topic.removeprefix("ending-")
        until = todo.due_on or today
        return f"{reverse('employer:contracts')}?in_post=1&end_on_from={today}&end_on_to={until}#{days}"
    if todo.topic.startswith("annual-"):
        return reverse("employer:annual")
    if todo.topic not in _PAGES:
        return ""
    name, asked = _PAGES[todo.topic]
    yesterday = today.fromordinal(today.toordinal() - 1)
    return reverse(name.format(portal=user.portal)) + asked.format(
        user=user.pk, yesterday=yesterday
    )


@signed_in
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark the messages that were ticked, or all, as read."""
    ticked = keys_of(request)
    everything = request.POST.get("ask") == "all"
    actions.mark_read(
        by=user_of(request), now=timezone.now(), messages=None if everything else ticked
    )
    return redirect(page_under(request, request.POST.get("next", ""), "/") or "messages:list")
