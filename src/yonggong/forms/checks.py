"""Checks between the fields of a form, known by name, so that a form that is data can ask for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from yonggong.forms.problems import Problem

# Typed values (any may be None) to what is wrong between them; no database, no clock.
Check = Callable[[Mapping[str, object]], Iterable[Problem]]

_checks: dict[str, Check] = {}


def register_check(name: str, check: Check) -> Check:
    """Make a check known under a name, once, when the program starts."""
    if name in _checks:
        raise ValueError(f"a check {name!r} is registered already")
    _checks[name] = check
    return check


def named_check(name: str) -> Check:
    """The check registered as `name`. ValueError where there is none."""
    try:
        return _checks[name]
    except KeyError:
        raise ValueError(f"no check is registered as {name!r}") from None


def name_of(check: Check) -> str:
    """The name of a check. ValueError where it has none, and so cannot be said in data."""
    for name, known in _checks.items():
        if known is check:
            return name
    raise ValueError(f"the check {check!r} has no name")
