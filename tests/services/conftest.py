"""An invented item that goes every way an item of the standard can go, and people who handle it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from tests.cases.item_versions import content
from tests.cases.kite import ANSWERS
from tests.services.handling import Office
from yonggong.cases import actions as case_actions
from yonggong.cases.catalogued import kind_of
from yonggong.cases.models import Case
from yonggong.catalogue.versions import read_version

_STEPS = (
    ("申请", "apply", "applicant", None, ["next"]),
    ("受理", "accept", "office", 1, ["next", "refuse"]),
    ("初审", "review", "office", None, ["next", "return", "refuse"]),
    ("复核", "second_review", "office", None, ["next", "refuse"]),
    ("现场核查", "survey", "office", None, ["next", "refuse"]),
    ("公示", "publicity", "office", 5, ["next", "refuse"]),
    ("批准", "approve", "office", None, ["next", "refuse"]),
    ("拨付", "pay", "office", None, ["next"]),
    ("送达", "deliver", "office", None, ["end"]),
)


def whole_way(**changed: Any) -> dict[str, Any]:
    """The content of the item: two checks at acceptance, one in review, and every kind of step."""
    steps = [
        {
            "name": name,
            "kind": kind,
            "by": by,
            "actor": "",
            "limit": {"value": days, "unit": "工作日"} if days else None,
            "outcomes": outcomes,
        }
        for name, kind, by, days, outcomes in _STEPS
    ]
    said = {
        "id": "kite-subsidy",
        "name": "风筝补贴",
        "audience": ["用人单位", "个人"],
        "acceptance_checks": ["风筝照片清晰", "线轴牢固"],
        "handling_checks": ["当日无大风"],
        "procedure": steps,
        "results": ["风筝补贴核定表"],
    }
    return content(**(said | changed))


@pytest.fixture
def item(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Have the item there: `item(category="劳动争议")`."""

    def make(**changed: Any) -> Any:
        from yonggong.cases import kinds

        kind = kind_of(read_version(whole_way(**changed), region="220000", since=None), taken=True)
        monkeypatch.setitem(kinds._KINDS, kind.name, kind)
        return kind

    return make


@pytest.fixture
def filed(item: Callable[..., Any], operator: Any, employer: Any, now: datetime) -> Case:
    return case_actions.submit(
        kind=item(),
        raw=ANSWERS,
        applicant=employer.party,
        key=None,
        by=operator,
        now=now,
        address=None,
    )


@pytest.fixture
def office(make_user: Callable[..., Any], agency: Any, reviewer: Any, now: datetime) -> Office:
    others = [make_user("reviewer", agency=agency, region_code="220104") for _ in range(3)]
    supervisor = make_user("bureau_supervisor", region_code="220104")
    return Office(people=(reviewer, *others), supervisor=supervisor, now=now)
