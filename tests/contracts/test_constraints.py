"""What the database holds apart is told by the name of its rule, whatever words it uses."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from tests.contracts.making import Hall, answers
from yonggong.contracts import effects
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.posting_models import Posting
from yonggong.integrity import constraint_of

pytestmark = pytest.mark.django_db


def test_every_rule_with_words_is_a_rule_of_the_database() -> None:
    names = {rule.name for model in (Contract, Filing, Posting) for rule in model._meta.constraints}
    assert set(effects._HELD_APART) <= names


def test_a_rule_is_known_by_its_name(hall: Hall) -> None:
    hall.file("new", answers(today=hall.today))
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Contract.objects.update(full_time=False, exclusive=True)
    assert constraint_of(refused.value) == "contract_exclusive_is_full_time"


def test_an_error_of_our_own_has_no_rule() -> None:
    assert constraint_of(IntegrityError("filing_one_pending")) == ""


def test_what_is_no_race_stays_the_error_it_is() -> None:
    broken = IntegrityError("contract_one_exclusive, in words only")
    with pytest.raises(IntegrityError) as raised:
        effects.raced(broken)
    assert raised.value is broken
