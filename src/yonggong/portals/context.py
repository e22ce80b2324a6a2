"""What every page's template may use besides its own context."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.accounts.networks import is_served
from yonggong.accounts.roles import AT_COUNTERS, Portal, Power
from yonggong.portals.bureau.undoing import bar_of
from yonggong.portals.errors import PLATFORM_TITLE
from yonggong.portals.guide.pages import help_address, own_chapter
from yonggong.portals.navigation import MENUS, menu, page_of
from yonggong.registry.models import Agency, Employer
from yonggong.registry.parties import Party


def portal(request: HttpRequest) -> dict[str, Any]:
    """`platform_title`, and for signed-in people `user`, `portal_name`, `menu`,
    `help_address`, `held_decisions`, `desks`, `works_for`, `resume_url` and `foot`."""
    user = getattr(request, "user", None)
    context: dict[str, Any] = {"platform_title": PLATFORM_TITLE, "user": user}
    if user is None or not user.is_authenticated:
        return context
    acts_for = SimpleLazyObject(lambda: _acts_for(user))
    match = request.resolver_match
    named = match.namespace if match else ""
    name = cast(Portal, named if named in MENUS else user.portal)
    if name:
        view_name = page_of(request)
        # Lazy: a part of a page (htmx) draws no menu, and so pays for no counts.
        context["portal_name"] = name
        context["menu"] = SimpleLazyObject(
            lambda: menu(user, name, view_name, lambda: _places(user, name, acts_for))
        )
        context["help_address"] = SimpleLazyObject(
            lambda: help_address(name, view_name, own_chapter(user))
        )
    if name == "bureau" and user.may(Power.REVIEW):
        context["held_decisions"] = bar_of(request, user, timezone.now())
    context["resume_url"] = _resume_url(request)
    context["desks"] = SimpleLazyObject(lambda: _desks(user))
    context["works_for"] = SimpleLazyObject(lambda: "、".join(name for name, _ in acts_for))
    context["foot"] = SimpleLazyObject(lambda: _foot(user, acts_for))
    return context


def _resume_url(request: HttpRequest) -> str:
    """Where a new session takes up the employer again that a page was opened for; "" where the
    person has no choice of employers."""
    if files_for := getattr(request, "files_for", None):
        again = "counter-person-begin" if isinstance(files_for, Party) else "counter-begin"
        return reverse(f"bureau:{again}", args=[files_for.pk])
    return reverse("employer:choose") if getattr(request, "employers_held", None) else ""


_DESKS: dict[Portal, str] = {
    "employer": "单位办事",
    "person": "个人办事",
    "bureau": "机构工作台",
    "admin": "系统管理",
}


def _desks(user: User) -> list[tuple[str, str]]:
    """Where else somebody works who works in several portals: titles and addresses."""
    scope = user.scope
    held = {grant.role.portal for grant in scope.grants if grant.role not in AT_COUNTERS}
    if scope.persons(Power.FILE) - {scope.person_served}:
        held.add("person")
    held = {portal for portal in held if is_served(portal)}
    if len(held) < 2:
        return []
    return [(title, f"{portal}:home") for portal, title in _DESKS.items() if portal in held]


def _acts_for(user: User) -> list[tuple[str, str]]:
    """Name and region of the employer or agencies a person acts for, as the head names them."""
    employers = Employer.objects.filter(pk__in=user.scope.employers(department=None)).order_by("pk")
    found = list(employers.values_list("name", "region_code")[:2])
    if not found:
        agencies = Agency.objects.filter(pk__in=user.scope.agencies()).order_by("pk")
        found = list(agencies.values_list("name", "region_code")[:2])
    return found


def _places(user: User, portal: Portal, acts_for: Iterable[tuple[str, str]]) -> list[str]:
    """The regions of whom a person acts for in a portal, or works in."""
    if portal != "person":
        return [place for _, place in acts_for]
    persons = Party.objects.filter(pk__in=user.scope.persons(Power.FILE))
    return list(persons.values_list("region_code", flat=True))


def _foot(user: User, acts_for: Iterable[tuple[str, str]]) -> dict[str, str] | None:
    """The province's texts for the foot of the page; None for whoever belongs to no region."""
    regions = [region for _, region in acts_for] or list(user.scope.regions(department=None))
    if not regions:
        return None
    texts = policy.of(regions[0], timezone.localdate()).text
    return {name: texts(name) for name in ("portal_title", "bureau_name", "hotline")}
