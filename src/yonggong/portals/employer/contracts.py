"""The lists of contract filings: 综合查询, 新订, 续订, 变更, 解除/终止, and how each filing begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases.life import Action, may
from yonggong.contracts.listings import ENGAGED, columns, conditions, fetched
from yonggong.contracts.models import Filing
from yonggong.contracts.queries import can_be, visible_to, with_contract
from yonggong.listings import BulkAction, Listing
from yonggong.listings.views import listing_view
from yonggong.portals.employer import drafts
from yonggong.portals.employer.desk import Desk, closed, labour
from yonggong.portals.employer.kind_urls import form_url

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


def _offered(kind: str) -> Callable[[Filing], bool]:
    return lambda row: can_be(kind, row, timezone.localdate())


def _start(kind: str, title: str, icon: str) -> BulkAction:
    return BulkAction(
        name=kind, title=title, url_name=f"employer:{kind}-start", icon=icon, tone="primary"
    )


AMEND = BulkAction(
    name="amend", title="修改", url_name="employer:new-amend", icon="edit", tone="primary"
)
VOID = BulkAction(
    name="void", title="作废", url_name="employer:void-confirm", icon="ban", tone="danger"
)

ALL = _listing("contracts", "劳动合同信息综合查询")
LISTS: dict[str, Listing] = {
    "new": _listing("new", "劳动合同新订备案", AMEND, VOID, selectable=_mendable),
    "renewal": _listing(
        "renewal",
        "劳动合同续订备案",
        _start("renewal", "续订", "refresh"),
        selectable=_offered("renewal"),
    ),
    "change": _listing(
        "change",
        "劳动合同变更备案",
        _start("change", "变更", "file-pencil"),
        selectable=_offered("change"),
    ),
    "ending": _listing(
        "ending",
        "劳动合同解除/终止备案",
        _start("ending", "解除/终止", "file-x"),
        selectable=_offered("ending"),
    ),
}
_NOTES = {
    "all": "运用查询条件可以查到本单位的全部合同备案：“是否在职”选“是”，即为审核通过且在职的全部合同。",
    "new": "劳动者信息第一次进入系统，须以新订的形式备案。审核不通过的备案可以修改后重新提交。",
    "renewal": "{precondition}，勾选后点击“续订”。提交后将合同状态改为“续订”、审核状态改为“未审核”即可查到。",
    "change": "履行中的劳动合同内容发生变化的，勾选后点击“变更”。",
    "ending": "{precondition}，勾选后点击“解除/终止”。提交后将合同状态改为“解除（终止）”、"
    "审核状态改为“未审核”即可查到。",
}


def _preset(kind: str, desk: Desk) -> dict[str, str]:
    """The conditions with which a list opens (manual 1.4 to 1.6)."""
    if kind == "new":
        return {"kind": "new"}
    preset = {"kind": ENGAGED, "state": "approved", "in_post": "1"}
    return preset | ({"rostered": "1"} if _needs_roster(kind, desk) else {})


def _needs_roster(kind: str, desk: Desk) -> bool:
    rules = policy.of(desk.employer.region_code, desk.today)
    return {
        "renewal": rules.renewal_needs_roster,
        "ending": rules.ending_needs_roster,
    }.get(kind, False)


def opened_with(request: HttpRequest, preset: dict[str, str]) -> HttpResponse | None:
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
        extra={"note": _NOTES["all"]},
    )


@labour
@require_http_methods(["GET", "POST"])
def of_kind(request: HttpRequest, desk: Desk, kind: str) -> HttpResponseBase:
    """The list on which a kind of filing is done."""
    if answer := opened_with(request, _preset(kind, desk)):
        return answer
    precondition = (
        "须先查出审核通过且已生成名册的合同"
        if _needs_roster(kind, desk)
        else "须先查出审核通过的合同"
    )
    extra = {"word": kind, "note": _NOTES[kind].format(precondition=precondition)}
    return listing_view(request, LISTS[kind], template="portals/employer/list.html", extra=extra)


@labour
@require_POST
def add(request: HttpRequest, desk: Desk) -> HttpResponse:
    """添加: begin a new contract's filing."""
    if answer := closed(request, desk):
        return answer
    return redirect(form_url(drafts.of_contract(desk, drafts.CONTRACT_KINDS["new"], None)))


@labour
@require_POST
def start(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """续订, 变更, 解除/终止: begin the filing on the one contract that was ticked."""
    if answer := closed(request, desk):
        return answer
    row = _ticked(request, desk)
    if row is None:
        messages.error(request, f"请勾选一份合同后再点击“{_title(kind)}”，一次办理一份。")
        return back(request, f"employer:{kind}")
    if not can_be(kind, row, desk.today):
        messages.error(
            request, f"{row.name}的合同现在不能办理{_title(kind)}，请核对合同状态、审核状态和名册。"
        )
        return back(request, f"employer:{kind}")
    definition = drafts.CONTRACT_KINDS[kind]
    return redirect(form_url(drafts.of_contract(desk, definition, row.contract)))


@labour
@require_POST
def amend(request: HttpRequest, desk: Desk) -> HttpResponse:
    """修改: mend the one filing that was ticked; only what was returned (JL-3)."""
    row = _ticked(request, desk)
    if row is None:
        messages.error(request, "请勾选一份备案后再点击“修改”。")
    elif not may(Action.AMEND, row.state):
        messages.error(request, "只有审核状态为“审核不通过”的备案可以修改。")
    else:
        return redirect(form_url(desk.case(row.pk)))
    return back(request, "employer:new")


def _title(kind: str) -> str:
    return LISTS[kind].actions[0].title


def ids_of(request: HttpRequest) -> list[int]:
    """The keys of the rows that were ticked, each once, in the order of the list."""
    sent = request.POST.getlist("ids")
    return list(dict.fromkeys(int(pk) for pk in sent if pk.isascii() and pk.isdigit()))


def _ticked(request: HttpRequest, desk: Desk) -> Filing | None:
    """The one row that was ticked; None where it is not exactly one."""
    ids = ids_of(request)
    if len(ids) != 1:
        return None
    return own(desk.user).get(pk=ids[0], employer=desk.employer)


def back(request: HttpRequest, url_name: str) -> HttpResponse:
    """To the list as it stood."""
    here = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(here, allowed_hosts=None) and here.startswith("/"):
        return redirect(here)
    return redirect(url_name)
