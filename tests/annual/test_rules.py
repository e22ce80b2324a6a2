"""The law's rules on a year's filing point to fields of its forms."""

from __future__ import annotations

from typing import Any

import pytest

from yonggong import law
from yonggong.annual.endings.kind import KIND as ENDINGS
from yonggong.annual.filing.kind import KIND as FILING

RULES = [rule for rule in law.rules() if rule.subject == "annual"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_fact_of_a_rule_points_to_a_field(rule: Any) -> None:
    form = FILING.form.fields_by_name
    assert rule.fields and [fact for fact in rule.fields if fact not in form] == []


def test_what_is_said_of_endings_points_to_a_field_of_table_3_alone() -> None:
    (rule,) = [rule for rule in RULES if rule.name == "annual-endings"]
    assert [fact for fact in rule.fields if fact not in ENDINGS.form.fields_by_name] == []
