"""What is wrong with how an installation is set up for proofs from elsewhere, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings

from yonggong.codes import regions
from yonggong.proofs import provider, revocation, tls, trust
from yonggong.proofs.verifying import common_name


def certificate_doubts(now: datetime) -> Iterator[str]:
    """What keeps people from signing in with certificates, or would let them in too easily."""
    if not trust.is_configured():
        if settings.CERTIFICATE_PROXIES or settings.CERTIFICATE_ADDRESS:
            yield "配置了证书代理，没有配置 YONGGONG_CA_DIR"
        return
    found = trust.trusted()
    if not found.anchors:
        yield f"{settings.CERTIFICATE_AUTHORITIES} 中没有根证书"
    yield from (f"不能识别 {name}" for name in found.unread)
    for held in (*found.anchors, *found.between):
        if held.not_valid_after_utc < now:
            yield f"{common_name(held.subject)}的证书已过有效期"
    stale = {one.issuer for one in found.lists if revocation.is_stale(one, now)}
    fresh = {one.issuer for one in found.lists} - stale
    issuing = found.between or found.anchors
    for held in issuing:
        if held.subject not in fresh:
            said = "已经过期" if held.subject in stale else "没有"
            yield f"{common_name(held.subject)}的吊销列表{said}，其颁发的证书不能登录"
    if bool(settings.CERTIFICATE_PROXIES) != bool(settings.CERTIFICATE_ADDRESS):
        yield "YONGGONG_CERTIFICATE_PROXY 和 YONGGONG_CERTIFICATE_ADDRESS 须同时配置"
    if tls.is_configured() and any(one.prefixlen == 0 for one in settings.CERTIFICATE_PROXIES):
        yield "YONGGONG_CERTIFICATE_PROXY 信任任何地址，任何人都可以冒用他人的证书"


def provider_doubts() -> Iterator[str]:
    """What keeps people from signing in through the provider, which is asked."""
    if not settings.OIDC_ISSUER:
        if settings.OIDC_CLIENT_ID:
            yield "配置了 YONGGONG_OIDC_CLIENT_ID，没有配置 YONGGONG_OIDC_ISSUER"
        return
    if not settings.OIDC_CLIENT_ID:
        yield "没有配置 YONGGONG_OIDC_CLIENT_ID"
        return
    if regions.find(settings.OIDC_REGION) is None:
        yield "YONGGONG_OIDC_REGION 不是行政区划代码"
    if settings.PUBLIC_HOSTS and not settings.OIDC_ISSUER.startswith("https://"):
        yield "YONGGONG_OIDC_ISSUER 不是 https 地址"
    try:
        provider.reach()
    except provider.ProviderProblem as problem:
        yield f"不能从 {settings.OIDC_ISSUER} 取得配置：{problem.__cause__}"
