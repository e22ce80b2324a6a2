"""The second step of signing in: an app's code or a recovery code, each once; who must have one."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
from django.test import Client
from django.utils import timezone

from yonggong import policy
from yonggong.accounts import second_factors
from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.administering import Act, administer, ask, decide
from yonggong.accounts.limits import FAILURES_BEFORE_LOCK, LOCK_PERIOD, OF_ALL_STRANGERS
from yonggong.accounts.models import AccessEntry, Authenticator, RecoveryCode, SignInFailure, User

pytestmark = pytest.mark.django_db
PASSWORD = "Yonggong-2026"
SECOND, SECURITY, APP = "/sign-in/second/", "/account/security/", "/account/security/authenticator/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def owner(make_user: Callable[..., User], agency: Any) -> User:
    return make_user("reviewer", agency=agency, region_code="220104")


@pytest.fixture
def codes(owner: User) -> list[str]:
    """The owner has an app since a while ago; its recovery codes."""
    then = timezone.now() - timedelta(hours=1)
    made = second_factors.set_authenticator(
        user=owner, secret=SECRET, code=code_at(then), address=None, now=then
    )
    return made


def code_at(moment: datetime, secret: str = SECRET) -> str:
    return pyotp.TOTP(secret).at(moment)


def code_now() -> str:
    return code_at(datetime.now(UTC))


def password(client: Client, user: User, at: str = "10.0.0.1", **more: str) -> Any:
    asked = {"username": user.username, "password": PASSWORD, **more}
    return client.post("/sign-in/", asked, REMOTE_ADDR=at)


def second(client: Client, code: str, at: str = "10.0.0.1") -> Any:
    return client.post(SECOND, {"code": code}, REMOTE_ADDR=at)


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


# The app


def test_the_code_of_the_app_comes_after_the_password(
    client: Client, owner: User, codes: list[str]
) -> None:
    assert password(client, owner, next="/bureau/cases/").headers["Location"] == SECOND
    assert not is_in(client)
    assert "动态口令" in client.get(SECOND).content.decode()
    assert second(client, code_now()).headers["Location"] == "/bureau/cases/"
    assert is_in(client)
    entry = AccessEntry.objects.filter(kind="sign_in").get()
    assert entry.detail == "密码、动态口令"


@pytest.mark.parametrize("code", ["", "000000x", "1" * 500, "١٢٣٤٥٦", "\x00"])
def test_a_wrong_code_does_not(client: Client, owner: User, codes: list[str], code: str) -> None:
    password(client, owner)
    assert second(client, code).status_code == 422
    assert not is_in(client)
    failed = AccessEntry.objects.filter(kind="sign_in_failed").get()
    assert (failed.user, failed.detail) == (owner, "二次验证")


def test_no_code_is_taken_twice(owner: User, codes: list[str]) -> None:
    """Nor one of an earlier half minute than the last that was."""
    now = timezone.now()

    def taken(code: str) -> str:
        return second_factors.check_code(user=owner, code=code, address=None, now=now)

    later, earlier = code_at(now + timedelta(seconds=30)), code_at(now - timedelta(seconds=30))
    assert taken(later) == "动态口令"
    assert [taken(code) for code in (later, code_at(now), earlier)] == ["", "", ""]


@pytest.mark.parametrize(
    ("seconds", "way"), [(-30, "动态口令"), (30, "动态口令"), (-90, ""), (90, "")]
)
def test_a_phone_may_be_half_a_minute_off(
    owner: User, codes: list[str], seconds: int, way: str
) -> None:
    now = timezone.now()
    code = code_at(now + timedelta(seconds=seconds))
    assert second_factors.check_code(user=owner, code=code, address=None, now=now) == way


def test_the_first_step_alone_opens_nothing_and_lasts_ten_minutes(
    client: Client, owner: User, codes: list[str]
) -> None:
    assert client.get(SECOND).headers["Location"] == "/sign-in/"
    password(client, owner)
    session = client.session
    session["half"] = {**session["half"], "at": time.time() - 601}
    session.save()
    assert second(client, code_now()).headers["Location"] == "/sign-in/"


def test_between_the_steps_another_password_or_state_ends_it(
    client: Client, owner: User, codes: list[str]
) -> None:
    password(client, owner)
    User.objects.filter(pk=owner.pk).update(session_epoch=7)
    assert second(client, code_now()).headers["Location"] == "/sign-in/"
    password(client, owner)
    User.objects.filter(pk=owner.pk).update(state="frozen")
    assert second(client, code_now()).headers["Location"] == "/sign-in/"


def test_the_secret_is_sealed_for_its_account(
    owner: User, codes: list[str], make_user: Any
) -> None:
    row = Authenticator.objects.get()
    assert SECRET not in row.secret_sealed and row.secret == SECRET
    row.user = make_user("reviewer", region_code="220104")
    with pytest.raises(Exception, match="不属于这里"):
        assert row.secret


def test_what_was_typed_into_a_form_comes_along(
    client: Client, owner: User, codes: list[str]
) -> None:
    held = {"typed": '[["opinion", "同意"]]', "typed_at": "/bureau/cases/"}
    page = password(client, owner, **held)
    assert page.status_code == 200 and "同意" in page.content.decode()
    again = client.post(SECOND, {"code": code_now(), **held}).content.decode()
    assert "请再次提交" in again and 'value="同意"' in again


# Guessing


def test_who_has_the_password_may_not_guess_on(
    client: Client, owner: User, codes: list[str]
) -> None:
    """Five from one place, fifteen from everywhere; the password typed again forgives none."""
    for _ in range(FAILURES_BEFORE_LOCK):
        password(client, owner, at="10.6.6.6")
        second(client, "wrong", at="10.6.6.6")
    assert second(client, code_now(), at="10.6.6.6").status_code == 422
    for number in range(10):
        stranger = Client()
        password(stranger, owner, at=f"10.6.7.{number}")
        second(stranger, "wrong", at=f"10.6.7.{number}")
    password(client, owner, at="10.6.8.1")
    assert second(client, code_now(), at="10.6.8.1").status_code == 422
    SignInFailure.objects.update(at=timezone.now() - LOCK_PERIOD)
    assert second(client, code_now(), at="10.6.8.1").status_code == 302


def test_from_a_browser_that_signed_in_before_the_owner_goes_on(
    owner: User, codes: list[str]
) -> None:
    browser = Client()
    password(browser, owner)
    assert second(browser, codes[0]).status_code == 302
    browser.post("/sign-out/")
    for number in range(15):
        stranger = Client()
        password(stranger, owner, at=f"10.6.7.{number}")
        second(stranger, "wrong", at=f"10.6.7.{number}")
    password(browser, owner)
    assert second(browser, code_now()).status_code == 302


def _besieged(owner: User) -> None:
    """Guesses at the password from everywhere."""
    for number in range(OF_ALL_STRANGERS):
        wrong = {"username": owner.username, "password": "Wrong-2026"}
        Client().post("/sign-in/", wrong, REMOTE_ADDR=f"10.6.7.{number}")


def test_whatever_strangers_guess_who_has_the_app_goes_on(
    client: Client, owner: User, codes: list[str]
) -> None:
    """Also from a browser not seen before: the code is typed beside the password."""
    _besieged(owner)
    page = password(client, owner)
    assert page.status_code == 422 and 'name="code"' in page.content.decode()
    assert (
        password(client, owner, code=code_now(), next="/account/").headers["Location"]
        == "/account/"
    )
    assert is_in(client)
    assert AccessEntry.objects.filter(kind="sign_in", detail="动态口令、密码").exists()


def test_the_code_alone_does_not_and_is_not_taken_twice(
    client: Client, owner: User, codes: list[str]
) -> None:
    _besieged(owner)
    code = code_now()
    wrong = {"username": owner.username, "password": "Wrong-2026", "code": code}
    assert client.post("/sign-in/", wrong).status_code == 422
    assert password(client, owner, code=code).status_code == 422
    assert not is_in(client)


def test_codes_are_not_guessed_in_this_way_either(
    client: Client, owner: User, codes: list[str]
) -> None:
    _besieged(owner)
    for _ in range(FAILURES_BEFORE_LOCK):
        password(client, owner, code="000000x")
    assert password(client, owner, code=code_now()).status_code == 422
    assert password(Client(), owner, at="10.0.0.2", code=code_now()).status_code == 302


def test_nor_passwords_by_who_found_the_phone(
    client: Client, owner: User, codes: list[str]
) -> None:
    """Five wrong ones of their own, and no code helps."""
    for _ in range(FAILURES_BEFORE_LOCK):
        client.post("/sign-in/", {"username": owner.username, "password": "Wrong-2026"})
    assert (
        client.post(
            "/sign-in/", {"username": owner.username, "password": PASSWORD, "code": code_now()}
        ).status_code
        == 422
    )


def test_the_field_for_it_tells_nothing_of_an_account(client: Client) -> None:
    for _ in range(FAILURES_BEFORE_LOCK + 1):
        page = client.post("/sign-in/", {"username": "nobody", "password": "Wrong-2026"})
    assert 'name="code"' in page.content.decode()


# Recovery codes


def test_a_recovery_code_opens_the_second_step_once(
    client: Client, owner: User, codes: list[str]
) -> None:
    assert len(set(codes)) == second_factors.RECOVERY_CODES
    password(client, owner)
    assert second(client, codes[3].upper().replace("-", " ")).status_code == 302
    other = Client()
    password(other, owner)
    assert second(other, codes[3]).status_code == 422
    assert AccessEntry.objects.filter(detail="使用恢复码登录，剩余 9 个").exists()


def test_recovery_codes_are_kept_as_keyed_digests_of_their_account(
    owner: User, codes: list[str], make_user: Any
) -> None:
    assert not any(codes[0].encode() in bytes(row.code) for row in RecoveryCode.objects.all())
    other, now = make_user("reviewer", region_code="220104"), timezone.now()
    RecoveryCode.objects.update(user=other)
    assert not second_factors.check_code(user=owner, code=codes[0], address=None, now=now)


# Setting it up


@pytest.fixture
def at_home(client: Client, owner: User) -> Client:
    password(client, owner)
    return client


def secret_on(page: Any) -> str:
    found = re.search(r'yg-secret">([A-Z2-7 ]+)<', page.content.decode())
    assert found
    return found[1].replace(" ", "")


def sets_up(client: Client) -> Any:
    return client.post(APP, {"code": code_at(datetime.now(UTC), secret_on(client.get(APP)))})


def test_an_app_is_set_up_by_its_first_code_and_recovery_codes_are_shown_once(
    at_home: Client, owner: User
) -> None:
    assert 'src="data:image/svg+xml' in at_home.get(APP).content.decode()
    assert at_home.post(APP, {"code": "123"}).status_code == 422
    assert not second_factors.has_factor(owner)
    shown = sets_up(at_home).content.decode()
    assert len(re.findall(r"<code>\w{5}-\w{5}</code>", shown)) == 10
    assert "恢复码剩余 10 个" in at_home.get(SECURITY).content.decode()
    assert password(Client(), owner).headers["Location"] == SECOND
    assert AccessEntry.objects.filter(detail="设置动态口令", user=owner).exists()


def test_the_secret_stands_sealed_in_the_session_meanwhile(at_home: Client) -> None:
    secret = secret_on(at_home.get(APP))
    assert secret == secret_on(at_home.get(APP)), "the picture stays while one looks for the phone"
    assert secret not in str(dict(at_home.session))


def test_new_recovery_codes_end_the_old_ones(client: Client, owner: User, codes: list[str]) -> None:
    password(client, owner)
    second(client, codes[0])
    shown = client.post("/account/security/recovery-codes/").content.decode()
    assert codes[1] not in shown
    now = timezone.now()
    assert not second_factors.check_code(user=owner, code=codes[1], address=None, now=now)


def test_it_may_be_taken_away_again_where_none_is_required(
    client: Client, owner: User, codes: list[str]
) -> None:
    password(client, owner)
    second(client, codes[0])
    client.post("/account/security/authenticator/remove/")
    assert not second_factors.has_factor(owner) and not RecoveryCode.objects.exists()
    assert password(Client(), owner).headers["Location"] == "/bureau/"


@pytest.mark.parametrize("path", [APP, "/account/security/passkeys/"])
def test_proofs_are_changed_only_by_who_proved_themselves_lately(
    at_home: Client, path: str
) -> None:
    session = at_home.session
    session["proved_at"] = time.time() - 16 * 60
    session.save()
    assert at_home.get(path).headers["Location"] == "/account/security/confirm/"
    confirm = "/account/security/confirm/"
    assert at_home.post(confirm, {"password": "Wrong-2026"}).status_code == 422
    assert at_home.post(confirm, {"password": PASSWORD}).headers["Location"] == SECURITY
    assert at_home.get(path).status_code == 200


# Who must have one


@pytest.fixture
def by_policy(settings: Any) -> None:
    settings.SECOND_FACTOR = ""


@pytest.mark.parametrize(
    ("role", "must"),
    [
        ("reviewer", True),
        ("bureau_supervisor", True),
        ("counter_clerk", True),
        ("system_administrator", True),
        ("auditor", True),
        ("employer_operator", False),
    ],
)
def test_the_policy_asks_it_of_bureaus_and_administrators(
    by_policy: None, make_user: Any, employer: Any, role: str, must: bool
) -> None:
    given = {"employer": employer} if role == "employer_operator" else {"region_code": "220104"}
    user = make_user(role, **given)
    assert second_factors.is_required(user) is must


@pytest.fixture
def unasked() -> Iterator[None]:
    """Jilin asks for none."""
    from dataclasses import replace

    book = policy.default_book()
    held = policy.of("220104", timezone.localdate())
    value = held.values["signing_in.second_factor"]
    changed = dict(held.values) | {"signing_in.second_factor": replace(value, value=False)}
    kept, held.values = held.values, changed  # type: ignore[misc]
    yield
    held.values = kept  # type: ignore[misc]
    assert policy.default_book() is book


def test_a_region_may_do_without(by_policy: None, unasked: None, make_user: Any) -> None:
    assert not second_factors.is_required(make_user("reviewer", region_code="220104"))
    assert second_factors.is_required(make_user("reviewer", region_code="150302"))


def test_the_installations_word_goes_before(settings: Any, owner: User, operator: User) -> None:
    settings.SECOND_FACTOR = "required"
    assert second_factors.is_required(owner) and not second_factors.is_required(operator)
    settings.SECOND_FACTOR = "off"
    assert not second_factors.is_required(owner)


def test_who_must_have_one_and_has_none_sets_it_up_before_anything_else(
    by_policy: None, client: Client, owner: User
) -> None:
    assert password(client, owner, next="/bureau/cases/").headers["Location"] == SECURITY
    assert client.get("/bureau/cases/").headers["Location"] == SECURITY
    assert "设置后才能办理业务" in client.get(SECURITY).content.decode()
    sets_up(client)
    assert client.get("/bureau/cases/").status_code == 200


def test_an_initial_password_is_changed_first(by_policy: None, client: Client, owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(must_change_password=True)
    password(client, owner)
    assert client.get(SECURITY).headers["Location"] == "/password/"
    client.post("/password/", {"old": PASSWORD, "new": "Changchun#27", "again": "Changchun#27"})
    assert client.get("/bureau/cases/").headers["Location"] == SECURITY


def test_what_a_page_asks_for_by_itself_is_not_answered_with_the_page_that_comes_first(
    client: Client, owner: User, settings: Any
) -> None:
    """The badge in the head of the page that sets it up would show that page, in it the badge, and so on."""
    settings.SECOND_FACTOR = "required"
    password(client, owner)
    assert "/messages/count/" in client.get(SECURITY).content.decode()
    asked = client.get("/messages/count/", headers={"HX-Request": "true"})
    assert (asked.status_code, asked.content) == (204, b"")
    assert client.get("/messages/count/")["Location"] == SECURITY


def test_the_last_one_stays_where_one_is_required(
    by_policy: None, client: Client, owner: User, codes: list[str]
) -> None:
    password(client, owner)
    second(client, codes[0])
    page = client.post("/account/security/authenticator/remove/", follow=True).content.decode()
    assert "须保留一种二次验证方式" in page and second_factors.has_factor(owner)


# Lost


def test_an_administrator_resets_lost_ones_and_all_sessions_end(
    client: Client, owner: User, codes: list[str], make_user: Any
) -> None:
    password(client, owner)
    second(client, codes[0])
    chief = make_user("system_administrator", region_code="220000")
    administer(account=owner, act=Act.FACTORS, by=chief)
    assert not second_factors.has_factor(owner) and not RecoveryCode.objects.exists()
    assert not is_in(client)
    assert AccessEntry.objects.filter(user=chief, about=owner, detail="重置二次验证").exists()


def test_the_account_page_offers_it_where_there_is_one(
    owner: User, codes: list[str], make_user: Any, at_screen: Any
) -> None:
    chief = at_screen(make_user("system_administrator", region_code="220000"))
    address = f"/admin/users/{owner.pk}/"
    page = chief.get(address).content.decode()
    assert "已设置二次验证" in page and "重置二次验证" in page
    chief.post(f"{address}act/", {"ask": "factors"})
    assert not second_factors.has_factor(owner)
    assert "重置二次验证</button>" not in chief.get(address).content.decode()


def test_an_administrators_own_are_reset_by_two(make_user: Any) -> None:
    chief = make_user("system_administrator", region_code="220000")
    auditor = make_user("auditor", region_code="220000")
    with pytest.raises(AccountProblem, match="其他权限的管理员同意"):
        administer(account=auditor, act=Act.FACTORS, by=chief)
    now = timezone.now()
    second_factors.set_authenticator(
        user=auditor, secret=SECRET, code=code_at(now), address=None, now=now
    )
    asked = ask(account=auditor, act=Act.FACTORS, reason="手机遗失", by=chief)
    business = make_user("business_administrator", region_code="220000")
    decide(asked=asked, agreed=True, by=business, now=now)
    assert not second_factors.has_factor(auditor)
