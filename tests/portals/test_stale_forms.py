"""A form without scripts whose page had grown stale: the answer holds what was typed, for whoever
typed it and for nobody else. (`tests/browser/test_without_scripts.py` walks it in a browser.)"""

from __future__ import annotations

import html
import json
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.making import Hall
from tests.portals.tabs import hidden
from yonggong.accounts.models import User
from yonggong.portals.typed import Typed, held_by, typed_in

pytestmark = pytest.mark.django_db

PASSWORD = "Yonggong-2026"
HERE = {"Origin": "http://testserver"}


@pytest.fixture
def strict(hall: Hall) -> Client:
    """The operator's browser, the tokens of its forms looked at as in production."""
    browser = Client(enforce_csrf_checks=True)
    browser.get("/sign-in/")
    who = {"username": hall.operator.username, "password": PASSWORD}
    assert send(browser, "/sign-in/", who).status_code == 302
    return browser


def send(browser: Client, address: str, sent: dict[str, Any]) -> Any:
    return browser.post(address, token_of(browser) | sent, headers=HERE)


def token_of(browser: Client) -> dict[str, str]:
    return {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}


def held(answer: Any) -> dict[str, str]:
    """The hidden fields in which a page holds what was typed."""
    text = answer.content.decode()
    names = ("typed", "typed_at", "typed_files")
    return {name: html.unescape(hidden(text, name)) for name in names if hidden(text, name)}


CONTACTS = {"mobile": "16012345678", "email": "jing'ban\"<b>@example.com", "ask": "save"}


def test_a_form_sent_after_the_session_ended_asks_to_sign_in_and_holds_what_was_typed(
    strict: Client, hall: Hall
) -> None:
    Session.objects.all().delete()
    sent = CONTACTS | {"opened_by": str(hall.operator.pk)}
    answer = send(strict, "/account/", sent)
    assert answer.status_code == 401 and "仍保留在本页" in answer.content.decode()
    assert dict(json.loads(held(answer)["typed"])) == sent
    wrong = {"username": hall.operator.username, "password": "wrong"} | held(answer)
    answer = send(strict, "/sign-in/", wrong)
    assert answer.status_code == 422 and held(answer)["typed"] == wrong["typed"]
    answer = send(strict, "/sign-in/", wrong | held(answer) | {"password": PASSWORD})
    text = answer.content.decode()
    assert answer.status_code == 200 and 'action="/account/"' in text
    for name in CONTACTS:
        assert html.unescape(hidden(text, name)) == CONTACTS[name]


@pytest.mark.parametrize(
    ("first", "page"), [("security", "/account/security/"), ("password", "/password/")]
)
def test_what_was_typed_waits_while_something_else_comes_first(
    hall: Hall, settings: Any, first: str, page: str
) -> None:
    """A second factor that must be set up, an initial password: beside the page that holds it."""
    if first == "security":
        settings.SECOND_FACTOR = "required"
    else:
        User.objects.filter(pk=hall.reviewer.pk).update(must_change_password=True)
    browser = Client(enforce_csrf_checks=True)
    browser.get("/sign-in/")
    sent = CONTACTS | {"opened_by": str(hall.reviewer.pk)}
    typed = {"typed": json.dumps(list(sent.items())), "typed_at": "/account/"}
    who = {"username": hall.reviewer.username, "password": PASSWORD}
    answers = [send(browser, "/sign-in/", who | typed), send(browser, "/account/", sent)]
    assert [answer.status_code for answer in answers] == [200, 409]
    for answer in answers:
        text = answer.content.decode()
        assert f'href="{page}" target="_blank"' in text and 'action="/account/"' in text
        assert html.unescape(hidden(text, "email")) == CONTACTS["email"]
    part = browser.post("/account/", token_of(browser) | sent, headers=HERE | {"X-Part": "1"})
    assert part.status_code == 409 and "仍在本页" in part.json()["message"]
    elsewhere = {"Origin": "https://elsewhere.example"}
    assert browser.post("/account/", token_of(browser) | sent, headers=elsewhere).status_code == 302
    session = browser.session
    session.pop("must_enrol", None)
    session.save()
    User.objects.filter(pk=hall.reviewer.pk).update(must_change_password=False)
    # The page that it was sent to has it: it is no address.
    answer = send(browser, "/account/", sent)
    assert answer.status_code == 422 and "继续提交" not in answer.content.decode()


def test_a_form_with_the_token_of_another_session_is_sent_again_with_one_press(
    strict: Client, hall: Hall
) -> None:
    sent = CONTACTS | {"opened_by": str(hall.operator.pk)}
    answer = strict.post("/account/", sent | {"csrfmiddlewaretoken": "x" * 64}, headers=HERE)
    text = answer.content.decode()
    assert answer.status_code == 403 and "继续提交" in text
    assert hidden(text, "mobile") == CONTACTS["mobile"]
    hall.operator.refresh_from_db()
    assert hall.operator.mobile == ""


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "https://elsewhere.example"}, {"Referer": "http://elsewhere.example/"}],
)
def test_what_another_site_sent_is_not_held_for_anybody_to_send_on(
    strict: Client, headers: dict[str, str]
) -> None:
    answer = strict.post("/account/", CONTACTS, headers=headers)
    assert answer.status_code == 403 and not held(answer)
    assert CONTACTS["mobile"] not in answer.content.decode()


def test_what_one_person_typed_is_not_sent_on_by_another(
    strict: Client, hall: Hall, make_user: Any
) -> None:
    other = make_user("employer_operator", employer=hall.employer)
    sent = CONTACTS | {"opened_by": str(other.pk)}
    answer = send(strict, "/account/", sent)
    assert answer.status_code == 409 and "由另一账号打开" in answer.content.decode()
    who = {"username": hall.operator.username, "password": PASSWORD} | held(answer)
    answer = send(strict, "/sign-in/", who)
    assert answer.status_code == 409 and "继续提交" not in answer.content.decode()
    answer = send(strict, "/sign-in/", who | {"username": other.username})
    assert answer.status_code == 200 and "继续提交" in answer.content.decode()
    for account in (hall.operator, other):
        account.refresh_from_db()
        assert account.mobile == ""


def test_passwords_do_not_come_back(strict: Client) -> None:
    typed = {"old": "Geheim-1111", "new": "Geheim-2222", "again": "Geheim-2222", "also": "x"}
    Session.objects.all().delete()
    for answer in (
        send(strict, "/password/", typed),
        strict.post("/password/", typed, headers=HERE),
    ):
        assert answer.status_code in (401, 403) and held(answer)
        assert "Geheim" not in answer.content.decode()


def test_a_sign_in_with_an_old_token_is_asked_again(hall: Hall) -> None:
    browser = Client(enforce_csrf_checks=True)
    who = {"username": hall.operator.username, "password": PASSWORD}
    answer = browser.post("/sign-in/", who, headers=HERE)
    assert answer.status_code == 403 and hall.operator.username in answer.content.decode()
    assert send(browser, "/sign-in/", who).status_code == 302


def test_a_press_that_holds_no_words_leads_to_the_sign_in_page(strict: Client) -> None:
    Session.objects.all().delete()
    answer = send(strict, "/employer/new/add/", {"opened_by": "1", "opened_for": "2"})
    assert answer.status_code == 302 and answer["Location"] == "/sign-in/"


def post(rf: Any, sent: dict[str, Any]) -> Any:
    return rf.post("/somewhere/?page=2", sent)


@given(
    fields=st.dictionaries(
        st.from_regex(r"f[a-z0-9_]{0,12}", fullmatch=True), st.text(st.characters(codec="utf-8"))
    )
)
def test_whatever_was_typed_comes_back_as_it_was(fields: dict[str, str]) -> None:
    first = typed_in(post(RequestFactory(), {"x": "y"} | fields))
    assert first is not None
    answer = {"typed": first.as_text, "typed_at": first.address, "username": "a"}
    assert typed_in(post(RequestFactory(), answer)) == first


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("https://elsewhere.example/", '[["a", "b"]]'),
        ("//elsewhere.example/", '[["a", "b"]]'),
        ("javascript:alert(1)", '[["a", "b"]]'),
        ("/here/", "not ours"),
        ("/here/", "[1, 2]"),
        ("/here/", "[]"),
    ],
)
def test_what_we_did_not_write_is_nothing(rf: Any, address: str, text: str) -> None:
    assert held_by(post(rf, {"typed": text, "typed_at": address})) is None


def test_files_are_told_to_be_missing(rf: Any) -> None:
    typed = Typed("/here/", (("a", "b"),), files=True)
    sent = {"typed": typed.as_text, "typed_at": "/here/", "typed_files": "1"}
    assert held_by(post(rf, sent)) == typed
