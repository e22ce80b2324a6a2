"""单位注册: anybody may register an employer once."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from yonggong.accounts.models import User
from yonggong.cases.models import Case
from yonggong.codes.invent import invent_credit_code, invent_mobile
from yonggong.registry.models import DoubtfulCode, Employer

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(chance: Random) -> dict[str, str]:
    return {
        "credit_code": invent_credit_code(chance, region="220104"),
        "name": "长春云桥经贸有限公司",
        "region_code": "220104",
        "operator": "试安澜",
        "mobile": invent_mobile(chance),
        "username": "yunqiao",
        "password": "Yonggong-2026",
        "again": "Yonggong-2026",
    }


def register(client: Client, sent: dict[str, str]) -> Any:
    return client.post(reverse("register"), sent, follow=True)


def test_it_registers_signs_in_and_leads_to_the_particulars(
    client: Client, sent: dict[str, str]
) -> None:
    answer = register(client, sent)
    case = Case.objects.get()
    assert answer.redirect_chain == [
        ("/employer/particulars/", 302),
        (reverse("employer:particulars-form", args=[case.pk]), 302),
    ]
    shown = answer.content.decode()
    assert "注册成功" in shown and sent["credit_code"] in shown and sent["mobile"] in shown
    employer = Employer.objects.get()
    assert (employer.state, employer.region_code) == ("unfiled", "220104")


def test_the_first_session_is_among_the_operators_devices(
    client: Client, sent: dict[str, str]
) -> None:
    register(client, sent)
    assert "以注册登录" in client.get("/account/security/").content.decode()


def test_the_operator_signs_in_with_the_password_chosen(
    client: Client, sent: dict[str, str]
) -> None:
    register(client, sent)
    answer = Client().post("/sign-in/", {"username": "yunqiao", "password": sent["password"]})
    assert answer["Location"] == "/employer/"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"credit_code": "91220104MA15XJNY85"}, "统一社会信用代码"),
        ({"region_code": "220000"}, "行政区划"),
        ({"mobile": "123"}, "经办人手机号"),
        ({"username": "1abc"}, "账号不符合要求"),
        ({"username": "张三"}, "账号不符合要求"),
        ({"password": "", "again": ""}, "请填写密码"),
        ({"again": "Yonggong-2027"}, "两次输入的密码不一致"),
        ({"password": "123", "again": "123"}, "密码"),
        ({"name": ""}, "单位名称"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_registered(
    client: Client, sent: dict[str, str], changed: dict[str, str], said: str
) -> None:
    answer = register(client, sent | changed)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not Employer.objects.exists() and not User.objects.exists()


def fields_refused(answer: Any) -> set[str]:
    return {problem.field for problem in answer.context["page"].problems}


def test_a_code_that_is_registered_is_claimed(client: Client, sent: dict[str, str]) -> None:
    register(client, sent)
    answer = register(Client(), sent | {"username": "another"})
    assert answer.redirect_chain == [(reverse("claims"), 302)]
    page = answer.content.decode()
    assert "请上传营业执照" in page
    assert Employer.objects.count() == 1
    second = User.objects.get(username="another")
    assert not second.grants.exists() and second.claims.get().state == "waiting"


def test_a_name_taken_registers_nothing(
    client: Client, sent: dict[str, str], chance: Random
) -> None:
    register(client, sent)
    other = invent_credit_code(chance, region="220104")
    answer = register(Client(), sent | {"credit_code": other})
    assert answer.status_code == 422 and "已被使用" in answer.content.decode()
    assert fields_refused(answer) == {"username"}
    assert not Employer.objects.filter(credit_code=other).exists()


def test_the_password_is_never_shown_again(client: Client, sent: dict[str, str]) -> None:
    answer = register(client, sent | {"mobile": "1"})
    assert sent["password"] not in answer.content.decode()


def test_who_is_signed_in_goes_home(client: Client, sent: dict[str, str]) -> None:
    register(client, sent)
    assert client.get(reverse("register"))["Location"] == reverse("home")


EVIDENCE = "营业执照，长春市朝阳区市场监督管理局 2016-03-01 核发"


def test_the_evidence_is_asked_for_first(
    client: Client,
    sent: dict[str, str],
    failing: str,
) -> None:
    answer = register(client, sent | {"credit_code": failing})
    page = answer.content.decode()
    assert answer.status_code == 422 and "校验位不正确" in page and "code_evidence" in page
    assert not Employer.objects.exists() and not DoubtfulCode.objects.exists()


def test_with_evidence_the_employer_registers_and_the_code_waits(
    client: Client,
    sent: dict[str, str],
    failing: str,
) -> None:
    answer = register(client, sent | {"credit_code": failing, "code_evidence": EVIDENCE})
    code = DoubtfulCode.objects.get()
    assert Employer.objects.get().credit_code == code.credit_code == failing
    assert (code.state, code.evidence, code.stated_by) == ("stated", EVIDENCE, None)
    assert failing in answer.content.decode()  # the form of the initial filing takes it


def test_another_mistake_keeps_the_evidence_and_registers_nobody(
    client: Client,
    sent: dict[str, str],
    failing: str,
) -> None:
    changed = {"credit_code": failing, "code_evidence": EVIDENCE, "name": ""}
    answer = register(client, sent | changed)
    assert answer.status_code == 422 and EVIDENCE in answer.content.decode()
    assert not Employer.objects.exists() and not DoubtfulCode.objects.exists()


def test_evidence_does_not_help_what_is_no_code(
    client: Client,
    sent: dict[str, str],
    failing: str,
) -> None:
    wrong = failing[:5] + "O" + failing[6:]
    answer = register(client, sent | {"credit_code": wrong, "code_evidence": EVIDENCE})
    assert answer.status_code == 422 and not DoubtfulCode.objects.exists()
