"""Signing in with a certificate: by signing what the page shows, or by showing it in TLS; binding."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.proofs.authority import Authority, Held
from tests.screen import Screen
from yonggong.accounts.granting import grant
from yonggong.accounts.models import AccessEntry, User
from yonggong.proofs import binding, verifying
from yonggong.proofs.models import Binding, Challenge

pytestmark = pytest.mark.django_db
_PAGE, _TLS, _OWN = "/sign-in/certificate/", "/sign-in/certificate/tls/", "/account/proofs/"
_PROXY, _HEADER = "10.1.1.1", "HTTP_X_CLIENT_CERTIFICATE"


@pytest.fixture
def authority(tmp_path: Path, settings: Any) -> Authority:
    made = Authority(timezone.now())
    made.lay(tmp_path)
    settings.CERTIFICATE_AUTHORITIES, settings.REVOCATION_LISTS = tmp_path, None
    return made


def _bound(authority: Authority, account: User) -> Held:
    held = authority.issue()
    now = timezone.now()
    binding.bind_certificate(
        account=account,
        proven=verifying.verify(held.certificate, now=now),
        reason="本人",
        by=account,
        now=now,
        address=None,
    )
    return held


def _text(client: Client, page: str = _PAGE) -> str:
    answer = client.get(page)
    assert answer.status_code == 200
    found = re.search(r'name="text" value="([^"]+)"', answer.content.decode())
    assert found is not None
    return found[1]


def _is_signed_in(client: Client) -> bool:
    return bool(client.get("/session/").json()["user"])


def _sent(client: Client, held: Held, text: str | None = None, **further: Any) -> Any:
    text = text or _text(client)
    given = {"text": text, "signature": held.cms(text.encode()).decode(), **further}
    return client.post(_PAGE, given)


def test_the_sign_in_page_offers_it_where_it_is_configured(
    authority: Authority, settings: Any
) -> None:
    assert _PAGE in Client().get("/sign-in/").content.decode()
    settings.CERTIFICATE_AUTHORITIES = None
    assert _PAGE not in Client().get("/sign-in/").content.decode()
    assert Client().get(_PAGE).status_code == 404


def test_who_signs_the_text_is_signed_in(authority: Authority, reviewer: User) -> None:
    client = Client()
    answer = _sent(client, _bound(authority, reviewer), next="/account/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/")
    assert client.get("/session/").json()["user"] == str(reviewer.pk)
    line = AccessEntry.objects.get(kind=AccessEntry.Kind.SIGN_IN)
    assert line.user == reviewer and "数字证书" in line.detail


def test_files_are_taken_as_well(authority: Authority, reviewer: User) -> None:
    held, client = _bound(authority, reviewer), Client()
    text = _text(client)
    signature = held.key.sign(text.encode(), ec.ECDSA(hashes.SHA256()))
    answer = client.post(
        _PAGE,
        {
            "text": text,
            "signature_file": SimpleUploadedFile("a.sig", signature),
            "certificate_file": SimpleUploadedFile("a.cer", held.pem),
        },
    )
    assert answer.status_code == 302 and _is_signed_in(client)


def test_a_signed_text_is_taken_once_and_from_its_own_session(
    authority: Authority, reviewer: User
) -> None:
    held, client, thief = _bound(authority, reviewer), Client(), Client()
    text = _text(client)
    _text(thief)
    answer = _sent(thief, held, text)
    assert answer.status_code == 422 and "重新签名" in answer.content.decode()
    assert _sent(client, held, text).status_code == 302
    client.post("/sign-out/")
    assert _sent(client, held, text).status_code == 422
    assert not _is_signed_in(client) and not _is_signed_in(thief)


def test_a_wrong_answer_uses_the_text_up(authority: Authority, reviewer: User) -> None:
    held, client = _bound(authority, reviewer), Client()
    text = _text(client)
    assert client.post(_PAGE, {"text": text, "signature": "x"}).status_code == 422
    assert _sent(client, held, text).status_code == 422


def test_a_text_older_than_five_minutes_is_not_taken(authority: Authority, reviewer: User) -> None:
    held, client = _bound(authority, reviewer), Client()
    text = _text(client)
    Challenge.objects.update(made_at=timezone.now() - timedelta(minutes=5))
    assert _sent(client, held, text).status_code == 422


def test_a_certificate_that_is_not_bound_signs_nobody_in(authority: Authority) -> None:
    client = Client()
    answer = _sent(client, authority.issue())
    assert answer.status_code == 422 and "没有绑定账号" in answer.content.decode()
    failed = AccessEntry.objects.get(kind=AccessEntry.Kind.SIGN_IN_FAILED)
    assert failed.user is None and not _is_signed_in(client)


def test_one_taken_back_signs_nobody_in(
    authority: Authority, reviewer: User, tmp_path: Path
) -> None:
    held, client = _bound(authority, reviewer), Client()
    (tmp_path / "again.crl").write_bytes(authority.list_of(held))
    assert "吊销" in _sent(client, held).content.decode()
    assert not _is_signed_in(client)


def test_a_frozen_account_is_not_signed_in(authority: Authority, reviewer: User) -> None:
    held, client = _bound(authority, reviewer), Client()
    User.objects.filter(pk=reviewer.pk).update(state=User.State.FROZEN)
    assert _sent(client, held).status_code == 422
    assert not _is_signed_in(client)


def test_a_units_certificate_signs_its_first_operator_in(
    authority: Authority, operator: User, employer: Any, make_user: Callable[..., User]
) -> None:
    make_user("employer_operator", employer=employer)
    client = Client()
    held = authority.issue(employer.name, subject={NameOID.SERIAL_NUMBER: employer.credit_code})
    assert _sent(client, held).status_code == 302
    assert client.get("/session/").json()["user"] == str(operator.pk)


@pytest.mark.parametrize("more", ["unit", "person"])
def test_a_units_certificate_opens_nothing_of_others(
    authority: Authority, operator: User, employer: Any, make_employer: Any, person: Any, more: str
) -> None:
    if more == "unit":
        grant(user=operator, role="employer_operator", party_id=make_employer().pk, by=None)
    else:
        User.objects.filter(pk=operator.pk).update(person=person.pk)
    client = Client()
    held = authority.issue(employer.name, subject={NameOID.SERIAL_NUMBER: employer.credit_code})
    answer = _sent(client, held)
    assert answer.status_code == 422 and "不能用单位证书登录" in answer.content.decode()
    assert not _is_signed_in(client)


def test_a_unit_without_an_operator_is_led_to_registering(
    authority: Authority, employer: Any
) -> None:
    held = authority.issue(subject={NameOID.SERIAL_NUMBER: employer.credit_code})
    assert "请先注册单位" in _sent(Client(), held).content.decode()


@pytest.mark.parametrize(
    "given",
    [
        {"text": "x", "signature": "\x00"},
        {"text": "\x00"},
        {"signature": "中" * 30000},
        {},
    ],
)
def test_whatever_is_sent_is_answered(authority: Authority, given: dict[str, str]) -> None:
    assert Client().post(_PAGE, given).status_code == 422


# What a caller shows in TLS.


@pytest.fixture
def proxied(settings: Any, authority: Authority) -> None:
    from ipaddress import ip_network

    settings.CERTIFICATE_PROXIES = (ip_network(_PROXY),)
    settings.CERTIFICATE_ADDRESS = "https://yonggong.example.gov.cn:8443"


def _header(held: Held) -> str:
    return quote(held.pem.decode())


def test_what_the_proxy_says_signs_in(proxied: None, authority: Authority, reviewer: User) -> None:
    client = Client(REMOTE_ADDR=_PROXY, **{_HEADER: _header(_bound(authority, reviewer))})
    page = client.get(_TLS)
    assert page.status_code == 200 and "王强" in page.content.decode()
    assert not _is_signed_in(client), "looking signs nobody in"
    assert client.post(_TLS).status_code == 200
    assert client.get("/session/").json()["user"] == str(reviewer.pk)


@pytest.mark.parametrize("address", ["10.1.1.2", "127.0.0.1", "", "x"])
def test_what_anybody_else_says_is_not_believed(
    proxied: None, authority: Authority, reviewer: User, address: str
) -> None:
    client = Client(REMOTE_ADDR=address, **{_HEADER: _header(_bound(authority, reviewer))})
    for answer in (client.get(_TLS), client.post(_TLS)):
        assert answer.status_code == 422 and "没有出示证书" in answer.content.decode()
    assert not _is_signed_in(client)


def test_who_forwards_the_proxys_address_is_not_the_proxy(
    proxied: None, authority: Authority, reviewer: User
) -> None:
    client = Client(
        REMOTE_ADDR="203.0.113.9",
        HTTP_X_FORWARDED_FOR=_PROXY,
        **{_HEADER: _header(_bound(authority, reviewer))},
    )
    assert client.post(_TLS).status_code == 422
    assert not _is_signed_in(client)


def test_without_a_proxy_the_page_does_not_exist(
    authority: Authority, reviewer: User, settings: Any
) -> None:
    client = Client(**{_HEADER: _header(_bound(authority, reviewer))})
    assert client.post(_TLS).status_code == 404


def test_the_proxys_word_is_verified_too(proxied: None, now: datetime) -> None:
    other = Authority(timezone.now()).issue()
    client = Client(REMOTE_ADDR=_PROXY, **{_HEADER: _header(other)})
    assert "不是由本平台信任的" in client.post(_TLS).content.decode()
    broken = Client(REMOTE_ADDR=_PROXY, **{_HEADER: "%30%82x"})
    assert broken.post(_TLS).status_code == 422


# Binding.


def test_one_binds_ones_own_by_signing(
    authority: Authority, reviewer: User, at_screen: Callable[[Any], Screen]
) -> None:
    client, held = at_screen(reviewer), authority.issue()
    text = _text(client, _OWN)
    # A text for signing in is not taken for binding.
    assert text.startswith("yonggong bind-certificate ")
    answer = client.post(_OWN, {"text": text, "signature": held.cms(text.encode()).decode()})
    assert answer.status_code == 302
    assert "王强" in client.get(_OWN).content.decode()
    other = Client()
    assert _sent(other, held).status_code == 302
    made = Binding.objects.get()
    client.get(_OWN)
    client.post(f"{_OWN}{made.pk}/end/")
    assert _sent(Client(), held).status_code == 422


def test_nobody_ends_a_strangers_binding(
    authority: Authority, reviewer: User, second: User, at_screen: Callable[[Any], Screen]
) -> None:
    _bound(authority, reviewer)
    client = at_screen(second)
    client.get(_OWN)
    assert client.post(f"{_OWN}{Binding.objects.get().pk}/end/").status_code == 404


def test_an_administrator_binds_an_officers_certificate(
    authority: Authority,
    reviewer: User,
    make_user: Callable[..., User],
    at_screen: Callable[[Any], Screen],
) -> None:
    client, held = (
        at_screen(make_user("system_administrator", region_code="220000")),
        authority.issue(),
    )
    show = f"/admin/users/{reviewer.pk}/"
    client.get(show)
    given = {"certificate": SimpleUploadedFile("a.cer", held.pem), "reason": "领用单"}
    assert client.post(f"{show}proofs/", given).status_code == 302
    assert "领用单" in client.get(show).content.decode()
    assert _sent(Client(), held).status_code == 302
    client.post(f"{show}proofs/{Binding.objects.get().pk}/end/")
    assert _sent(Client(), held).status_code == 422
