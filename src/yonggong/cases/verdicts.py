"""A finding of the law together with what the province makes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yonggong.forms import Problem
from yonggong.forms.reading import read_remark
from yonggong.law.findings import Finding, Severity
from yonggong.policy import Policy


@dataclass(frozen=True, slots=True)
class Verdict:
    """One finding as it is stored with a case and shown to its filer and reviewer.

    severity     "block": cannot be filed; "warn": only with an explanation; "inform"
    articles     the articles it rests on, as people cite them
    explanation  what the employer said to a warning
    """

    rule: str
    severity: str
    message: str
    remedy: str
    field: str
    articles: tuple[str, ...]
    explanation: str = ""

    @property
    def basis(self) -> str:
        """The articles in one line."""
        return "、".join(self.articles)

    @property
    def stops(self) -> bool:
        """Whether the filing is refused as it stands."""
        return self.severity == "block" or (self.severity == "warn" and not self.explanation)

    def as_problem(self) -> Problem:
        """The verdict as a problem on the form."""
        if self.severity == "block":
            return Problem(
                field=self.field, code=self.rule, message=self._cited, remedy=self.remedy
            )
        return Problem(
            field=f"explain-{self.rule}",
            code="explanation_required",
            message=self._cited,
            remedy=f"{self.remedy.rstrip('。')}；如情况属实，请填写说明后提交",
            about=self.field,
        )

    @property
    def _cited(self) -> str:
        return f"{self.message.rstrip('。')}（{self.basis}）"


def judge(
    findings: Sequence[Finding],
    policy: Policy,
    explanations: Mapping[str, str],
    *,
    case_kind: str,
    on: date,
) -> list[Verdict]:
    """What the province makes of each finding on a day, with the explanations given."""
    weighed = (policy.weigh(finding, on=on, case_kind=case_kind) for finding in findings)
    return [
        Verdict(
            rule=finding.rule,
            severity=finding.severity or Severity.INFORM,
            message=finding.message,
            remedy=finding.remedy,
            field=finding.field,
            articles=tuple(article.cited for article in finding.articles),
            explanation=read_remark(explanations.get(finding.rule, "")),
        )
        for finding in weighed
    ]


def stored_verdicts(stored: Sequence[Mapping[str, Any]]) -> list[Verdict]:
    """The verdicts as they were kept with a case (JSON knows no tuples)."""
    return [Verdict(**{**item, "articles": tuple(item["articles"])}) for item in stored]
