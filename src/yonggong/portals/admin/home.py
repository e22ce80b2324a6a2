"""The administrators' first page, and who may do what."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from yonggong.accounts import leaving, watching
from yonggong.accounts.models import AccessEntry, User
from yonggong.accounts.queries import access_log_visible_to, users_visible_to
from yonggong.accounts.roles import BRANCHES, ROLES, Power
from yonggong.cases import item_queries
from yonggong.portals import rights
from yonggong.portals.access import portal, user_of
from yonggong.sources.queries import waiting_for

_POWERS: dict[Power, str] = {
    Power.FILE: "填报并提交本单位备案",
    Power.FILE_FOR_OTHERS: "代用人单位录入备案",
    Power.REVIEW: "审核本机构办件",
    Power.SEE_REGION: "查看本辖区单位、合同和办件",
    Power.SEE_PERSONAL: "查看完整个人信息（逐次记录）",
    Power.CORRECT_PEOPLE: "凭证据更正人员登记、并档、登记终止",
    Power.SUPERVISE: "查看逾期和工作量、转交办件",
    Power.MANAGE_ACCOUNTS: "创建、冻结、注销账号",
    Power.GRANT_RIGHTS: "授予和收回权限",
    Power.CONFIRM_SOURCES: "核对政策数据、载入放假安排",
    Power.TAKE_REGISTRATIONS: "载入登记部门提供的登记信息",
    Power.MANAGE_ITEMS: "拟定、审定服务事项",
    Power.WATCH_SESSIONS: "查看登录情况、强制退出、紧急冻结",
    Power.APPLY_FOR_ACCOUNTS: "为本机构人员申请账号",
    Power.SEE_LOGS: "查看日志",
    Power.LOOK_UP: "写明事由，查阅单位和个人的全部记录（逐次记录）",
    Power.ORDER: "核查线索、责令限期改正、制定检查计划",
    Power.RECORD: "登记送达、改正、处罚、拒不改正名单和检查结果",
}


@portal("admin")
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The figures that matter to the role."""
    user = user_of(request)
    figures: list[tuple[str, int, str]] = []
    if user.may(Power.MANAGE_ACCOUNTS) or user.may(Power.GRANT_RIGHTS):
        users = users_visible_to(user)
        address = reverse("admin:users")
        figures += [
            (f"{label}账号", users.filter(state=state).count(), f"{address}?state={state}")
            for state, label in User.State.choices
        ]
        unused = users.filter(grants__isnull=True).exclude(state=User.State.CANCELLED)
        left = users.filter(leaving.left_behind())
        figures += [
            ("未授权账号", unused.count(), f"{address}?granted=0"),
            ("已停用、工作未移交的账号", left.count(), f"{address}?left=1"),
        ]
    if user.may(Power.CONFIRM_SOURCES):
        waiting, address = waiting_for(user, today=timezone.localdate()), reverse("admin:policy")
        figures += [
            ("待核的政策数据", waiting.open, f"{address}?state=open"),
            ("超过一年未核对的政策数据", waiting.stale, f"{address}?state=stale"),
        ]
    if user.may(Power.MANAGE_ITEMS):
        waiting_items = item_queries.waiting_for(user).count()
        figures.append(("待审定的事项修改", waiting_items, f"{reverse('admin:items')}?waits=1"))
    if user.may(Power.WATCH_SESSIONS):
        address, now = reverse("admin:watching"), timezone.now()
        day = timezone.localdate(now)
        unusual = watching.unusual_watched_by(user).filter(at__gte=now - timedelta(days=7))
        since = f"{address}?unusual=1&at_from={day - timedelta(days=7)}"
        figures += [
            ("当前登录", watching.signed_in_now(user, now=now).count(), address),
            ("近七日异常登录", unusual.count(), since),
        ]
    if user.may(Power.SEE_LOGS):
        today = access_log_visible_to(user).filter(
            at__gte=timezone.localtime().replace(hour=0, minute=0, second=0)
        )
        address, day = reverse("admin:log"), timezone.localdate()
        figures += [
            (
                f"今日{label}",
                today.filter(kind=kind).count(),
                f"{address}?kind={kind}&at_from={day}",
            )
            for kind, label in AccessEntry.Kind.choices
            if kind != AccessEntry.Kind.ACCOUNT
        ]
    return render(request, "portals/admin/home.html", {"figures": figures})


@portal("admin")
@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    """角色与权限: one page that tells who may do what."""
    return render(
        request,
        "portals/admin/roles.html",
        {
            "powers": [
                (words, [power in role.powers for role in ROLES.values()])
                for power, words in _POWERS.items()
            ],
            "roles": [(role, BRANCHES[role.branch]) for role in ROLES.values()],
            "columns": [title for _, title in rights.COLUMNS],
            "sections": rights.table(),
        },
    )
