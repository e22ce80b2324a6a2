"""Signing in through a provider of identities, a real process; first visits, officers, its failures."""

from __future__ import annotations

import random
import socket
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from tests.ports import free_port
from tests.proofs.provider import Provider
from tests.screen import Screen
from yonggong import policy
from yonggong.accounts import limits
from yonggong.accounts.models import AccessEntry, LimitedAct, User
from yonggong.codes.invent import invent_id_number
from yonggong.proofs import provider as client_side
from yonggong.proofs.checking import provider_doubts
from yonggong.proofs.models import Binding
from yonggong.registry.models import Worker

pytestmark = pytest.mark.django_db
_LEAVE, _BACK = "/sign-in/provider/", "/sign-in/provider/back/"
_KNOWN = "220104199003072134"  # of the fixture `person`, 试一
_NEW = invent_id_number(random.Random(7), region="220104", birth_date=date(1991, 5, 6), sex="1")


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    made = Provider(
        [
            {"sub": "s1", "name": "试一", "id_number": _KNOWN},
            {"sub": "s2", "name": "试二", "id_number": _NEW},
            {"sub": "wrong", "name": "别人", "id_number": _KNOWN},
            {"sub": "bare"},
        ]
    )
    made.start()
    yield made
    made.stop()


@pytest.fixture
def provider(running: Provider, settings: Any) -> Iterator[Provider]:
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID = running.issuer, "yonggong"
    settings.OIDC_CLIENT_SECRET, settings.OIDC_REGION = "secret", "220104"
    client_side.forget()
    yield running
    client_side.forget()


def _sent_to(client: Client, page: str = _LEAVE) -> str:
    answer = client.get(page)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def _scanned(client: Client, subject: str, page: str = _LEAVE) -> Any:
    back = Provider.agree(_sent_to(client, page), subject)
    assert urlsplit(back).path == _BACK
    return client.get(f"{_BACK}?{urlsplit(back).query}")


def _who(client: Client) -> str:
    return str(client.get("/session/").json()["user"])


def test_the_sign_in_page_offers_it_where_it_is_configured(
    provider: Provider, settings: Any
) -> None:
    assert "电子社保卡扫码登录" in Client().get("/sign-in/").content.decode()
    settings.OIDC_ISSUER = ""
    assert _LEAVE not in Client().get("/sign-in/").content.decode()
    assert Client().get(_LEAVE).status_code == 404
    assert Client().get(_BACK).status_code == 404


def test_people_leave_with_pkce_state_and_nonce(provider: Provider) -> None:
    sent = parse_qs(urlsplit(_sent_to(Client())).query)
    assert sent["code_challenge_method"] == ["S256"] and sent["code_challenge"]
    assert sent["state"] and sent["nonce"] and sent["redirect_uri"][0].endswith(_BACK)


def test_a_person_known_by_name_and_number_is_signed_in(provider: Provider, pupil: User) -> None:
    client = Client()
    answer = _scanned(client, "s1", f"{_LEAVE}?next=/account/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/")
    assert _who(client) == str(pupil.pk)
    bound = Binding.objects.get()
    assert (bound.user, bound.bound_by) == (pupil, None)
    again = Client()
    _scanned(again, "s1")
    assert _who(again) == str(pupil.pk) and Binding.objects.count() == 1


def test_a_person_who_is_registered_gets_an_account_on_the_first_visit(
    provider: Provider, person: Any
) -> None:
    client = Client()
    assert _scanned(client, "s1").status_code == 302
    made = User.objects.get(person=person.pk)
    assert _who(client) == str(made.pk) and made.name == "试一"
    said = AccessEntry.objects.filter(about=made).values_list("detail", flat=True)
    assert any("首次由电子社保卡登录" in line for line in said)


def test_a_stranger_gets_none_unless_the_province_says_so(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    answer = _scanned(client, "s2")
    assert answer.status_code == 422 and "没有查到您的劳动用工登记" in answer.content.decode()
    assert not User.objects.exists() and not Worker.objects.exists()
    monkeypatch.setattr(policy.Policy, "newcomers_by_provider", True)
    assert _scanned(client, "s2").status_code == 302
    made = User.objects.get()
    assert _who(client) == str(made.pk) and made.person is not None


def test_another_name_than_the_registered_is_refused(provider: Provider, person: Any) -> None:
    Worker.objects.update(confirmed=True)
    answer = _scanned(Client(), "wrong")
    assert answer.status_code == 422 and "姓名与登记的不一致" in answer.content.decode()


def test_without_verified_claims_nobody_is_signed_in(provider: Provider) -> None:
    answer = _scanned(Client(), "bare")
    assert answer.status_code == 422 and "没有提供经过核验" in answer.content.decode()


def test_an_officer_binds_it_first_signed_in(
    provider: Provider, reviewer: User, person: Any, at_screen: Callable[[Any], Screen]
) -> None:
    User.objects.filter(pk=reviewer.pk).update(person=person.pk, name="试一")
    refused = _scanned(Client(), "s1")
    assert refused.status_code == 422 and "须先用原来的方式登录" in refused.content.decode()
    client = at_screen(reviewer)
    assert _scanned(client, "s1", "/account/provider/")["Location"] == "/account/proofs/"
    bound = Binding.objects.get()
    assert (bound.user, bound.bound_by) == (reviewer, reviewer)
    later = Client()
    _scanned(later, "s1")
    assert _who(later) == str(reviewer.pk)


def test_another_persons_identity_is_not_bound(
    provider: Provider, reviewer: User, at_screen: Callable[[Any], Screen]
) -> None:
    client = at_screen(reviewer)
    _scanned(client, "s1", "/account/provider/")
    assert not Binding.objects.exists()
    assert "姓名不一致" in client.get("/account/proofs/").content.decode()


def test_who_was_cancelled_gets_another_account(provider: Provider, pupil: User) -> None:
    _scanned(Client(), "s1")
    User.objects.filter(pk=pupil.pk).update(state=User.State.CANCELLED)
    client = Client()
    assert _scanned(client, "s1").status_code == 302
    made = User.objects.exclude(pk=pupil.pk).get()
    assert _who(client) == str(made.pk) and made.person_id == pupil.person_id
    assert Binding.objects.get(ended_at=None).user == made


def test_on_the_bureaus_network_no_persons_account_is_made(
    provider: Provider, person: Any, settings: Any
) -> None:
    settings.NETWORK = "office"
    answer = _scanned(Client(), "s1")
    assert answer.status_code == 422 and "本网络没有绑定" in answer.content.decode()
    assert not User.objects.exists()


def test_a_flood_of_answers_is_neither_looked_at_nor_logged(provider: Provider) -> None:
    limit = limits.PROVING.of_address
    LimitedAct.objects.bulk_create(
        LimitedAct(act="proving", address="127.0.0.1", at=timezone.now()) for _ in range(limit)
    )
    answer = Client().get(f"{_BACK}?error=x")
    assert answer.status_code == 422 and "过于频繁" in answer.content.decode()
    assert not AccessEntry.objects.exists()


def test_an_answer_of_another_session_is_not_taken(provider: Provider, pupil: User) -> None:
    back = Provider.agree(_sent_to(Client()), "s1")
    other = Client()
    answer = other.get(f"{_BACK}?{urlsplit(back).query}")
    assert answer.status_code == 422 and _who(other) == ""


def test_an_answer_is_taken_once(provider: Provider, pupil: User) -> None:
    client = Client()
    back = Provider.agree(_sent_to(client), "s1")
    assert client.get(f"{_BACK}?{urlsplit(back).query}").status_code == 302
    client.post("/sign-out/")
    assert client.get(f"{_BACK}?{urlsplit(back).query}").status_code == 422


@pytest.mark.parametrize(
    "sent", [{"error": "access_denied"}, {"code": "x", "state": "y"}, {}, {"state": "\x00"}]
)
def test_whatever_comes_back_is_a_sentence(provider: Provider, sent: dict[str, str]) -> None:
    answer = Client().get(f"{_BACK}?{urlencode(sent)}")
    assert answer.status_code == 422 and "登录" in answer.content.decode()


def test_a_provider_that_turned_its_keys_goes_on(
    provider: Provider, running: Provider, pupil: User
) -> None:
    _scanned(Client(), "s1")
    running.stop()
    running.start()  # with a key of its own
    client = Client()
    assert _scanned(client, "s1").status_code == 302
    assert _who(client) == str(pupil.pk)


def test_a_provider_that_is_away_is_a_sentence(provider: Provider, settings: Any) -> None:
    settings.OIDC_ISSUER = f"http://127.0.0.1:{free_port()}"
    answer = Client().get(_LEAVE)
    assert answer.status_code == 422
    assert "暂时不能通过电子社保卡登录" in answer.content.decode()
    assert any("不能从" in said for said in provider_doubts())


def test_a_provider_that_does_not_answer_is_a_sentence(
    provider: Provider, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_side, "_TIMEOUT", (0.2, 0.2))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.OIDC_ISSUER = f"http://127.0.0.1:{silent.getsockname()[1]}"
        assert Client().get(_LEAVE).status_code == 422


def test_a_provider_that_calls_itself_otherwise_is_not_believed(
    provider: Provider, settings: Any
) -> None:
    settings.OIDC_ISSUER = provider.issuer + "/"
    assert Client().get(_LEAVE).status_code == 422


def test_check_asks_the_provider(provider: Provider, settings: Any) -> None:
    assert list(provider_doubts()) == []
    settings.OIDC_REGION = ""
    assert "YONGGONG_OIDC_REGION" in "".join(provider_doubts())
