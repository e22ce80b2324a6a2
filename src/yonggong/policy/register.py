"""The law room's rules by name, whatever they look at."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import yonggong.law.rules  # noqa: F401 - importing it registers every rule
from yonggong.law.findings import Severity
from yonggong.law.registry import contract_rules, ending_rules, workforce_rules


@cache
def registered_rules() -> Mapping[str, Severity]:
    """Give the default severity of every rule, by the rule's name."""
    return MappingProxyType(
        {
            rule.name: rule.default_severity
            for rule in (*contract_rules(), *ending_rules(), *workforce_rules())
        }
    )
