"""账号申请: what an agency applies for of accounts for its people, and where its head, the business and the
information division find what waits for their opinions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import items, opinions_due
from yonggong.cases import listings as case_lists
from yonggong.cases import queries as case_queries
from yonggong.cases.kinds import CaseKind
from yonggong.cases.life import STATE_TITLES, State
from yonggong.cases.models import Case
from yonggong.catalogue.items import OFFICE
from yonggong.listings import ChoiceCondition, Listing
from yonggong.listings.views import listing_view
from yonggong.portals.access import address_of, needs, user_of
from yonggong.portals.pages import beginning, filling
from yonggong.portals.pages.site import APPLYING, Site
from yonggong.portals.uploading import takes_files
from yonggong.registry.models import Agency
from yonggong.registry.parties import Party
from yonggong.staff.queries import applications_visible_to


@dataclass(frozen=True, slots=True)
class Desk:
    """What every page here needs to know of the request it answers."""

    user: User
    now: datetime
    address: str | None

    @property
    def site(self) -> Site:
        return APPLYING

    @property
    def own(self) -> Party | None:
        """Nobody: people act here for their agency."""
        return None

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def case(self, pk: int, *, around: bool = True) -> Case:
        """An application of one of the person's agencies. Raises `Case.DoesNotExist`."""
        agencies = self.user.scope.agencies(Power.APPLY_FOR_ACCOUNTS)
        try:
            case = case_queries.get_case(self.user, pk, around=around)
        except Case.DoesNotExist:
            case = case_queries.own_draft(self.user, pk)
        if case.applicant_id not in agencies or OFFICE not in case.definition.audience:
            raise Case.DoesNotExist
        return case


Page = Callable[..., HttpResponseBase]


def at_desk(view: Page) -> Page:
    """Give the view a `Desk` as its second argument."""

    @needs(Power.APPLY_FOR_ACCOUNTS)
    @wraps(view)
    def opened(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        desk = Desk(user=user_of(request), now=timezone.now(), address=address_of(request))
        return view(request, desk, *args, **kwargs)

    return opened


def _kinds() -> list[CaseKind]:
    return [kind for kind in items.kinds_in_use() if OFFICE in kind.audience]


def _offered(region_code: str, on: date) -> list[CaseKind]:
    return [kind for kind in items.kinds_for(region_code, on) if OFFICE in kind.audience]


def _rows(user: User) -> Any:
    names = tuple(kind.name for kind in _kinds())
    return case_lists.counted(applications_visible_to(user, names))


def _link(case: Case) -> str:
    return APPLYING.form_url(case) if case.state == State.DRAFT else APPLYING.case_url(case)


LISTING = Listing(
    name="bureau-applications",
    title="账号申请",
    columns=case_lists.columns("number", "applicant", "subject", "kind", "state", "filed_at"),
    conditions=(
        ChoiceCondition(
            name="state",
            label="状态",
            field="state",
            choices=tuple((str(state), title) for state, title in STATE_TITLES.items()),
        ),
    ),
    rows=_rows,
    row_link=_link,
    empty="还没有账号申请。",
)


@needs(Power.APPLY_FOR_ACCOUNTS, Power.REVIEW, Power.SUPERVISE)
def listing(request: HttpRequest) -> HttpResponseBase:
    """What was applied for here, what waits for one's opinion, and what may be begun."""
    user, today = user_of(request), timezone.localdate()
    agencies = user.scope.agencies(Power.APPLY_FOR_ACCOUNTS)
    begun = [
        (agency, kind)
        for agency in Agency.objects.filter(pk__in=agencies).order_by("pk")
        for kind in _offered(agency.region_code, today)
    ]
    waiting = opinions_due.waiting_for(user, [kind.name for kind in _kinds()])
    extra = {"begun": begun, "many": len(agencies) > 1, "waiting": waiting[:50]}
    return listing_view(request, LISTING, template="portals/bureau/applications.html", extra=extra)


@at_desk
@require_POST
def begin(request: HttpRequest, desk: Desk, agency: int, kind: str) -> HttpResponse:
    """Begin an application: a draft, and its form."""
    if agency not in desk.user.scope.agencies(Power.APPLY_FOR_ACCOUNTS):
        raise Http404
    applicant = Party.objects.get(pk=agency)
    offered = {one.name: one for one in _offered(applicant.region_code, desk.today)}
    if (wanted := offered.get(kind)) is None:
        raise Http404
    return redirect(APPLYING.form_url(beginning.begun(desk, applicant, wanted)))


def _told(filed: Case) -> str:
    return f"{filed.kind_title}已提交，由本机构负责人签署意见。办件编号 {filed.number}。"


_FORMS = filling.Forms(
    told=_told,
    landed=APPLYING.case_url,
    saved="草稿已保存，尚未提交，可在“账号申请”中继续填写。",
)


@at_desk
@require_http_methods(["GET", "POST"])
@takes_files(60)
def form(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """The form of an application: shown, kept as a draft, filed."""
    return filling.answer(request, desk, pk, _FORMS)
