"""Whose desk this is: a person who signed in for themselves, or acts for other persons; or a clerk at
a counter whom one came to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import queries as case_queries
from yonggong.cases.models import Case
from yonggong.portals import errors, stale
from yonggong.portals.access import address_of, signed_in, user_of
from yonggong.portals.carried import OPENED_FOR, sent
from yonggong.portals.pages.site import PERSON, Site
from yonggong.portals.typed import in_part, typed_in
from yonggong.registry.parties import Party


@dataclass(frozen=True, slots=True)
class Desk:
    """What every page of this portal needs to know of the request it answers."""

    user: User
    persons: tuple[Party, ...]
    now: datetime
    address: str | None

    @property
    def site(self) -> Site:
        return PERSON

    @property
    def own(self) -> Party | None:
        own = self.user.scope.person
        return None if own is None else self.person(own)

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
        """A case of one of them, at a counter only what the clerk typed; `around` as in `get_case`.
        Raises `Case.DoesNotExist`."""
        case = case_queries.get_case(self.user, pk, around=around)
        served = self.user.scope.person_served is not None
        if case.applicant not in self.persons or (served and case.filed_by_id != self.user.pk):
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
        if (refusal := _for_another(request)) is not None:
            return refusal
        if not desk.persons:
            raise Http404
        return view(request, desk, *args, **kwargs)

    return opened


def _for_another(request: HttpRequest) -> HttpResponse | None:
    """Why a form is not taken that was opened for another person than the one served now at the
    counter, or for none."""
    served = getattr(request, OPENED_FOR, None)
    if request.method != "POST" or sent(request, OPENED_FOR) == str(served or ""):
        return None
    said = "本页面不是为现在代录的人打开的，本次操作没有办理，填写的内容仍在原页面。"
    if in_part(request):
        return JsonResponse({"message": said}, status=409)
    if typed := typed_in(request):
        said = f"代录的人已更换，{said}请在另一窗口的“窗口代录”中重新选择原来的人，再在本页继续。"
        return stale.again(request, user_of(request), typed, said=said, status=409)
    return errors.page(
        request,
        status=409,
        title="代录的人已更换",
        message=said,
        remedy="请在“窗口代录”中重新选择原来的人，返回原页面后再次提交。",
    )
