"""Whose desk this is: the operator, the employer worked for, the moment; and the guards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import closed as case_closed
from yonggong.cases import queries as case_queries
from yonggong.cases.kinds import CaseKind
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.cases.statements import got
from yonggong.employers.queries import open_filing
from yonggong.portals.access import address_of, portal, user_of
from yonggong.portals.pages.site import EMPLOYER, Site
from yonggong.registry.models import Employer
from yonggong.registry.parties import Party


@dataclass(frozen=True, slots=True)
class Desk:
    """What every page of this portal needs to know of the request it answers."""

    user: User
    employer: Employer
    now: datetime
    address: str | None

    @property
    def is_labour(self) -> bool:
        """Whether 人社's own pages are open here: not at the counter of another department."""
        return self.employer.pk in self.user.scope.employers(Power.FILE)

    @property
    def site(self) -> Site:
        return EMPLOYER

    @property
    def own(self) -> Party | None:
        is_own = self.employer.pk in self.user.scope.own_employers
        return self.employer.party if is_own else None

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def bars(self, kind: CaseKind) -> bool:
        """Whether the employer has closed, and files cases of this kind no more."""
        return case_closed.is_barred(kind, self.employer.party)

    def case(self, pk: int, *, around: bool = True) -> Case:
        """One of the employer's own cases; `around` as in `get_case`. Raises `Case.DoesNotExist`."""
        case = case_queries.get_case(self.user, pk, around=around)
        if case.applicant_id != self.employer.pk:
            raise Case.DoesNotExist
        case.applicant = self.employer.party
        return case


Page = Callable[..., HttpResponseBase]


def at_desk(view: Page) -> Page:
    """Give the view a `Desk` as its second argument; only who acts for an employer has one, be it at
    the counter of another department."""

    @portal("employer")
    @wraps(view)
    def opened(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        user = user_of(request)
        employers = user.scope.employers(Power.FILE, department=None)
        if not employers:
            raise Http404
        desk = Desk(
            user=user,
            employer=got(Employer, min(employers), "agency"),
            now=timezone.now(),
            address=address_of(request),
        )
        return view(request, desk, *args, **kwargs)

    return opened


def of_labour(view: Page) -> Page:
    """`at_desk` for what is 人社's alone: at the counter of another department it does not exist."""

    @at_desk
    @wraps(view)
    def opened(
        request: HttpRequest, desk: Desk, *args: object, **kwargs: object
    ) -> HttpResponseBase:
        if not desk.is_labour:
            raise Http404
        return view(request, desk, *args, **kwargs)

    return opened


def labour(view: Page) -> Page:
    """`of_labour` for filings: they lead to the initial one until it is approved (JL-1)."""
    return of_labour(_filed(view))


def at_filed_desk(view: Page) -> Page:
    """`at_desk`, of an employer that is filed, where the desk is 人社's."""
    return at_desk(_filed(view))


def _filed(view: Page) -> Page:
    @wraps(view)
    def opened(
        request: HttpRequest, desk: Desk, *args: object, **kwargs: object
    ) -> HttpResponseBase:
        if desk.is_labour and desk.employer.state == Employer.State.UNFILED:
            return _to_initial_filing(request, desk)
        return view(request, desk, *args, **kwargs)

    return opened


def closed(request: HttpRequest, desk: Desk, kind: CaseKind | None = None) -> HttpResponse | None:
    """Where a cancelled employer would begin a filing (of `kind`): why it can't, unless it ends what
    was left. What it once filed stays to be read, and its rosters can still be made."""
    if not desk.employer.is_closed or (kind is not None and not desk.bars(kind)):
        return None
    messages.error(request, closed_note())
    return redirect("employer:particulars")


def closed_note() -> str:
    """What a cancelled employer reads where it used to file."""
    return f"本单位已注销备案，不能再办理备案。{case_closed.still_open()}。"


def _to_initial_filing(request: HttpRequest, desk: Desk) -> HttpResponse:
    under_way = open_filing(desk.employer)
    if under_way is not None and under_way.state == State.PENDING:
        what = "初次备案正在审核，审核通过后即可办理。"
    else:
        what = "请填写单位基本信息、上传材料并提交，审核通过后即可办理。"
    messages.warning(request, f"本单位尚未完成初次备案，其他劳动关系业务暂不能办理。{what}")
    return redirect("employer:particulars")
