"""Whose desk this is: a person who signed in for themselves, or acts for other persons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import queries as case_queries
from yonggong.cases.models import Case
from yonggong.portals.access import address_of, signed_in, user_of
from yonggong.registry.parties import Party


@dataclass(frozen=True, slots=True)
class Desk:
    """What every page of this portal needs to know of the request it answers."""

    user: User
    persons: tuple[Party, ...]
    now: datetime
    address: str | None

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def person(self, pk: int) -> Party:
        """One of those acted for. Raises 404 for any other."""
        found = next((person for person in self.persons if person.pk == pk), None)
        if found is None:
            raise Http404
        return found

    def case(self, pk: int, *, around: bool = True) -> Case:
        """A case of one of them; `around` as in `get_case`. Raises `Case.DoesNotExist`."""
        case = case_queries.get_case(self.user, pk, around=around)
        if case.applicant not in self.persons:
            raise Case.DoesNotExist
        return case


Page = Callable[..., HttpResponseBase]


def at_desk(view: Page) -> Page:
    """Give the view a `Desk` as its second argument; only who is known as a person, or acts for
    one, has one."""

    @signed_in
    @wraps(view)
    def opened(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        user = user_of(request)
        persons = Party.objects.filter(pk__in=user.scope.persons(Power.FILE))
        desk = Desk(
            user=user,
            # Oneself first.
            persons=tuple(sorted(persons, key=lambda one: (one.pk != user.person_id, one.pk))),
            now=timezone.now(),
            address=address_of(request),
        )
        if not desk.persons:
            raise Http404
        return view(request, desk, *args, **kwargs)

    return opened
