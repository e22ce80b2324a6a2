"""The inbox of whoever is signed in."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yonggong.accounts.models import User
from yonggong.portals.access import signed_in, user_of
from yonggong.reminders import actions, queries
from yonggong.reminders.todos import ToDo, todos_of

_PER_PAGE = 30

# Which page a to-do leads to: url name and conditions.
_PAGES: dict[str, tuple[str, str]] = {
    "initial": ("employer:particulars", ""),
    "returned": ("employer:contracts", "?state=returned"),
    "expired": ("employer:contracts", "?in_post=1&end_on_to={yesterday}"),
    "roster": ("employer:roster-print", ""),
    "drafts": ("employer:home", ""),
    "overdue": ("bureau:queue", "?overdue=1"),
    "due-soon": ("bureau:queue", ""),
    "taken": ("bureau:queue", "?taken={user}"),
    "region-overdue": ("bureau:cases", "?overdue=1"),
}


@signed_in
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """To-dos as they stand now, then the messages, the newest first."""
    user = user_of(request)
    page = Paginator(queries.messages_of(user), _PER_PAGE).get_page(request.GET.get("page"))
    todos = [(todo, page_of(todo, user)) for todo in todos_of(user, today=timezone.localdate())]
    return render(request, "portals/messages/list.html", {"page": page, "todos": todos})


def page_of(todo: ToDo, user: User) -> str:
    """The address a to-do leads to; empty where there is none."""
    today = timezone.localdate()
    if todo.topic.startswith("ending-"):
        days = todo.topic.removeprefix("ending-")
        until = todo.due_on or today
        return f"{reverse('employer:contracts')}?in_post=1&end_on_from={today}&end_on_to={until}#{days}"
    if todo.topic not in _PAGES:
        return ""
    name, asked = _PAGES[todo.topic]
    yesterday = today.fromordinal(today.toordinal() - 1)
    return reverse(name) + asked.format(user=user.pk, yesterday=yesterday)


@signed_in
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark one message, or all, as read."""
    one = request.POST.get("message", "")
    actions.mark_read(
        by=user_of(request), now=timezone.now(), message=int(one) if one.isdecimal() else None
    )
    return redirect("messages:list")
