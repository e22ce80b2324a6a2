"""The law room's rules by name, whatever they look at."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import yonggong.law.rules  # noqa: F401 - importing it registers every rule
from yonggong.law.registry import Rule, all_rules


@cache
def registered_rules() -> Mapping[str, Rule[Any]]:
    """Give every rule by its name."""
    return MappingProxyType({rule.name: rule for rule in all_rules()})
