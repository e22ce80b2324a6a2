"""The register of rules: a rule is a pure function with its name, articles and dates in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Generic, TypeVar

from yonggong.law.articles import laws
from yonggong.law.facts import AnnualFacts, ContractFacts, EndingFacts, WorkforceFacts
from yonggong.law.findings import Article, Finding, Severity
from yonggong.law.relations_facts import CollectiveFacts, DisputeFacts, SpecialHoursFacts

F = TypeVar(
    "F",
    ContractFacts,
    EndingFacts,
    WorkforceFacts,
    AnnualFacts,
    CollectiveFacts,
    SpecialHoursFacts,
    DisputeFacts,
)

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


AnyRule = (
    Rule[ContractFacts]
    | Rule[EndingFacts]
    | Rule[WorkforceFacts]
    | Rule[AnnualFacts]
    | Rule[CollectiveFacts]
    | Rule[SpecialHoursFacts]
    | Rule[DisputeFacts]
)

Check = Callable[[F, date], Iterable[Finding]]


class Register(Generic[F]):
    """The rules on one subject, in the order they were written."""

    def __init__(self, subject: str) -> None:
        self.subject = subject
        self._rules: dict[str, Rule[F]] = {}
        # Kept by day, as batches ask often.
        self._checks_on: Callable[[date], tuple[Check[F], ...]] = lru_cache(maxsize=4096)(
            self._in_force_on
        )

    def rule(
        self,
        name: str,
        title: str,
        *,
        checks: str,
        articles: tuple[Article, ...],
        fields: tuple[str, ...],
        default_severity: Severity = Severity.WARN,
        in_force: InForce = (None, None),
    ) -> Callable[[Check[F]], Rule[F]]:
        """Register the decorated function as a rule. Raises ValueError where the name is taken."""
        since, until = in_force
        if since is None:
            since = laws()[articles[0].law].since

        def add(check: Check[F]) -> Rule[F]:
            if name in self._rules:
                raise ValueError(f"rule {name} is registered twice")
            made = Rule(
                name=name,
                title=title,
                checks=checks,
                articles=articles,
                in_force=(since, until),
                fields=fields,
                default_severity=default_severity,
                subject=self.subject,
                check=check,
            )
            self._rules[name] = made
            return made

        return add

    @property
    def rules(self) -> tuple[Rule[F], ...]:
        """All rules."""
        return tuple(self._rules.values())

    def check(self, facts: F, on: date) -> list[Finding]:
        """What the rules in force on a day find; an empty list when all is well."""
        found: list[Finding] = []
        for check in self._checks_on(on):
            if said := check(facts, on):
                found.extend(said)
        return found

    def _in_force_on(self, day: date) -> tuple[Check[F], ...]:
        return tuple(rule.check for rule in self._rules.values() if rule.holds_on(day))


CONTRACT = Register[ContractFacts]("contract")
ENDING = Register[EndingFacts]("ending")
WORKFORCE = Register[WorkforceFacts]("workforce")
ANNUAL = Register[AnnualFacts]("annual")
COLLECTIVE = Register[CollectiveFacts]("collective")
SPECIAL_HOURS = Register[SpecialHoursFacts]("special_hours")
DISPUTE = Register[DisputeFacts]("dispute")


def all_rules() -> tuple[AnyRule, ...]:
    """Every rule: on contracts, on endings, on the workforce, on what is filed once a year, on
    collective contracts, special hours and disputes."""
    return (
        *CONTRACT.rules,
        *ENDING.rules,
        *WORKFORCE.rules,
        *ANNUAL.rules,
        *COLLECTIVE.rules,
        *SPECIAL_HOURS.rules,
        *DISPUTE.rules,
    )
