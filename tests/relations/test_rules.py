"""The rules on labour relations point to fields of their kind's form."""

from __future__ import annotations

from typing import Any

import pytest

from yonggong import law
from yonggong.relations.collective.form import FORM as COLLECTIVE
from yonggong.relations.special_hours.form import FORM as SPECIAL_HOURS

FORMS = {"collective": COLLECTIVE, "special_hours": SPECIAL_HOURS}
RULES = [rule for rule in law.rules() if rule.subject in FORMS]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_fact_of_a_rule_is_a_field(rule: Any) -> None:
    assert set(rule.fields) <= set(FORMS[rule.subject].fields_by_name)
