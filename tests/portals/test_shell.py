"""The shell: signing in and out, the password, refusals, headers, the menu."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path, reverse
from django.utils import timezone

from yonggong.accounts.limits import LOCK_PERIOD
from yonggong.accounts.models import AccessEntry, SignInFailure, User
from yonggong.accounts.roles import ROLES, Power
from yonggong.cases.actions import Forbidden
from yonggong.cases.life import Action, NotAllowed, State
from yonggong.portals import access, errors, navigation
from yonggong.portals.middleware import CONTENT_SECURITY_POLICY
from yonggong.registry.models import Employer
from yonggong.urls import urlpatterns as platform

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

PASSWORD = "Yonggong-2026"
NEW = "Changchun#2027"

RAISED: dict[str, Callable[[], Exception]] = {
    "missing": Http404,
    "out-of-scope": Employer.DoesNotExist,
    "forbidden": lambda: Forbidden("不能审核本人填报的办件。"),
    "denied": PermissionDenied,
    "too-late": lambda: NotAllowed(Action.APPROVE, State.VOIDED),
    "fault": lambda: RuntimeError("secret detail"),
}


def raising(request: HttpRequest, name: str) -> HttpResponse:
    raise RAISED[name]()


@access.needs(Power.REVIEW)
def for_reviewers(request: HttpRequest) -> HttpResponse:
    return HttpResponse(access.user_of(request).name)


@access.portal("admin")
def for_administrators(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("here")


_NAMES = ("home", "particulars", "contracts", "new", "renewal", "queue", "cases")
_portal = [path(f"{name}/", page, name=name) for name in _NAMES]
urlpatterns = [
    path("raise/<name>/", raising),
    path("for-reviewers/", for_reviewers),
    path("for-administrators/", for_administrators),
    path("employer/", include((_portal, "employer"))),
    path("bureau/", include((_portal, "bureau"))),
    path("admin/", include((_portal, "admin"))),
    *platform,
]
handler400 = "yonggong.portals.errors.bad_request"
handler404 = "yonggong.portals.errors.not_found"
handler500 = "yonggong.portals.errors.server_error"


def signs_in(client: Client, username: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in/", {"username": username, "password": password, **more})


@pytest.fixture
def at_home(client: Client, reviewer: User) -> Client:
    """A reviewer, signed in."""
    signs_in(client, reviewer.username)
    return client


# Signing in


@pytest.mark.parametrize("role", sorted(ROLES))
def test_everyone_is_led_to_the_portal_of_their_role(
    client: Client, make_user: Any, employer: Any, role: str
) -> None:
    user = make_user(role, employer=employer if role == "employer_operator" else None)
    response = signs_in(client, user.username)
    assert response.headers["Location"] == f"/{ROLES[role].portal}/home/"
    assert client.get("/").headers["Location"] == f"/{ROLES[role].portal}/home/"


def test_someone_without_a_role_can_still_change_their_password(client: Client) -> None:
    user = User(username="nobody", name="新人")
    user.set_password(PASSWORD)
    user.save()
    assert signs_in(client, "nobody").headers["Location"] == "/account/"
    assert "尚未授予任何权限" in client.get("/account/").content.decode()
    assert client.get("/password/").status_code == 200


@pytest.mark.parametrize("password", ["", "wrong", PASSWORD.lower()])
def test_a_wrong_password_is_refused(client: Client, reviewer: User, password: str) -> None:
    response = signs_in(client, reviewer.username, password)
    assert response.status_code == 422
    assert "账号或密码不正确" in response.content.decode()


def test_the_answer_does_not_tell_which_accounts_exist(client: Client, reviewer: User) -> None:
    frozen = User.objects.create(username="frozen", name="某", password="x", state="frozen")
    locked = User.objects.create(
        username="locked",
        name="某",
        password="x",
        locked_until=timezone.now() + timedelta(minutes=5),
    )
    pages = {
        signs_in(client, name, "wrong")
        .content.decode()
        .split('<div class="yg-field">')[0]
        .split("</head>")[1]
        for name in (reviewer.username, frozen.username, locked.username, "no-such-account")
    }
    tokens = {text for page in pages for text in page.split('"') if len(text) == 64}
    for token in tokens:
        pages = {page.replace(token, "") for page in pages}
    assert len(pages) == 1


def test_five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour(
    client: Client, reviewer: User
) -> None:
    for _ in range(5):
        signs_in(client, reviewer.username, "wrong")
    assert signs_in(client, reviewer.username).status_code == 422
    SignInFailure.objects.update(at=timezone.now() - LOCK_PERIOD)
    assert signs_in(client, reviewer.username).status_code == 302


def test_the_page_tells_the_rule_of_the_lock(client: Client) -> None:
    assert (
        "连续 5 次输错密码，15 分钟内不能再从这里登录该账号"
        in client.get("/sign-in/").content.decode()
    )


def test_signing_in_and_failing_to_are_recorded(client: Client, reviewer: User) -> None:
    signs_in(client, reviewer.username, "wrong")
    signs_in(client, "my-secret-password-typed-here", "x")
    signs_in(client, reviewer.username)
    entries = [
        (entry.kind, entry.subject, entry.user_id) for entry in AccessEntry.objects.order_by("id")
    ]
    assert entries == [
        ("sign_in_failed", f"账号 {reviewer.username}", reviewer.pk),
        ("sign_in_failed", "不存在的账号", None),
        ("sign_in", f"账号 {reviewer.username}", reviewer.pk),
    ]


@pytest.mark.parametrize("name", ["a\x00b", "长" * 500, " "])
def test_strange_names_are_refused_like_any_other(client: Client, name: str) -> None:
    assert signs_in(client, name).status_code == 422


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/bureau/queue/?page=2", "/bureau/queue/?page=2"),
        ("https://evil.example/", "/bureau/home/"),
        ("//evil.example/", "/bureau/home/"),
        ("javascript:alert(1)", "/bureau/home/"),
        ("", "/bureau/home/"),
    ],
)
def test_it_leads_back_only_inside_the_site(
    client: Client, reviewer: User, wanted: str, reached: str
) -> None:
    assert signs_in(client, reviewer.username, next=wanted).headers["Location"] == reached


def test_the_session_is_a_new_one_after_signing_in(client: Client, reviewer: User) -> None:
    session = client.session
    session["planted"] = True
    session.save()
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    signs_in(client, reviewer.username)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before


# Sessions


@pytest.mark.parametrize(
    ("started", "touched", "lives"),
    [
        (0, settings.SESSION_IDLE_SECONDS - 60, True),
        (0, settings.SESSION_IDLE_SECONDS + 1, False),
        (settings.SESSION_LIFE_SECONDS + 1, 0, False),
    ],
)
def test_a_session_ends_when_it_idles_or_grows_old(
    at_home: Client, started: int, touched: int, lives: bool
) -> None:
    session = at_home.session
    session["session_started"] = time.time() - max(started, touched)
    session["session_touched"] = time.time() - touched
    session.save()
    response = at_home.get("/for-reviewers/")
    if lives:
        assert response.status_code == 200
        return
    assert response.headers["Location"] == "/sign-in/?next=%2Ffor-reviewers%2F&ended=1"
    assert "登录已超时" in at_home.get(response.headers["Location"]).content.decode()


def test_part_of_a_page_sends_the_whole_page_to_sign_in(client: Client) -> None:
    response = client.get(
        "/for-reviewers/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/bureau/queue/"},
    )
    assert response.headers["HX-Redirect"].startswith("/sign-in/?next=")


def test_what_a_page_asks_for_by_itself_does_not_lead_away_from_it(client: Client) -> None:
    """Somebody types into it: the form tells of the session, and takes it up in place."""
    response = client.get(reverse("messages:count"), headers={"HX-Request": "true"})
    assert response.status_code == 204 and "HX-Redirect" not in response.headers


def test_signing_out_needs_a_post_and_ends_the_session(at_home: Client) -> None:
    assert at_home.get("/sign-out/").status_code == 405
    assert at_home.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert at_home.get("/for-reviewers/").status_code == 302
    assert AccessEntry.objects.filter(kind="sign_out").count() == 1


# The password


def changes(client: Client, old: str = PASSWORD, new: str = NEW, again: str | None = None) -> Any:
    return client.post(
        "/password/", {"old": old, "new": new, "again": new if again is None else again}
    )


def test_an_initial_password_must_be_changed_before_anything_else(
    at_home: Client, reviewer: User
) -> None:
    User.objects.filter(pk=reviewer.pk).update(must_change_password=True)
    assert at_home.get("/for-reviewers/").headers["Location"] == "/password/"
    assert "您使用的是初始密码" in at_home.get("/password/").content.decode()
    assert changes(at_home).headers["Location"] == "/bureau/home/"
    assert at_home.get("/for-reviewers/").status_code == 200


def test_the_new_password_holds_and_the_session_goes_on(at_home: Client, reviewer: User) -> None:
    changes(at_home)
    assert at_home.get("/for-reviewers/").status_code == 200
    assert signs_in(Client(), reviewer.username).status_code == 422
    assert signs_in(Client(), reviewer.username, NEW).status_code == 302


def test_other_sessions_end_with_the_old_password(at_home: Client, reviewer: User) -> None:
    other = Client()
    signs_in(other, reviewer.username)
    changes(at_home)
    assert other.get("/for-reviewers/").status_code == 302


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"old": "wrong"}, "原密码不正确"),
        ({"again": "different"}, "两次输入的新密码不一致"),
        ({"new": PASSWORD}, "新密码不能与原密码相同"),
        ({"new": "Tuo#279"}, "密码不能少于 10 个字符，现为 7 个。"),
        ({"new": "7390284651728"}, "密码须包含大写字母、小写字母、数字、符号中的至少三类。"),
        ({"new": "Password#2026"}, "密码过于常见，只加数字或符号仍易被猜到。"),
        ({"new": ""}, "密码不能少于 10 个字符，现为 0 个。"),
    ],
)
def test_a_password_that_will_not_do_is_told_beside_the_field(
    at_home: Client, reviewer: User, sent: dict[str, str], message: str
) -> None:
    response = changes(at_home, **sent)
    assert response.status_code == 422
    assert message in response.content.decode()
    assert not re.search("[a-z]{4}", str(list(response.context["problems"].values())))
    assert User.objects.get(pk=reviewer.pk).check_password(PASSWORD)


# Who may open a page


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_page_that_needs_a_power_exists_only_for_those_who_have_it(
    client: Client, make_user: Any, employer: Any, role: str
) -> None:
    signs_in(
        client,
        make_user(role, employer=employer if role == "employer_operator" else None).username,
    )
    expected = 200 if Power.REVIEW in ROLES[role].powers else 404
    assert client.get("/for-reviewers/").status_code == expected
    expected = 200 if ROLES[role].portal == "admin" else 404
    assert client.get("/for-administrators/").status_code == expected


def test_strangers_are_sent_to_sign_in_and_back(client: Client) -> None:
    response = client.get("/for-reviewers/?page=2")
    assert response.headers["Location"] == "/sign-in/?next=%2Ffor-reviewers%2F%3Fpage%3D2"


def test_what_was_posted_without_a_session_is_not_led_back_to(client: Client) -> None:
    assert client.post("/for-reviewers/").headers["Location"] == "/sign-in/"


# Refusals


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("missing", 404, "没有找到该内容"),
        ("out-of-scope", 404, "没有找到该内容"),
        ("forbidden", 403, "不能审核本人填报的办件。"),
        ("denied", 403, "您的账号没有办理该操作的权限。"),
        ("too-late", 409, "该办件当前为“已作废”，不能审核通过。"),
    ],
)
def test_a_refusal_is_a_page_that_says_what_and_why(
    at_home: Client, name: str, status: int, words: str
) -> None:
    response = at_home.get(f"/raise/{name}/")
    assert response.status_code == status
    assert words in response.content.decode()


def test_an_address_that_leads_nowhere_is_a_page_too(client: Client, at_home: Client) -> None:
    assert "没有找到该内容" in at_home.get("/no/such/page/").content.decode()
    assert "没有找到该内容" in Client().get("/no/such/page/").content.decode()


def test_a_fault_shows_a_number_and_nothing_of_itself(
    reviewer: User, caplog: pytest.LogCaptureFixture
) -> None:
    client = Client(raise_request_exception=False)
    signs_in(client, reviewer.username)
    response = client.get("/raise/fault/")
    text = response.content.decode()
    assert response.status_code == 500
    assert "secret detail" not in text and "Traceback" not in text
    number = text.split("<code>")[1].split("</code>")[0]
    logged = [record for record in caplog.records if record.name == "yonggong.errors"]
    assert number in logged[0].getMessage() and logged[0].exc_info


def test_a_stale_form_is_told_what_to_do(reviewer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    response = signs_in(client, reviewer.username)
    assert response.status_code == 403
    assert "页面已失效" in response.content.decode()


def test_a_request_that_cannot_be_read_is_a_page(rf: RequestFactory) -> None:
    response = errors.bad_request(rf.get("/"), ValueError())
    assert response.status_code == 400 and "请求无法识别" in response.content.decode()


# Headers


@pytest.mark.parametrize("url", ["/", "/sign-in/", "/no/such/page/", "/for-reviewers/"])
def test_every_answer_carries_the_protecting_headers(client: Client, url: str) -> None:
    headers = client.get(url).headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_what_signed_in_people_see_is_kept_nowhere(at_home: Client) -> None:
    assert at_home.get("/for-reviewers/").headers["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("url", ["/", "/sign-in/", "/password/", "/no/such/page/"])
def test_pages_use_no_inline_style_or_script(at_home: Client, client: Client, url: str) -> None:
    for one in (at_home, Client()):
        text = one.get(url, follow=True).content.decode()
        assert "<style" not in text and ' style="' not in text
        assert " onclick" not in text and "<script>" not in text
        assert "http://" not in text and "https://" not in text


def test_behind_a_proxy_the_caller_is_the_one_the_proxy_saw(settings: Any, reviewer: User) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    headers = {"X-Forwarded-For": "198.51.100.9, 203.0.113.7", "X-Forwarded-Proto": "https"}
    Client(headers=headers).post("/sign-in/", {"username": reviewer.username, "password": PASSWORD})
    assert AccessEntry.objects.get(kind="sign_in").address == "203.0.113.7"


def test_without_a_proxy_nobody_chooses_their_address(client: Client, reviewer: User) -> None:
    client.post(
        "/sign-in/",
        {"username": reviewer.username, "password": PASSWORD},
        headers={"X-Forwarded-For": "203.0.113.7"},
    )
    assert AccessEntry.objects.get(kind="sign_in").address == "127.0.0.1"


# The menu and what forms carry


def test_the_employers_menu_has_the_order_of_the_manual() -> None:
    titles = [item.title for item in navigation.MENUS["employer"][1].items]
    assert titles == [
        "单位基本信息",
        "劳动合同信息综合查询",
        "劳动合同新订备案",
        "劳动合同续订备案",
        "劳动合同变更备案",
        "劳动合同解除/终止备案",
        "合同新订(续订)备案批量",
        "合同解除/终止备案批量",
        "劳动合同申报作废",
        "年度备案",
        "已办业务名册查询",
        "实时名册打印",
        "责令改正",
    ]


def test_the_menu_leaves_out_what_is_not_there_or_not_theirs(
    reviewer: User, make_user: Any
) -> None:
    def titles(user: User) -> list[str]:
        user = User.objects.get(pk=user.pk)
        menu = navigation.menu(user, "bureau", "bureau:queue")
        return [line.title for _, lines in menu for line in lines]

    tools = ["办事指南", "劳动法计算工具", "空白样表", "劳务派遣许可公示"]
    assert titles(reviewer) == [
        "工作台",
        "待审核",
        "全部备案",
        "劳动合同",
        *tools,
    ]
    clerk = make_user("counter_clerk", region_code="220000")
    assert titles(clerk) == ["工作台", "全部备案", "劳动合同", *tools]


@pytest.mark.parametrize(
    ("view_name", "active"),
    [
        ("employer:new", "劳动合同新订备案"),
        ("employer:new-edit", "劳动合同新订备案"),
        ("employer:contracts", "劳动合同信息综合查询"),
        ("employer:newest", None),
    ],
)
def test_the_menu_marks_where_one_is(operator: User, view_name: str, active: str | None) -> None:
    operator = User.objects.get(pk=operator.pk)
    menu = navigation.menu(operator, "employer", view_name)
    marked = [line.title for _, lines in menu for line in lines if line.active]
    assert marked == ([active] if active else [])


def test_the_page_names_who_is_signed_in_and_for_whom(at_home: Client, reviewer: User) -> None:
    text = at_home.get("/password/").content.decode()
    assert reviewer.name in text and "审核员" in text and "朝阳区劳动关系科" in text
    assert 'href="#main"' in text


@pytest.mark.parametrize("sent", ["", "x", "123"])
def test_a_key_that_is_none_is_no_key(rf: RequestFactory, sent: str) -> None:
    assert access.submission_key(rf.post("/", {"idempotency_key": sent})) is None


def test_a_form_carries_its_key(rf: RequestFactory) -> None:
    key = uuid4()
    found = access.submission_key(rf.post("/", {"idempotency_key": str(key)}))
    assert found == key and isinstance(found, UUID)


@pytest.mark.parametrize(("given", "kept"), [("203.0.113.7", "203.0.113.7"), ("", None)])
def test_the_address_is_kept_where_it_is_known(
    rf: RequestFactory, given: str, kept: str | None
) -> None:
    assert access.address_of(rf.get("/", REMOTE_ADDR=given)) == kept


# One's own account


def contacts(client: Client, **sent: str) -> Any:
    return client.post("/account/", {"mobile": "19912345678", "email": ""} | sent)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_everybody_sees_their_account_and_where_their_role_holds(
    client: Client, make_user: Any, employer: Any, role: str
) -> None:
    user = make_user(role, employer=employer if role == "employer_operator" else None)
    signs_in(client, user.username)
    page = client.get("/account/").content.decode()
    assert ROLES[role].title in page and user.grants.get().where in page


def test_strangers_have_no_account_to_see(client: Client) -> None:
    assert client.get("/account/").headers["Location"] == "/sign-in/?next=%2Faccount%2F"


def test_how_one_is_reached_is_changed_by_oneself_and_recorded(
    at_home: Client, reviewer: User
) -> None:
    assert contacts(at_home, email="shiyi@example.com").headers["Location"] == "/account/"
    contacts(at_home, email="shiyi@example.com")
    reviewer.refresh_from_db()
    assert (reviewer.mobile, reviewer.email) == ("19912345678", "shiyi@example.com")
    assert "19912345678" not in reviewer.mobile_sealed
    said = AccessEntry.objects.filter(kind="account", user=reviewer).values_list(
        "detail", flat=True
    )
    assert list(said) == ["修改手机号、电子邮箱"]
    assert 'value="shiyi@example.com"' in at_home.get("/account/").content.decode()


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"mobile": ""}, "手机号"),
        ({"mobile": "1991234567"}, "手机号"),
        ({"email": "nobody"}, "电子邮箱"),
        ({"email": "a@example.com\nBcc: b@example.com"}, "电子邮箱"),
    ],
)
def test_contacts_that_will_not_do_are_refused_whole(
    at_home: Client, reviewer: User, sent: dict[str, str], message: str
) -> None:
    before = User.objects.values("mobile_sealed", "email").get(pk=reviewer.pk)
    answer = contacts(at_home, **sent)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert User.objects.values("mobile_sealed", "email").get(pk=reviewer.pk) == before


@pytest.mark.parametrize(("enabled", "ways"), [(False, "站内提醒"), (True, "站内提醒、电子邮件")])
def test_the_page_tells_the_ways_that_reach_one(
    at_home: Client, reviewer: User, settings: Any, enabled: bool, ways: str
) -> None:
    settings.EMAIL_ENABLED = enabled
    contacts(at_home, email="shiyi@example.com")
    assert f"<dd>{ways}</dd>" in at_home.get("/account/").content.decode()


@pytest.mark.parametrize(
    ("region", "title", "bureau"),
    [
        ("220104", "吉林智慧人社单位网上办事大厅", "吉林省人力资源和社会保障厅"),
        ("150102", "内蒙古自治区劳动用工备案系统", "内蒙古自治区人力资源和社会保障厅"),
    ],
)
def test_the_foot_of_the_page_is_the_provinces(
    client: Client, make_user: Any, region: str, title: str, bureau: str
) -> None:
    signs_in(client, make_user("bureau_supervisor", region_code=region).username)
    page = client.get("/account/").content.decode()
    assert f"<span>{title}</span><span>主办单位：{bureau}</span>" in page
    assert "咨询电话：12333" in page


def test_without_a_region_there_is_no_foot(client: Client) -> None:
    user = User(username="nobody", name="新人")
    user.set_password(PASSWORD)
    user.save()
    signs_in(client, "nobody")
    assert "咨询电话" not in client.get("/account/").content.decode()


def test_browsers_find_the_mark_by_its_usual_name(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302 and answer["Location"].endswith(".svg")
