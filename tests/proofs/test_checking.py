"""`yonggong check` names what is wrong with authorities, lists and proxies."""

from __future__ import annotations

from datetime import datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from tests.proofs.authority import Authority
from yonggong.proofs.checking import certificate_doubts


def _said(now: datetime) -> str:
    return "；".join(certificate_doubts(now))


def test_all_is_well(authority: Authority, now: datetime) -> None:
    assert _said(now) == ""


def test_without_certificates_nothing_is_asked(settings: Any, now: datetime) -> None:
    settings.CERTIFICATE_AUTHORITIES = None
    assert _said(now) == ""
    settings.CERTIFICATE_ADDRESS = "https://example.cn:8443"
    assert "没有配置 YONGGONG_CA_DIR" in _said(now)


def test_a_missing_root_and_list_are_named(
    authority: Authority, now: datetime, tmp_path: Path
) -> None:
    (tmp_path / "revoked.crl").write_bytes(authority.list_of(days=-1))
    assert "吊销列表已经过期" in _said(now)
    (tmp_path / "revoked.crl").write_text("x")
    said = _said(now)
    assert "不能识别 revoked.crl" in said and "吊销列表没有" in said
    (tmp_path / "chain.pem").unlink()
    assert "没有根证书" in _said(now)


def test_a_proxy_that_anybody_may_be_is_named(
    authority: Authority, now: datetime, settings: Any
) -> None:
    settings.CERTIFICATE_PROXIES = (ip_network("0.0.0.0/0"),)
    assert "须同时配置" in _said(now)
    settings.CERTIFICATE_ADDRESS = "https://example.cn:8443"
    assert "任何人都可以冒用" in _said(now)
