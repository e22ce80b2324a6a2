"""Accounts: created and kept by system administrators, given rights by business administrators."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yonggong.accounts import actions, administering, granting, leaving, second_factors
from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.backends import is_locked
from yonggong.accounts.models import AccessEntry, User
from yonggong.accounts.queries import access_log_visible_to, users_visible_to
from yonggong.accounts.roles import ROLES, Power
from yonggong.cases.queries import events_visible_to
from yonggong.employers.operators import ROLE as OPERATOR
from yonggong.forms import Problem
from yonggong.forms.page import Action, FormPage
from yonggong.forms.reading import read_key
from yonggong.listings import Listing
from yonggong.listings.views import listing_view
from yonggong.portals.access import address_of, needs, user_of
from yonggong.portals.admin import listings as accounts
from yonggong.portals.admin.asked import shown_once
from yonggong.portals.admin.forms import GIVEN_ROLES, USER_FORM, USERNAME
from yonggong.proofs import trust
from yonggong.registry.models import Agency
from yonggong.registry.queries import within

USERS = Listing(
    name="admin-users",
    title="账号",
    columns=accounts.USER_COLUMNS,
    rows=accounts.users,
    conditions=accounts.USER_CONDITIONS,
    row_link=lambda row: reverse("admin:users-show", args=[row.pk]),
)


@needs(Power.MANAGE_ACCOUNTS, Power.GRANT_RIGHTS)
def listing(request: HttpRequest) -> HttpResponseBase:
    """The accounts of the administrator's regions."""
    extra = {"may_manage": user_of(request).may(Power.MANAGE_ACCOUNTS)}
    return listing_view(request, USERS, template="portals/admin/users.html", extra=extra)


@needs(Power.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new account without rights; its initial password is shown once."""
    if request.method == "GET":
        return _form(request)
    cleaned = USER_FORM.clean(request.POST)
    problems = list(cleaned.problems)
    username = str(cleaned.values.get("username") or "")
    if username and not USERNAME.fullmatch(username):
        problems.append(
            USER_FORM.problem(
                "username", "username", "账号只能用字母、数字和下划线", "请填写 3 至 40 个字符"
            )
        )
    if problems:
        return _form(request, problems)
    region = _region_of(request, cleaned.values)
    if region is None:
        outside = USER_FORM.problem(
            "region_code", "outside", "该区划不在您的管辖范围内", "请重新选择"
        )
        return _form(request, [outside])
    password = administering.initial_password()
    try:
        user = actions.create_user(
            username=username,
            name=str(cleaned.values["name"]),
            mobile=str(cleaned.values["mobile"]),
            email=str(cleaned.values["email"] or ""),
            password=password,
            region_code=region,
            by=user_of(request),
            address=address_of(request),
        )
    except AccountProblem as error:
        taken = USER_FORM.problem("username", "taken", str(error).rstrip("。"), "请换一个账号")
        return _form(request, [taken])
    return shown_once(request, user, password)


def _region_of(request: HttpRequest, values: Mapping[str, object]) -> str | None:
    """Whose account it becomes: of the region chosen, else the administrator's own; None for one
    that is not theirs."""
    scope = user_of(request).scope
    own = scope.regions(Power.MANAGE_ACCOUNTS, department=None)
    chosen = str(values.get("region_code") or min(own, default=""))
    return chosen if scope.covers(chosen, Power.MANAGE_ACCOUNTS, department=None) else None


def _form(request: HttpRequest, problems: list[Problem] | None = None) -> HttpResponse:
    page = FormPage(
        USER_FORM,
        raw=request.POST if problems else None,
        problems=problems or (),
        actions=(Action(label="创建账号", name="ask", value="create", primary=True),),
    )
    return render(
        request, "portals/admin/add.html", {"page": page}, status=422 if problems else 200
    )


@needs(Power.MANAGE_ACCOUNTS, Power.GRANT_RIGHTS)
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: its state, its grants, what was done to it."""
    me = user_of(request)
    account = _account(me, pk)
    grants = account.grants.select_related("agency", "party", "granted_by").order_by("pk")
    managed = me.may(Power.MANAGE_ACCOUNTS) and account.pk != me.pk
    by_two = administering.needs_second(account)
    context = {
        "account": account,
        "grants": [(grant, ROLES[grant.role]) for grant in grants],
        "may_manage": managed,
        "certificates": trust.is_configured(),
        "may_identify": managed and not by_two and account.is_active,
        "locked": is_locked(account, now=timezone.now()),
        "has_factor": second_factors.has_factor(account),
        "may_grant": me.may(Power.GRANT_RIGHTS) and account.pk != me.pk,
        "roles": GIVEN_ROLES,
        "agencies": _agencies(me),
        "by_two": by_two,
        "left_behind": [
            (work, count, work.successors(account))
            for work in leaving.works()
            if (count := work.count(account, None))
        ],
        "asked": account.asked.filter(agreed=None).select_related("asked_by").first(),
        "history": AccessEntry.objects.filter(kind=AccessEntry.Kind.ACCOUNT, about=account)
        .select_related("user")
        .order_by("-pk")[:30],
    }
    return render(request, "portals/admin/user.html", context)


def _account(me: User, pk: int) -> User:
    found: User = get_object_or_404(users_visible_to(me), pk=pk)
    return found


def _agencies(me: User) -> QuerySet[Agency]:
    """The agencies at which the administrator may give roles."""
    inside = within(me.scope.regions(Power.GRANT_RIGHTS))
    return Agency.objects.filter(inside).order_by("region_code", "pk")


@needs(Power.MANAGE_ACCOUNTS)
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze, unfreeze, cancel, unlock, reset the password; on an administrator's account, ask for
    it."""
    me, address = user_of(request), address_of(request)
    account = _account(me, pk)
    wanted = request.POST.get("ask", "")
    if wanted not in administering.Act:
        raise Http404
    try:
        if administering.needs_second(account):
            administering.ask(
                account=account,
                act=wanted,
                reason=request.POST.get("reason", ""),
                by=me,
                address=address,
            )
            messages.success(request, "已提出申请，经其他权限的管理员同意后办理。")
        else:
            password = administering.administer(account=account, act=wanted, by=me, address=address)
            if password:
                return shown_once(request, account, password)
            messages.success(request, "已办理。")
    except AccountProblem as error:
        messages.error(request, str(error))
    return redirect("admin:users-show", pk)


@needs(Power.MANAGE_ACCOUNTS, Power.GRANT_RIGHTS)
@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """人员调动: what of a kind lies with the account goes to a colleague, or where it goes without one."""
    me = user_of(request)
    account = _account(me, pk)
    work = next((one for one in leaving.works() if one.name == request.POST.get("work")), None)
    if work is None:
        raise Http404
    wanted = request.POST.get("to", "")
    to = work.successors(account).filter(pk=read_key(wanted) or 0).first()
    if wanted and to is None:
        messages.error(request, f"接替人须是{work.who}。")
        return redirect("admin:users-show", pk)
    try:
        count = work.hand_over(
            account=account,
            to=to,
            reason=request.POST.get("reason", ""),
            by=me,
            now=timezone.now(),
            address=address_of(request),
        )
    except AccountProblem as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"已移交 {count} {work.measure}。")
        if left := work.count(account, None):
            messages.warning(request, f"还有{work.told(left)}，接替人不能办理，请另选接替人。")
    return redirect("admin:users-show", pk)


@needs(Power.GRANT_RIGHTS)
@require_POST
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role at an agency of the administrator's region; powers stay apart (SX-5)."""
    me = user_of(request)
    account = _account(me, pk)
    role = request.POST.get("role", "")
    wanted = request.POST.get("agency", "")
    agency = next((item for item in _agencies(me) if str(item.pk) == wanted), None)
    if agency is None or role not in {item.key for item in GIVEN_ROLES}:
        messages.error(request, "请选择角色和机构。")
    else:
        try:
            granting.grant(
                user=account,
                role=role,
                region_code=agency.region_code,
                department=agency.department,
                agency_id=agency.pk if ROLES[role].at_agency else None,
                by=me,
                address=address_of(request),
            )
            messages.success(request, f"已授予{ROLES[role].title}。")
        except AccountProblem as error:
            messages.error(request, str(error))
    return redirect("admin:users-show", pk)


@needs(Power.GRANT_RIGHTS)
@require_POST
def take_back(request: HttpRequest, pk: int, grant: int) -> HttpResponse:
    """Take a role away."""
    me = user_of(request)
    found = get_object_or_404(_account(me, pk).grants.all(), pk=grant)
    if found.role == OPERATOR:
        messages.warning(request, "撤销单位经办人须填写理由，请在本页办理。")
        return redirect("admin:operators-show", found.party_id)
    try:
        granting.revoke(grant=found, by=me, address=address_of(request))
        messages.success(request, "已收回。")
    except AccountProblem as error:
        messages.error(request, str(error))
    return redirect("admin:users-show", pk)


LOG = Listing(
    name="admin-log",
    title="访问日志",
    columns=accounts.ENTRY_COLUMNS,
    rows=access_log_visible_to,
    conditions=accounts.ENTRY_CONDITIONS,
)


@needs(Power.SEE_LOGS)
def log(request: HttpRequest) -> HttpResponseBase:
    """访问日志: sign-ins, looks at personal data, exports, changes of accounts."""
    return listing_view(request, LOG, template="portals/list.html")


OPERATIONS = Listing(
    name="admin-operations",
    title="操作日志",
    columns=accounts.EVENT_COLUMNS,
    rows=events_visible_to,
    conditions=accounts.EVENT_CONDITIONS,
)


@needs(Power.SEE_LOGS)
def operations(request: HttpRequest) -> HttpResponseBase:
    """操作日志: every step of every case, who, when, from where."""
    return listing_view(request, OPERATIONS, template="portals/list.html")
