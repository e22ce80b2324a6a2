"""An employer is claimed without a reviewer: by its certificate, or by the registration authority's
word and a code to the mobile it has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.employers.claiming import claimed
from yonggong import policy
from yonggong.accounts.limits import TooOften
from yonggong.accounts.models import User
from yonggong.accounts.one_time_codes import shown
from yonggong.employers import charge, claims, operators, proving, unsent
from yonggong.employers.actions import add_employer
from yonggong.employers.claims import ClaimProblem
from yonggong.employers.models import Claim
from yonggong.proofs.verifying import Proven
from yonggong.registry.actions import document_digest
from yonggong.registry.models import Employer
from yonggong.registry.registrations import Registration
from yonggong.vault import mask, seal

_NUMBER, _MOBILE = "220104199003072134", "13900000001"
_OPERATOR = {"name": "试小满", "number": "220104199205112165"}
_OPERATORS_MOBILE = "13900000002"


@pytest.fixture
def owner(make_user: Callable[..., Any], make_employer: Callable[..., Any]) -> User:
    return make_user("employer_operator", employer=make_employer())


def _certificate(code: str) -> Proven:
    until = timezone.now() + timedelta(days=1)
    return Proven(b"1" * 32, "1F", "长春试验", "试验证书认证中心", code, until)


def _by_certificate(claim: Claim, by: User, code: str) -> Claim:
    return proving.by_certificate(
        claim=claim, proven=_certificate(code), by=by, now=timezone.now(), address=None
    )


def _acts(user: User, employer: Employer) -> bool:
    return operators.operators_of(employer).filter(user=user).exists()


@pytest.mark.django_db
class TestCertificate:
    def test_the_units_certificate_puts_its_holder_in_charge(
        self, employer: Employer, operator: User, owner: User
    ) -> None:
        claim = _by_certificate(claimed(employer, owner), owner, employer.credit_code)
        assert (claim.state, claim.way, claim.decided_by) == ("chosen", "certificate", None)
        assert charge.in_charge(employer) == owner and _acts(operator, employer)
        assert [change.act for change in operators.changes_of(employer)] == ["charge", "appoint"]

    def test_another_units_proves_nothing(
        self, employer: Employer, owner: User, make_employer: Callable[..., Any]
    ) -> None:
        with pytest.raises(ClaimProblem, match="不一致"):
            _by_certificate(claimed(employer, owner), owner, make_employer().credit_code)
        assert not _acts(owner, employer)

    def test_a_province_may_not_take_it(
        self, employer: Employer, owner: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(policy.Policy, "registration_ways", ("licence",))
        with pytest.raises(ClaimProblem, match="没有开通这种方式"):
            _by_certificate(claimed(employer, owner), owner, employer.credit_code)

    def test_the_day_whose_policy_holds_is_the_one_here(
        self, employer: Employer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Half an hour into the new year, when the clocks that computers keep still have the old one."""
        days, real = [], policy.of

        def of(region: str, on: date) -> policy.Policy:
            days.append(on)
            return real(region, on)

        monkeypatch.setattr(policy, "of", of)
        moment = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
        assert proving.ways_of(employer.region_code, moment)
        assert unsent.is_handed_over(employer, moment)
        assert days == [date(2027, 1, 1)] * 2

    def test_where_others_have_begun_a_reviewer_decides_on_the_proof(
        self, squatted: Any, owner: User, reviewer: User
    ) -> None:
        employer, first = squatted
        from yonggong.employers import drafts

        drafts.begin(employer=employer, by=first, now=timezone.now())
        claim = _by_certificate(claimed(employer, owner), owner, employer.credit_code)
        assert claim.state == "waiting" and not _acts(owner, employer)
        assert claims.waiting_for(reviewer).get() == claim
        claims.choose(
            claim=claim, keep_others=False, reason="证书一致", by=reviewer, now=timezone.now(),
            address=None,
        )  # fmt: skip
        assert _acts(owner, employer) and not _acts(first, employer)
        claim.refresh_from_db()
        assert claim.reason.startswith("单位数字证书") and claim.reason.endswith("；证书一致")


@pytest.mark.django_db
def test_without_the_licence_as_a_proof_a_first_registration_is_claimed_too(
    owner: User, now: datetime, monkeypatch: pytest.MonkeyPatch, chance: Any
) -> None:
    from yonggong.codes.invent import invent_credit_code

    monkeypatch.setattr(policy.Policy, "registration_ways", ("certificate", "counter"))
    code = invent_credit_code(chance, region="220104")
    employer, claim = add_employer(
        credit_code=code, name="长春新立贸易有限公司", region_code="220104", by=owner, now=now,
        address=None,
    )  # fmt: skip
    assert claim is not None and not _acts(owner, employer)
    assert _by_certificate(claim, owner, code).state == "chosen"


@pytest.mark.django_db(transaction=True)
class TestFeed:
    """In real transactions: a try at a code stays a try."""

    @pytest.fixture
    def registered(self, employer: Employer, settings: Any) -> Registration:
        settings.DEMONSTRATION = True
        code = employer.credit_code
        return Registration.objects.create(
            credit_code=code,
            name=employer.name,
            register="market",
            legal_representative="王强",
            representative_digest=document_digest("01", _NUMBER),
            contact_mobile_sealed=seal(_MOBILE, Registration.owner_of(code, "contact_mobile")),
            operator=_OPERATOR["name"],
            operator_digest=document_digest("01", _OPERATOR["number"]),
            operator_mobile_sealed=seal(
                _OPERATORS_MOBILE, Registration.owner_of(code, "operator_mobile")
            ),
            region_code="220104",
            registered_on="2020-01-01",
            first_seen_at=timezone.now(),
            seen_at=timezone.now(),
            source="试",
        )

    def _ask(self, claim: Claim, by: User, **said: str) -> list[str]:
        given = {"name": "王强", "number": _NUMBER} | said
        keys = proving.ask_code(claim=claim, by=by, now=timezone.now(), address=None, **given)
        return [str(key) for key in keys]

    def _sent(self) -> tuple[str, str]:
        """To whom one message went, and its code."""
        ((_, mobile, text),) = shown(now=timezone.now())
        return mobile, text.split("验证码 ")[1][:6]

    @pytest.mark.parametrize(
        ("said", "mobile", "who"),
        [({}, _MOBILE, "法定代表人"), (_OPERATOR, _OPERATORS_MOBILE, "登记联络员")],
    )
    def test_the_code_that_their_registered_mobile_got_proves_it(
        self,
        employer: Employer,
        owner: User,
        registered: Registration,
        said: dict[str, str],
        mobile: str,
        who: str,
    ) -> None:
        claim = claimed(employer, owner)
        keys = self._ask(claim, owner, **said)
        given: dict[str, Any] = {
            "claim": claim, "keys": keys, "by": owner, "now": timezone.now(), "address": None,
        }  # fmt: skip
        with pytest.raises(ClaimProblem, match="验证码不正确"):
            proving.by_code(code="x", **given)
        to, code = self._sent()
        assert to == mask(mobile, "phone")
        made = proving.by_code(code=code, **given)
        assert (made.state, made.way) == ("chosen", "feed") and made.reason.startswith(who)
        assert charge.in_charge(employer) == owner

    def test_asking_looks_alike_whoever_is_named(
        self, employer: Employer, owner: User, registered: Registration
    ) -> None:
        """Each registered mobile is counted every time: a pause tells nobody whom they have met."""
        claim = claimed(employer, owner)
        assert len(self._ask(claim, owner, name="李敏")) == 2
        for said in ({}, _OPERATOR, {"name": "李敏"}):
            with pytest.raises(TooOften):
                self._ask(claim, owner, **said)

    @pytest.mark.parametrize(
        ("said", "changed"),
        [
            ({"name": "李敏"}, {}),
            ({"number": "220104199003072150"}, {}),
            ({"name": _OPERATOR["name"]}, {}),
            (_OPERATOR, {"operator_mobile_sealed": ""}),
            ({}, {"state": "cancelled", "state_on": "2026-01-01"}),
            ({}, {"contact_mobile_sealed": ""}),
        ],
    )
    def test_who_knows_less_is_sent_nothing_and_cannot_tell(
        self,
        employer: Employer,
        owner: User,
        registered: Registration,
        said: dict[str, str],
        changed: dict[str, str],
    ) -> None:
        Registration.objects.update(**changed)
        claim = claimed(employer, owner)
        assert self._ask(claim, owner, **said)
        assert shown(now=timezone.now()) == []
        assert not _acts(owner, employer)
