"""What refuses a change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yonggong.cases.attempts import Attempt
from yonggong.employers.change.form import CHANGE_FORM, OTHER_CHANGE, PARTICULARS_CHANGE
from yonggong.employers.checking import filed, own_credit_code
from yonggong.employers.forms import EMPLOYER_FORM
from yonggong.employers.queries import approved_filing
from yonggong.forms import Problem
from yonggong.registry.models import Employer


def refused(attempt: Attempt) -> Sequence[Problem]:
    """An employer changes once it is filed, for itself, and says what it changes."""
    return filed(attempt) or [
        *own_credit_code(attempt, changed=attempt.values["change_kind"] == PARTICULARS_CHANGE),
        *_change_is_named(attempt),
    ]


def _change_is_named(attempt: Attempt) -> Sequence[Problem]:
    """What the law sets a time for is not called something else, and has its day."""
    values = attempt.values
    if values["change_kind"] == OTHER_CHANGE:
        changed = [
            EMPLOYER_FORM.fields_by_name[name].label
            for name, held in _held(attempt.applicant.employer).items()
            if held and values[name] != held
        ]
        if not changed:
            return ()
        return [
            CHANGE_FORM.problem(
                "change_kind",
                "change_named_otherwise",
                f"{'、'.join(changed)}已改动，不属于其他信息变更",
                "请选择对应的变更事项，并填写变更日期",
            )
        ]
    if values["changed_on"] > attempt.today:
        return [
            CHANGE_FORM.problem(
                "changed_on", "changed_in_future", "变更日期晚于今天", "请填写实际变更的日期"
            )
        ]
    return ()


def _held(employer: Employer) -> dict[str, Any]:
    """Name, legal representative and economic type as they now hold."""
    approved = approved_filing(employer)
    return {
        name: approved.values.get(name) if approved else getattr(employer, name, None)
        for name in ("name", "legal_representative", "economic_type")
    }
