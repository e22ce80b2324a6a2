"""The register of rules: a rule is a pure function with its name, articles and dates in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Generic, TypeVar

from yonggong.law.articles import laws
from yonggong.law.facts import ContractFacts, EndingFacts, WorkforceFacts
from yonggong.law.findings import Article, Finding, Severity

F = TypeVar("F", ContractFacts, EndingFacts, WorkforceFacts)

InForce = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True, eq=False)
class Rule(Generic[F]):
    """One rule of law.

    ``check`` takes facts and the date whose law applies, and gives findings, or nothing where
    the facts are in order or too little is known. ``checks`` says in one Chinese sentence what
    is compared; ``in_force`` is the first and the last day, None for open; unless a rule says
    otherwise it is in force since the law of its first article.
    """

    name: str
    title: str
    checks: str
    articles: tuple[Article, ...]
    in_force: InForce
    fields: tuple[str, ...]
    default_severity: Severity
    subject: str
    check: Callable[[F, date], Iterable[Finding]]

    def __call__(self, facts: F, on: date) -> list[Finding]:
        """Run this one rule whatever the date in force (tests and explanations use it)."""
        return list(self.check(facts, on))

    def holds_on(self, day: date) -> bool:
        """Say whether the rule is in force on a day."""
        since, until = self.in_force
        return (since is None or day >= since) and (until is None or day <= until)

    def finding(
        self,
        message: str,
        *,
        remedy: str,
        field: str | None = None,
        numbers: Mapping[str, object] | None = None,
        articles: tuple[Article, ...] | None = None,
    ) -> tuple[Finding]:
        """Make this rule's finding; the rule's articles and first field unless others are given."""
        return (
            Finding(
                rule=self.name,
                message=message,
                articles=articles or self.articles,
                field=field or self.fields[0],
                remedy=remedy,
                numbers=numbers or {},
            ),
        )


AnyRule = Rule[ContractFacts] | Rule[EndingFacts] | Rule[WorkforceFacts]

_contract_rules: dict[str, Rule[ContractFacts]] = {}
_ending_rules: dict[str, Rule[EndingFacts]] = {}
_workforce_rules: dict[str, Rule[WorkforceFacts]] = {}

Check = Callable[[F, date], Iterable[Finding]]


def _register(
    register: dict[str, Rule[F]],
    subject: str,
    name: str,
    title: str,
    checks: str,
    articles: tuple[Article, ...],
    fields: tuple[str, ...],
    default_severity: Severity,
    in_force: InForce,
) -> Callable[[Check[F]], Rule[F]]:
    since, until = in_force
    if since is None:
        since = laws()[articles[0].law].since

    def add(check: Check[F]) -> Rule[F]:
        if name in register:
            raise ValueError(f"rule {name} is registered twice")
        made = Rule(
            name=name,
            title=title,
            checks=checks,
            articles=articles,
            in_force=(since, until),
            fields=fields,
            default_severity=default_severity,
            subject=subject,
            check=check,
        )
        register[name] = made
        return made

    return add


def contract_rule(
    name: str,
    title: str,
    *,
    checks: str,
    articles: tuple[Article, ...],
    fields: tuple[str, ...],
    default_severity: Severity = Severity.WARN,
    in_force: InForce = (None, None),
) -> Callable[[Check[ContractFacts]], Rule[ContractFacts]]:
    """Register the decorated function as a rule on contracts."""
    return _register(
        _contract_rules, "contract", name, title, checks, articles, fields, default_severity,
        in_force,
    )  # fmt: skip


def ending_rule(
    name: str,
    title: str,
    *,
    checks: str,
    articles: tuple[Article, ...],
    fields: tuple[str, ...],
    default_severity: Severity = Severity.WARN,
    in_force: InForce = (None, None),
) -> Callable[[Check[EndingFacts]], Rule[EndingFacts]]:
    """Register the decorated function as a rule on endings."""
    return _register(
        _ending_rules, "ending", name, title, checks, articles, fields, default_severity, in_force
    )


def workforce_rule(
    name: str,
    title: str,
    *,
    checks: str,
    articles: tuple[Article, ...],
    fields: tuple[str, ...],
    default_severity: Severity = Severity.WARN,
    in_force: InForce = (None, None),
) -> Callable[[Check[WorkforceFacts]], Rule[WorkforceFacts]]:
    """Register the decorated function as a rule on an employer's workforce."""
    return _register(
        _workforce_rules, "workforce", name, title, checks, articles, fields, default_severity,
        in_force,
    )  # fmt: skip


def contract_rules() -> tuple[Rule[ContractFacts], ...]:
    """Give all rules on contracts, in the order they were written."""
    return tuple(_contract_rules.values())


def ending_rules() -> tuple[Rule[EndingFacts], ...]:
    """Give all rules on endings, in the order they were written."""
    return tuple(_ending_rules.values())


def workforce_rules() -> tuple[Rule[WorkforceFacts], ...]:
    """Give all rules on the workforce, in the order they were written."""
    return tuple(_workforce_rules.values())


@lru_cache(maxsize=4096)
def contract_checks_on(day: date) -> tuple[Check[ContractFacts], ...]:
    """Give the functions of the contract rules in force on a day (kept, as batches ask often)."""
    return tuple(rule.check for rule in _contract_rules.values() if rule.holds_on(day))


@lru_cache(maxsize=4096)
def ending_checks_on(day: date) -> tuple[Check[EndingFacts], ...]:
    """Give the functions of the ending rules in force on a day."""
    return tuple(rule.check for rule in _ending_rules.values() if rule.holds_on(day))


@lru_cache(maxsize=4096)
def workforce_checks_on(day: date) -> tuple[Check[WorkforceFacts], ...]:
    """Give the functions of the workforce rules in force on a day."""
    return tuple(rule.check for rule in _workforce_rules.values() if rule.holds_on(day))
