"""单位认领 as people do it: two accounts claim one code, a reviewer looks at the licences and decides."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.employers.claiming import with_licence
from tests.employers.particulars import particulars
from tests.files import PDF, PNG
from yonggong.accounts.limits import CLAIMING, LICENCES
from yonggong.accounts.models import AccessEntry, User
from yonggong.cases.models import Case
from yonggong.codes.invent import invent_credit_code, invent_mobile
from yonggong.employers.models import Claim
from yonggong.registry.models import Employer

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
MATERIALS = (
    "licence", "operator_id_front", "operator_id_back", "legal_rep_id_front", "legal_rep_id_back",
)  # fmt: skip


@pytest.fixture
def sent(chance: Random) -> dict[str, str]:
    return {
        "credit_code": invent_credit_code(chance, region="220104"),
        "name": "长春云桥经贸有限公司",
        "region_code": "220104",
        "operator": "试安澜",
        "mobile": invent_mobile(chance),
        "password": "Yonggong-2026",
        "again": "Yonggong-2026",
    }


def registered(sent: dict[str, str], username: str) -> Client:
    client = Client()
    assert client.post("/register/", sent | {"username": username}).status_code == 302
    return client


def bring(client: Client, claim: Claim, content: bytes = PNG, name: str = "执照.png") -> str:
    address = reverse("claims-licence", args=[claim.pk])
    file = SimpleUploadedFile(name, content)
    return str(client.post(address, {"licence": file}, follow=True).content.decode())


def decide(desk: Client, claim: Claim, **said: str) -> str:
    given = {"verdict": "choose", "reason": "执照一致"} | said
    address = reverse("bureau:claims-decide", args=[claim.pk])
    return str(desk.post(address, given, follow=True).content.decode())


def test_two_accounts_claim_one_code_and_the_reviewer_decides(
    sent: dict[str, str], at_screen: Any, reviewer: User
) -> None:
    first = registered(sent, "first")
    second = registered(sent | {"name": "长春云桥经贸公司"}, "second")
    third = registered(sent, "third")
    for client in (second, third):
        assert client.get("/")["Location"] == reverse("claims")
        assert client.get(reverse("employer:home")).status_code == 404
        page = client.get(reverse("claims")).content.decode()
        assert "请上传营业执照" in page and "试安澜" not in page.split("<main")[1]
    claims = {claim.claimant.username: claim for claim in Claim.objects.all()}
    assert "等待人社部门核对" in bring(second, claims["second"])
    assert "等待人社部门核对" in bring(third, claims["third"], PDF, "执照.pdf")

    desk = at_screen(reviewer)
    assert sent["credit_code"] in desk.get(reverse("bureau:claims")).content.decode()
    employer = Employer.objects.get()
    page = desk.get(reverse("bureau:claims-show", args=[employer.pk])).content.decode()
    for said in ("first", "second", "third", "与登记的名称不同", "尚未提交初次备案"):
        assert said in page
    assert sent["mobile"] not in page
    licence = reverse("bureau:claims-licence", args=[claims["second"].pk])
    assert desk.get(licence)["Content-Type"] == "image/png"
    assert AccessEntry.objects.filter(key=str(claims["second"].pk), user=reviewer).exists()

    assert "已认定由试安澜经办" in decide(desk, claims["second"])
    assert second.get("/")["Location"] == reverse("employer:home")
    assert second.get(reverse("employer:home")).status_code == 200
    for client, said in ((first, "不再是"), (third, "未认定")):
        assert client.get(reverse("employer:home")).status_code == 404
        assert said in client.get(reverse("messages:list")).content.decode()
        assert "执照一致" in client.get(reverse("claims")).content.decode()


def test_a_registration_that_is_under_review_is_voided_with_the_reason(
    sent: dict[str, str], at_screen: Any, reviewer: User, agency: Any
) -> None:
    first, today = registered(sent, "first"), timezone.localdate()
    case = Case.objects.get()
    for name in MATERIALS:
        place = reverse("employer:material", args=[case.pk, name])
        first.post(place, {"file": SimpleUploadedFile("照片.png", PNG)})
    filed = particulars(case.applicant.employer, agency=agency, today=today) | {
        "ask": "submit",
        "idempotency_key": str(uuid4()),
    }
    first.post(reverse("employer:particulars-form", args=[case.pk]), filed)
    case.refresh_from_db()
    assert case.state == "pending"
    second = registered(sent, "second")
    claim = Claim.objects.get()
    bring(second, claim)
    desk = at_screen(reviewer)
    page = desk.get(reverse("bureau:claims-show", args=[case.applicant_id])).content.decode()
    assert reverse("bureau:case", args=[case.pk]) in page
    shown = desk.get(reverse("bureau:case", args=[case.pk])).content.decode()
    assert "另有 1 个账号" in shown
    assert reverse("bureau:claims-show", args=[case.applicant_id]) in shown
    decide(desk, claim, reason="原登记人的执照是伪造的")
    case.refresh_from_db()
    event = case.events.get(action="void")
    assert (case.state, event.by, event.opinion) == ("voided", reviewer, "原登记人的执照是伪造的")
    assert second.post(reverse("employer:particulars-begin")).status_code == 302
    assert Case.objects.exclude(pk=case.pk).get().filed_by.username == "second"


def test_claims_of_one_account_are_counted(
    at_screen: Any, operator: User, make_employer: Make
) -> None:
    client = at_screen(operator)
    answers = []
    for _ in range(CLAIMING.of_account + 1):
        other = make_employer()
        asked = {"credit_code": other.credit_code, "name": "某公司", "region_code": "220104"}
        answers.append(client.post(reverse("claims-add"), asked))
        assert other.name not in answers[-1].content.decode()
    assert [answer.status_code for answer in answers] == [302] * CLAIMING.of_account + [422]
    assert "操作过于频繁" in answers[-1].content.decode()
    assert AccessEntry.objects.filter(kind="codes", user=operator).count() == CLAIMING.of_account
    assert client.get(reverse("employer:home")).status_code == 200


def test_an_account_that_is_there_registers_another_employer(
    at_screen: Any, operator: User, chance: Random
) -> None:
    code = invent_credit_code(chance, region="220104")
    asked = {"credit_code": code, "name": "长春新户有限公司", "region_code": "220104"}
    answer = at_screen(operator).post(reverse("claims-add"), asked)
    assert answer["Location"] == reverse("employer:home")
    assert (
        Employer.objects.get(credit_code=code).pk
        in User.objects.get(pk=operator.pk).scope.employers()
    )


def test_licences_are_opened_so_many_a_day(at_screen: Any, make_user: Make, employer: Any) -> None:
    other = make_user("employer_operator", employer=employer)
    claim = with_licence(Employer.objects.create(
        credit_code="91220104MA15XJNY86", name="x", region_code="220104"
    ), other)  # fmt: skip
    client = at_screen(other)
    for _ in range(LICENCES.of_account):
        bring(client, claim, b"no licence")
    assert "操作过于频繁" in bring(client, claim)


@pytest.mark.parametrize("content", [b"", b"MZ\x90", b"%PDF-1.7 broken"])
def test_what_is_no_licence_is_refused_in_words(
    at_screen: Any, operator: User, make_employer: Make, content: bytes
) -> None:
    claim = with_licence(make_employer(), operator)
    kept = claim.licence_id
    page = bring(at_screen(operator), claim, content)
    assert "yg-message-error" in page
    claim.refresh_from_db()
    assert claim.licence_id == kept


# --- who reaches what ---------------------------------------------------------------------------

_ROLES = (
    "reviewer", "bureau_supervisor", "counter_clerk", "system_administrator",
    "business_administrator", "auditor",
)  # fmt: skip


@pytest.mark.parametrize("role", _ROLES)
def test_bureaus_and_administrators_claim_nothing(
    role: str, at_screen: Any, make_user: Make, make_employer: Make, operator: User, agency: Any
) -> None:
    claim = with_licence(make_employer(), operator)
    at_agency = agency if role in ("reviewer", "counter_clerk") else None
    client = at_screen(make_user(role, agency=at_agency, region_code="220104"))
    for name, args in (("claims", []), ("claims-add", []), ("claims-licence", [claim.pk]),
                       ("claims-kept", [claim.pk])):  # fmt: skip
        assert client.get(reverse(name, args=args)).status_code == 404
    for name in ("claims-licence", "claims-withdraw"):
        assert client.post(reverse(name, args=[claim.pk])).status_code == 404
    assert f'href="{reverse("claims")}"' not in client.get("/account/").content.decode()


def test_another_account_reaches_no_claim_of_mine(
    at_screen: Any, make_user: Make, make_employer: Make, operator: User
) -> None:
    claim = with_licence(make_employer(), operator)
    client = at_screen(make_user("employer_operator", employer=make_employer()))
    for name in ("claims-licence", "claims-kept"):
        assert client.get(reverse(name, args=[claim.pk])).status_code == 404
    for name in ("claims-licence", "claims-withdraw"):
        assert client.post(reverse(name, args=[claim.pk])).status_code == 404
    claim.refresh_from_db()
    assert claim.state == "waiting"


def test_lists_of_claims_read_no_licence(
    at_screen: Any, make_employer: Make, operator: User, reviewer: User
) -> None:
    employer = make_employer()
    with_licence(employer, operator)
    desk, mine = at_screen(reviewer), at_screen(operator)
    with CaptureQueriesContext(connection) as queries:
        for page in (reverse("bureau:claims"), reverse("bureau:claims-show", args=[employer.pk])):
            assert employer.name in desk.get(page).content.decode()
        assert employer.name in mine.get(reverse("claims")).content.decode()
    assert not any('."content"' in query["sql"] for query in queries)


def test_strangers_sign_in_first(make_employer: Make, operator: User) -> None:
    claim = with_licence(make_employer(), operator)
    for name, args in (("claims", []), ("claims-add", []), ("claims-licence", [claim.pk])):
        answer = Client().get(reverse(name, args=args))
        assert answer.status_code == 302 and answer["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("text", ["\x00", "\u202e<b>", "中" * 3000, "", "9" * 30])
def test_whatever_is_sent_is_answered(at_screen: Any, operator: User, text: str) -> None:
    names = ("credit_code", "name", "region_code", "code_evidence")
    answer = at_screen(operator).post(reverse("claims-add"), dict.fromkeys(names, text))
    assert answer.status_code == 422
