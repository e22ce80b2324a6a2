"""Several people do it in the same moment."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from tests import racing
from tests.employers.claiming import with_licence
from yonggong.accounts.limits import CLAIMING, TooOften, count_act
from yonggong.accounts.models import Grant, LimitedAct, User
from yonggong.codes.invent import invent_credit_code
from yonggong.employers import claims
from yonggong.employers.actions import add_employer
from yonggong.employers.claims import ClaimProblem
from yonggong.employers.models import Claim
from yonggong.registry.models import Employer

pytestmark = pytest.mark.django_db(transaction=True)

Make = Callable[..., Any]


at_once = partial(racing.at_once, refusals=(ClaimProblem, TooOften))


def test_none_slips_by_a_limit(make_account: Make) -> None:
    account, now = make_account("second"), timezone.now()
    results = at_once(
        *[lambda: count_act(CLAIMING, user=account, address="10.0.0.1", now=now)] * 12
    )
    assert sum(isinstance(result, TooOften) for result in results) == 12 - CLAIMING.of_account
    assert LimitedAct.objects.count() == CLAIMING.of_account


def test_of_two_who_register_one_code_one_claims_it(make_account: Make) -> None:
    code = invent_credit_code(Random(3), region="220104")
    accounts = [make_account("second"), make_account("third")]
    results = at_once(
        *(
            lambda account=account: add_employer(
                credit_code=code, name="长春试验", region_code="220104", by=account,
                now=timezone.now(), address=None,
            )
            for account in accounts
        )
    )  # fmt: skip
    assert len(results) == 2 and Employer.objects.count() == 1
    assert Grant.objects.count() == Claim.objects.count() == 1


def test_two_claims_are_not_both_chosen(squatted: Any, make_account: Make, make_user: Make) -> None:
    made = [with_licence(squatted[0], make_account(name)) for name in ("second", "third")]
    reviewers = [make_user("reviewer", region_code="220104") for _ in made]

    def choose(claim: Claim, by: User) -> object:
        return claims.choose(
            claim=claim, keep_others=False, reason="执照一致", by=by, now=timezone.now(),
            address=None,
        )  # fmt: skip

    results = at_once(
        *(
            lambda claim=claim, by=by: choose(claim, by)
            for claim, by in zip(made, reviewers, strict=True)
        )
    )
    assert sum(isinstance(result, ClaimProblem) for result in results) == 1
    assert Claim.objects.filter(state="chosen").count() == 1
    assert Grant.objects.filter(party=squatted[0].pk).count() == 1
