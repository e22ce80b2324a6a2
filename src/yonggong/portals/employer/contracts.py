"""The lists of contract filings: 综合查询, 新订, 续订, 变更, 解除/终止, and how each filing begins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases.kinds import CaseKind
from yonggong.cases.life import Action, may
from yonggong.cases.pages import OwnList
from yonggong.contracts.listings import columns, conditions, fetched
from yonggong.contracts.models import Filing
from yonggong.contracts.queries import visible_to, with_contract
from yonggong.listings import BulkAction, Listing
from yonggong.listings.views import listing_view
from yonggong.portals.access import keys_of, page_under
from yonggong.portals.employer.desk import Desk, closed, closed_note, labour
from yonggong.portals.employer.kind_urls import listed_kinds
from yonggong.portals.pages import beginning
from yonggong.portals.pages.site import EMPLOYER

_COLUMNS = columns(
    "name",
    "document",
    "sex",
    "employment_form",
    "term_type",
    "job",
    "signed_on",
    "start_on",
    "end_on",
    "ended_on",
    "end_reason",
    "kind",
    "state",
    "rostered",
    "roster",
    "certificate",
    "in_post",
    "late",
    "filed_on",
    ended_on={"shown": False},
    late={"shown": False},
)
_CONDITIONS = conditions(
    "document",
    "name",
    "kind",
    "state",
    "rostered",
    "in_post",
    "employment_form",
    "term_type",
    "end_reason",
    "late",
    "start_on",
    "end_on",
    "signed_on",
    "filed_on",
    "ended_on",
)


def own(user: User) -> QuerySet[Filing]:
    """The filings of the employers for which `user` files."""
    rows = visible_to(user).filter(employer__in=user.scope.employers(Power.FILE))
    return fetched(with_contract(rows))


def row_link(row: Filing) -> str:
    """The page of a row's case."""
    return reverse("employer:case", args=[row.pk])


def _listing(name: str, title: str, *actions: BulkAction, **more: Any) -> Listing:
    given: dict[str, Any] = {
        "name": f"employer-{name}",
        "title": title,
        "columns": _COLUMNS,
        "conditions": _CONDITIONS,
        "rows": own,
        "one_owner": True,
        "actions": actions,
        "row_link": row_link,
    } | more
    return Listing(**given)


def _mendable(row: Filing) -> bool:
    return may(Action.AMEND, row.state) or may(Action.VOID, row.state)


def _offered(own_list: OwnList) -> Callable[[Filing], bool]:
    offered = own_list.offered or (lambda row, on: _mendable(row))
    return lambda row: offered(row, timezone.localdate())


def _amend(word: str) -> BulkAction:
    return BulkAction(
        name="amend", title="修改", url_name=f"employer:{word}-amend", icon="edit", tone="primary"
    )


def _start(word: str, own_list: OwnList) -> BulkAction:
    return BulkAction(
        name=word,
        title=own_list.act,
        url_name=f"employer:{word}-start",
        icon=own_list.icon,
        tone="primary",
    )


VOID = BulkAction(
    name="void", title="作废", url_name="employer:void-confirm", icon="ban", tone="danger"
)

ALL = _listing("contracts", "劳动合同信息综合查询")
LISTS: dict[str, Listing] = {
    word: _listing(
        word,
        own_list.title,
        *([_start(word, own_list)] if own_list.from_rows else [_amend(word), VOID]),
        selectable=_offered(own_list),
    )
    for word, (_, own_list) in listed_kinds().items()
}
_NOTE = "运用查询条件可以查到本单位的全部合同备案：“是否在职”选“是”，即为审核通过且在职的全部合同。"


def opened_with(request: HttpRequest, preset: Mapping[str, str]) -> HttpResponse | None:
    """Where a list is opened without any condition: lead to it with its preset ones."""
    asks = request.method == "GET" and not request.GET
    if asks and preset and "HX-Request" not in request.headers:
        return redirect(f"{request.path}?{urlencode(preset)}")
    return None


@labour
@require_http_methods(["GET", "POST"])
def everything(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """劳动合同信息综合查询 (JL-2)."""
    return listing_view(
        request,
        ALL,
        template="portals/employer/list.html",
        extra={"note": _NOTE},
    )


@labour
@require_http_methods(["GET", "POST"])
def of_kind(request: HttpRequest, desk: Desk, word: str) -> HttpResponseBase:
    """The list on which a kind of filing is done (manual 1.4 to 1.6)."""
    kind, own_list = _listed(word)
    rules = policy.of(desk.employer.region_code, desk.today)
    if answer := opened_with(request, own_list.preset(rules)):
        return answer
    listing, note = LISTS[word], own_list.note(rules)
    add = "" if own_list.from_rows else reverse(f"employer:{word}-add")
    if desk.bars(kind):
        listing, add, note = replace(listing, actions=()), "", closed_note()
    extra = {"add_url": add, "note": note}
    return listing_view(request, listing, template="portals/employer/list.html", extra=extra)


def _listed(word: str) -> tuple[CaseKind, OwnList]:
    return listed_kinds()[word]


@labour
@require_POST
def add(request: HttpRequest, desk: Desk, word: str) -> HttpResponse:
    """添加: begin a filing that is about nothing known yet."""
    kind, _ = _listed(word)
    if answer := closed(request, desk, kind):
        return answer
    return redirect(EMPLOYER.form_url(beginning.begun(desk, desk.employer.party, kind)))


@labour
@require_POST
def start(request: HttpRequest, desk: Desk, word: str) -> HttpResponse:
    """续订, 变更, 解除/终止: begin the filing on the one contract that was ticked."""
    kind, own_list = _listed(word)
    if answer := closed(request, desk, kind):
        return answer
    row = _ticked(request, desk)
    if row is None:
        messages.error(request, f"请勾选一份合同后再点击“{own_list.act}”，一次办理一份。")
        return back(request, f"employer:{word}")
    if not own_list.offered or not own_list.offered(row, desk.today):
        messages.error(
            request,
            f"{row.name}的合同现在不能办理{own_list.act}，请核对合同状态、审核状态和名册。",
        )
        return back(request, f"employer:{word}")
    return redirect(
        EMPLOYER.form_url(beginning.begun_on(desk, desk.employer.party, kind, row, row.contract_id))
    )


@labour
@require_POST
def amend(request: HttpRequest, desk: Desk, word: str) -> HttpResponse:
    """修改: mend the one filing that was ticked; only what was returned (JL-3)."""
    row = _ticked(request, desk)
    if row is None:
        messages.error(request, "请勾选一份备案后再点击“修改”。")
    elif not may(Action.AMEND, row.state):
        messages.error(request, "只有审核状态为“审核不通过”的备案可以修改。")
    else:
        return redirect(EMPLOYER.form_url(desk.case(row.pk)))
    return back(request, f"employer:{word}")


def _ticked(request: HttpRequest, desk: Desk) -> Filing | None:
    """The one row that was ticked; None where it is not exactly one."""
    ids = keys_of(request)
    if len(ids) != 1:
        return None
    return own(desk.user).get(pk=ids[0], employer=desk.employer)


def back(request: HttpRequest, url_name: str) -> HttpResponse:
    """To the list as it stood."""
    return redirect(page_under(request, request.POST.get("next", ""), "/") or url_name)
