"""Is signing in sound: what else there is beside the password, and what it rests on."""

from __future__ import annotations

import os

from django.conf import settings
from django.utils import timezone

from yonggong.accounts import texting
from yonggong.proofs import trust
from yonggong.proofs.checking import certificate_doubts, provider_doubts
from yonggong.serving.result import Soundness

_SHOWN = 3


def texts() -> Soundness:
    """What sends codes and reminders to mobiles; whether it takes them shows only when it is asked."""
    title = "短信"
    if not settings.SMS_GATEWAY:
        said = "未配置发送渠道：不能用短信验证码找回密码、核实手机号。建议设置 YONGGONG_SMS_GATEWAY"
        return Soundness(title, True, said)
    try:
        texting.gateway()
    except (ImportError, TypeError) as error:
        return Soundness(title, False, f"不能使用：{error}", "检查 YONGGONG_SMS_GATEWAY。")
    command = settings.SMS_GATEWAY if settings.SMS_GATEWAY.startswith("/") else ""
    return Soundness(
        title,
        not command or os.access(command, os.X_OK),
        f"由 {command} 发送" if command else "已配置发送渠道",
        "命令不存在或不可执行，检查 YONGGONG_SMS_GATEWAY。",
    )


def second_factor() -> Soundness:
    """Whether accounts of bureaus and administrators may do without one, where others than this machine
    are served."""
    said = {
        "required": "机构和管理员账号一律须二次验证",
        "off": "已关闭：机构和管理员账号只凭密码登录",
    }
    return Soundness(
        "二次验证",
        settings.SECOND_FACTOR != "off" or not settings.PUBLIC_HOSTS,
        said.get(settings.SECOND_FACTOR, "按各地政策数据"),
        "取消 YONGGONG_SECOND_FACTOR=off，按各地政策执行。",
    )


def certificates() -> Soundness:
    """Authorities whose certificates are taken, and their lists of those taken back."""
    title, doubts = "数字证书", list(certificate_doubts(timezone.now()))
    if not doubts and not trust.is_configured():
        return Soundness(title, True, "未配置（YONGGONG_CA_DIR），不能用数字证书登录")
    return Soundness(
        title,
        not doubts,
        "；".join(doubts[:_SHOWN]) or f"信任 {len(trust.trusted().anchors)} 个根证书，吊销列表有效",
        "把颁发机构的证书和定期下载的吊销列表放进 YONGGONG_CA_DIR、YONGGONG_CRL_DIR，"
        "只信任本机或者专用的代理。",
    )


def provider() -> Soundness:
    """The provider of identities, where one is named: it is asked what it says of itself."""
    title, doubts = "统一身份认证", list(provider_doubts())
    if not doubts and not settings.OIDC_ISSUER:
        return Soundness(title, True, "未配置（YONGGONG_OIDC_ISSUER）")
    found = "；".join(doubts) or f"可以通过{settings.OIDC_TITLE}登录"
    return Soundness(title, not doubts, found, "按提供方给出的参数核对 YONGGONG_OIDC_ 开头的配置。")
