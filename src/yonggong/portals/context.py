"""What every page's template may use besides its own context."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from yonggong.accounts.models import User
from yonggong.accounts.roles import Portal
from yonggong.portals.errors import PLATFORM_TITLE
from yonggong.portals.navigation import MENUS, menu, page_of
from yonggong.registry.models import Agency, Employer


def portal(request: HttpRequest) -> dict[str, Any]:
    """`platform_title`, and for signed-in people `user`, `portal_name`, `menu`, `works_for`."""
    user = getattr(request, "user", None)
    context: dict[str, Any] = {"platform_title": PLATFORM_TITLE, "user": user}
    if user is None or not user.is_authenticated:
        return context
    match = request.resolver_match
    named = match.namespace if match else ""
    name = cast(Portal, named if named in MENUS else user.portal)
    if name:
        view_name = page_of(request)
        # Lazy: a part of a page (htmx) draws no menu, and so pays for no counts.
        context["portal_name"] = name
        context["menu"] = SimpleLazyObject(lambda: menu(user, name, view_name))
    context["works_for"] = SimpleLazyObject(lambda: works_for(user))
    return context


def works_for(user: User) -> str:
    """The employer or agencies a person acts for, in one line of the page's head."""
    employers = Employer.objects.filter(pk__in=user.scope.employers()).order_by("pk")
    names = list(employers.values_list("name", flat=True)[:2])
    if not names:
        agencies = Agency.objects.filter(pk__in=user.scope.agencies()).order_by("pk")
        names = list(agencies.values_list("name", flat=True)[:2])
    return "、".join(names)
