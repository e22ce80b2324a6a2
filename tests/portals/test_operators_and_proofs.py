"""An employer's operators on its own page; a claim proven by certificate or by code on the claims page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.x509.oid import NameOID
from django.test import Client
from django.utils import timezone

from tests.employers.claiming import claimed
from tests.proofs.authority import Authority
from tests.screen import Screen
from yonggong.accounts.models import Grant, User
from yonggong.employers import charge, drafts, operators, proving
from yonggong.employers.models import Invitation
from yonggong.proofs.verifying import Proven
from yonggong.registry.models import Employer

pytestmark = pytest.mark.django_db
_PAGE = "/employer/operators/"


@pytest.fixture
def other(make_user: Callable[..., Any], make_employer: Callable[..., Any]) -> User:
    return make_user("employer_operator", employer=make_employer())


def test_the_one_in_charge_asks_another_who_joins_and_is_put_in_charge(
    employer: Employer, operator: User, other: User, at_screen: Callable[[Any], Screen]
) -> None:
    leader, asked = at_screen(operator), at_screen(other)
    assert "邀请经办人" in leader.get(_PAGE).content.decode()
    given = {"username": other.username, "name": other.name, "reason": "新任劳资员"}
    leader.post(f"{_PAGE}invite/", given)
    assert other.username in leader.get(_PAGE).content.decode()
    assert "邀请您经办业务" in asked.get("/claims/").content.decode()
    asked.post(f"/claims/invitations/{Invitation.objects.get().pk}/", {"answer": "yes"})
    joined = operators.operators_of(employer).get(user=other)
    leader.get(_PAGE)
    leader.post(f"{_PAGE}{joined.pk}/", {"ask": "hand_over", "reason": "换岗"})
    assert charge.in_charge(employer) == other
    page = leader.get(_PAGE).content.decode()
    assert "退出经办" in page and "邀请经办人" not in page
    leader.post(f"{_PAGE}leave/", {"reason": "换岗"})
    assert not Grant.objects.filter(user=operator).exists()


def test_the_one_in_charge_sees_who_claims_the_employer_and_agrees(
    employer: Employer,
    operator: User,
    other: User,
    make_user: Callable[..., Any],
    at_screen: Callable[[Any], Screen],
) -> None:
    later = make_user("employer_operator", employer=employer)
    claim = claimed(employer, other)
    accept = f"{_PAGE}claims/{claim.pk}/"
    assert accept not in at_screen(later).get(_PAGE).content.decode()
    leader = at_screen(operator)
    page = leader.get(_PAGE).content.decode()
    assert accept in page and other.username in page
    leader.post(accept, {"reason": "同事"})
    assert operators.operators_of(employer).filter(user=other).exists()
    assert leader.post(accept, {"reason": "同事"}).status_code == 404


def test_who_acts_for_nobody_any_more_comes_home_to_what_they_are_asked(
    employer: Employer,
    operator: User,
    make_user: Callable[..., Any],
    at_screen: Callable[[Any], Screen],
) -> None:
    later = make_user("employer_operator", employer=employer)
    here = at_screen(later)
    left = here.post(f"{_PAGE}leave/", {"reason": "换岗"}, follow=True)
    assert left.redirect_chain[-1][0] == "/account/" and "登记或者认领单位" in left.content.decode()
    given = {"username": later.username, "name": later.name, "reason": "回岗"}
    at_screen(operator).post(f"{_PAGE}invite/", given)
    home = here.get("/", follow=True)
    assert home.redirect_chain[-1][0] == "/claims/" and "邀请您经办业务" in home.content.decode()


def test_a_colleague_without_an_account_is_told_how_to_come(
    employer: Employer, operator: User, other: User, at_screen: Callable[[Any], Screen]
) -> None:
    assert "由主经办人同意后办理" in Client().get("/register/").content.decode()
    assert "用本单位代码登记，再由您在本页同意" in at_screen(operator).get(_PAGE).content.decode()
    claimed(employer, other)
    assert "请其在“经办人”中同意" in at_screen(other).get("/claims/").content.decode()


def test_who_was_seen_at_a_counter_is_not_asked_for_the_licence_first(
    employer: Employer,
    other: User,
    make_user: Callable[..., Any],
    at_screen: Callable[[Any], Screen],
) -> None:
    claimed(employer, other)
    clerk = make_user("counter_clerk", agency=employer.agency, region_code=employer.region_code)
    here = at_screen(other)
    assert "上传后才开始核对" in here.get("/claims/").content.decode()
    proving.at_counter(
        credit_code=employer.credit_code,
        username=other.username,
        name=other.name,
        seen="营业执照副本",
        by=clerk,
        now=timezone.now(),
    )
    page = here.get("/claims/").content.decode()
    assert "在窗口核对原件：营业执照副本，等待人社部门认定" in page
    assert "上传后才开始核对" not in page and "到当地人社部门窗口办理" not in page


def test_who_is_not_in_charge_is_refused_in_words(
    employer: Employer,
    operator: User,
    make_user: Callable[..., Any],
    at_screen: Callable[[Any], Screen],
) -> None:
    later = at_screen(make_user("employer_operator", employer=employer))
    later.get(_PAGE)
    grant = operators.operators_of(employer).get(user=operator)
    answer = later.post(f"{_PAGE}{grant.pk}/", {"ask": "dismiss", "reason": "试"}, follow=True)
    assert "只有主经办人可以办理" in answer.content.decode()
    assert later.post(f"{_PAGE}{grant.pk}/", {"ask": "x", "reason": "试"}).status_code == 404


def test_another_employers_operator_and_invitation_do_not_exist(
    employer: Employer, operator: User, other: User, at_screen: Callable[[Any], Screen]
) -> None:
    stranger = at_screen(other)
    stranger.get(_PAGE)
    grant = operators.operators_of(employer).get(user=operator)
    given = {"ask": "dismiss", "reason": "试"}
    assert stranger.post(f"{_PAGE}{grant.pk}/", given).status_code == 404
    made = Invitation.objects.create(
        employer=employer, account=other, reason="试", by=operator, at=timezone.now()
    )
    assert stranger.post(f"{_PAGE}invitations/{made.pk}/").status_code == 404
    assert at_screen(operator).post(f"/claims/invitations/{made.pk}/").status_code == 404


def test_a_claim_is_proven_with_the_units_certificate(
    employer: Employer,
    operator: User,
    other: User,
    at_screen: Callable[[Any], Screen],
    tmp_path: Path,
    settings: Any,
) -> None:
    authority = Authority(timezone.now())
    authority.lay(tmp_path)
    settings.CERTIFICATE_AUTHORITIES, settings.REVOCATION_LISTS = tmp_path, None
    claim, client = claimed(employer, other), at_screen(other)
    page = f"/claims/{claim.pk}/certificate/"
    assert page in client.get("/claims/").content.decode()
    for code, status in (("", 422), (employer.credit_code, 302)):
        found = re.search(r'name="text" value="([^"]+)"', client.get(page).content.decode())
        assert found is not None and found[1].startswith("yonggong claim-employer ")
        held = authority.issue(subject={NameOID.SERIAL_NUMBER: code or "none"})
        signature = held.cms(found[1].encode()).decode()
        answer = client.post(page, {"text": found[1], "signature": signature})
        assert answer.status_code == status
    assert charge.in_charge(employer) == other


def test_a_code_is_asked_for_and_what_is_wrong_is_said(
    employer: Employer, other: User, at_screen: Callable[[Any], Screen], settings: Any
) -> None:
    settings.DEMONSTRATION = True
    claim, client = claimed(employer, other), at_screen(other)
    page = f"/claims/{claim.pk}/code/"
    assert page in client.get("/claims/").content.decode()
    wrong = client.post(page, {"ask": "send", "name": "王强", "number": "1"})
    assert wrong.status_code == 422 and 'value="王强"' in wrong.content.decode()
    assert "演示短信" in wrong.content.decode()
    given = {"ask": "send", "name": "王强", "number": "220104199003072134"}
    sent = client.post(page, given).content.decode()
    assert "填写内容与登记信息一致的，验证码已发送" in sent and "二、填写验证码" in sent


def test_a_strangers_claim_does_not_exist(
    employer: Employer, operator: User, other: User, at_screen: Callable[[Any], Screen]
) -> None:
    claim, client = claimed(employer, other), at_screen(operator)
    for page in ("certificate", "code"):
        assert client.get(f"/claims/{claim.pk}/{page}/").status_code == 404


def test_the_bureau_sees_what_was_proven_without_it(
    squatted_by: Any, other: User, reviewer: User, at_screen: Callable[[Any], Screen]
) -> None:
    """One that waits for a reviewer with its proof and no licence, and one that told by itself."""
    employer, first = squatted_by
    drafts.begin(employer=employer, by=first, now=timezone.now())
    until = timezone.now()
    proven = Proven(b"1" * 32, "1F", "试", "试验证书认证中心", employer.credit_code, until)
    given: dict[str, Any] = {"proven": proven, "by": other, "now": until, "address": None}
    proving.by_certificate(claim=claimed(employer, other), **given)
    client = at_screen(reviewer)
    assert employer.name in client.get("/bureau/claims/").content.decode()
    page = client.get(f"/bureau/claims/{employer.pk}/").content.decode()
    assert "已核验" in page and "试验证书认证中心" in page and "营业执照（" not in page


@pytest.fixture
def squatted_by(make_employer: Callable[..., Any], make_user: Callable[..., Any]) -> Any:
    """An employer that nobody has filed, and who registered it first."""
    employer = make_employer(state=Employer.State.UNFILED, filed_on=None, agency=None)
    return employer, make_user("employer_operator", employer=employer)
