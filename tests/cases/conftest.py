"""The invented kind's policy: a province's file may speak of it; the national base answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from tests.cases import club
from yonggong.cases import actions as case_actions
from yonggong.cases.models import Case


@pytest.fixture
def submit(operator: Any, employer: Any, now: datetime) -> Callable[..., Case]:
    """Apply for membership: `submit(name="…", key=…, case=…, by=…)`."""

    def send(
        *,
        key: Any = None,
        case: Case | None = None,
        by: Any = None,
        explanations: dict[str, str] | None = None,
        at: datetime | None = None,
        **changed: Any,
    ) -> Case:
        return case_actions.submit(
            kind=club.MEMBERSHIP,
            raw=club.answers(**changed),
            applicant=employer.party,
            case=case,
            explanations=explanations,
            key=key,
            by=by or operator,
            now=at or now,
            address="127.0.0.1",
        )

    return send


@pytest.fixture
def decide(reviewer: Any, now: datetime) -> Callable[..., Case]:
    """`decide(case, "approve"|"return", opinion=…, by=…)`."""

    def act(case: Case, what: str, *, opinion: str = "", by: Any = None) -> Case:
        act = case_actions.approve if what == "approve" else case_actions.return_case
        seen = Case.objects.values_list("filed_at", flat=True).get(pk=case.pk)
        return act(case=case, opinion=opinion, seen=seen, by=by or reviewer, now=now, address=None)

    return act
