"""Pages for what went wrong: what it is, and what to do next."""

from __future__ import annotations

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from yonggong.accounts.actions import record_broken
from yonggong.accounts.models import User
from yonggong.vault.sealing import SealBroken

PLATFORM_TITLE = "劳动用工备案管理平台"
logger = logging.getLogger("yonggong.errors")


def page(
    request: HttpRequest | None,
    *,
    status: int,
    title: str,
    message: str,
    remedy: str,
    reference: str = "",
) -> HttpResponse:
    """A page about a refusal. Without a request it is drawn without any look at the database."""
    context = {
        "status": status,
        "title": title,
        "message": message,
        "remedy": remedy,
        "reference": reference,
        "bare": request is None,
        "platform_title": PLATFORM_TITLE,
    }
    return HttpResponse(render_to_string("portals/error.html", context, request), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request could not be read."""
    return page(
        request,
        status=400,
        title="请求无法识别",
        message="提交的内容不完整、过大或格式不正确。",
        remedy="请返回上一页，刷新后重新填写提交。",
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the act is not this person's to do; the exception may say why."""
    return page(
        request,
        status=403,
        title="不能办理该操作",
        message=str(exception) or "您的账号没有办理该操作的权限。",
        remedy="如确需办理，请联系本机构管理员核对账号的角色和管辖范围。",
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is no such page, or it is out of the asker's scope, which is the same."""
    return page(
        request,
        status=404,
        title="没有找到该内容",
        message="该页面或办件不存在，或不在您的管辖和经办范围内。",
        remedy="请核对网址，或从左侧菜单重新进入。",
    )


def conflict(request: HttpRequest, exception: Exception) -> HttpResponse:
    """409: what was asked no longer fits the present state."""
    return page(
        request,
        status=409,
        title="当前状态不能办理该操作",
        message=str(exception),
        remedy="办件状态可能已被他人更新，请返回后刷新查看最新状态。",
    )


def seal_broken(request: HttpRequest, exception: SealBroken) -> HttpResponse:
    """423: a sealed value does not open where it stands; nothing of it is shown or used."""
    address = request.META.get("REMOTE_ADDR") or None
    by = request.user if isinstance(request.user, User) else None
    record_broken([exception], request.path, by=by, address=address)
    return page(
        request,
        status=423,
        title="数据校验不符，已停止显示和办理",
        message="这里加密保存的个人信息与它所属的办件、人员或栏目不符，可能被改动或错放。"
        "内容没有显示，本次操作没有生效，已记入日志。",
        remedy="请不要重复操作或重新填报，把当时办理的业务和时间告知经办机构的系统管理员。",
    )


def stale_page(request: HttpRequest) -> HttpResponse:
    """403: the form's token does not belong to this session, and nothing is known of the form."""
    return page(
        request,
        status=403,
        title="页面已失效",
        message="页面打开时间过长，或在其他窗口重新登录过，本次提交没有被受理。",
        remedy="请返回上一页刷新，核对内容后再次提交；请勿禁用浏览器的 Cookie。",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours. The page carries a number by which the log shows what happened."""
    reference = secrets.token_hex(4).upper()
    logger.error("fault %s at %s %s", reference, request.method, request.path, exc_info=True)
    return page(
        None,
        status=500,
        title="系统出现故障",
        message="本次操作没有完成，故障已自动登记。",
        remedy="请稍后重试；多次出现时，请将下面的故障编号告知运维人员。",
        reference=reference,
    )
