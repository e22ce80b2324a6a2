"""Whoever claims an employer brings its papers to a counter; the clerk notes them, a reviewer decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests.employers.claiming import claimed
from yonggong import policy
from yonggong.accounts.models import AccessEntry, Grant, User
from yonggong.employers import claims, operators, proving
from yonggong.employers.claims import ClaimProblem
from yonggong.employers.models import Claim
from yonggong.registry.models import Employer

pytestmark = pytest.mark.django_db
PAPERS = "营业执照副本、经办人证明"


@pytest.fixture(autouse=True)
def allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy.Policy, "registration_ways", ("licence", "counter"))


@pytest.fixture
def clerk(make_user: Callable[..., Any], agency: Any) -> User:
    user: User = make_user("counter_clerk", agency=agency, region_code="220104")
    return user


@pytest.fixture
def claim(employer: Employer, make_account: Callable[[str], User]) -> Claim:
    """One without a licence: it waits for nobody yet."""
    return claimed(employer, make_account("second"))


def seen(claim: Claim, by: User, now: datetime, **changed: str) -> Claim:
    said = {
        "credit_code": claim.employer.credit_code,
        "username": claim.claimant.username,
        "name": claim.claimant.name,
    }
    return proving.at_counter(**(said | changed), seen=PAPERS, by=by, now=now)


def choose(claim: Claim, by: User, now: datetime) -> Claim:
    return claims.choose(claim=claim, keep_others=True, reason="相符", by=by, now=now, address=None)


def test_what_a_counter_saw_waits_for_a_reviewer_who_decides(
    claim: Claim, clerk: User, reviewer: User, now: datetime
) -> None:
    assert not claims.waiting_for(reviewer).exists()
    seen(claim, clerk, now)
    (waiting,) = claims.waiting_for(reviewer)
    assert (waiting.way, waiting.seen_by) == ("counter", clerk) and PAPERS in waiting.reason
    assert not operators.operators_of(claim.employer).filter(user=claim.claimant).exists()
    assert choose(waiting, reviewer, now).state == Claim.State.CHOSEN
    assert operators.operators_of(claim.employer).filter(user=claim.claimant).exists()


def test_who_saw_them_does_not_decide(claim: Claim, clerk: User, now: datetime) -> None:
    agency = clerk.grants.get().agency
    Grant.objects.create(user=clerk, role="reviewer", agency=agency, region_code="220104")
    both = User.objects.get(pk=clerk.pk)
    with pytest.raises(ClaimProblem, match="其他审核员"):
        choose(seen(claim, both, now), both, now)
    decided = Claim.objects.filter(pk=claim.pk)
    with pytest.raises(IntegrityError, match="claim_decided_by_no_counter"), transaction.atomic():
        decided.update(state="refused", decided_by=both, decided_at=now)


@pytest.mark.parametrize("changed", [{"username": "nobody"}, {"name": "别人"}])
def test_what_does_not_belong_together_is_told_alike(
    claim: Claim, clerk: User, now: datetime, changed: dict[str, str]
) -> None:
    with pytest.raises(ClaimProblem, match="没有查到"):
        seen(claim, clerk, now, **changed)


def test_nor_is_one_of_another_region_found(
    claim: Claim, make_user: Callable[..., Any], agency: Any, now: datetime
) -> None:
    elsewhere = make_user("counter_clerk", agency=agency, region_code="150302")
    with pytest.raises(ClaimProblem, match="没有查到"):
        seen(claim, elsewhere, now)


def test_where_the_province_does_not_take_it_nothing_is_noted(
    claim: Claim, clerk: User, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy.Policy, "registration_ways", ("licence",))
    with pytest.raises(ClaimProblem, match="没有开通"):
        seen(claim, clerk, now)


def test_the_page_notes_it_and_the_log_has_it(
    claim: Claim, clerk: User, at_screen: Callable[[Any], Client]
) -> None:
    counter, address = at_screen(clerk), reverse("bureau:counter-claims")
    sent = {
        "credit_code": f" {claim.employer.credit_code.lower()}",
        "username": claim.claimant.username,
        "name": "别人",
        "seen": PAPERS,
    }
    refused = counter.post(address, sent)
    assert refused.status_code == 422 and "没有查到" in refused.content.decode()
    assert counter.post(address, sent | {"name": claim.claimant.name}).status_code == 302
    claim.refresh_from_db()
    assert claim.seen_by == clerk
    subject = f"信用代码 {claim.employer.credit_code}"
    assert AccessEntry.objects.filter(user=clerk, subject=subject).count() == 2
