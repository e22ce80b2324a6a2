"""The three kinds of case about an employer itself, and what their approval does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from yonggong.accounts.models import User
from yonggong.cases.attempts import Attempt, by_row
from yonggong.cases.kinds import CaseKind, register
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.cases.queries import of_kinds
from yonggong.catalogue import own_titles
from yonggong.employers import pages
from yonggong.employers.forms import (
    CANCELLATION_FORM,
    CHANGE_FORM,
    EMPLOYER_FORM,
    OTHER_CHANGE,
)
from yonggong.forms import Problem
from yonggong.registry import actions as registry
from yonggong.registry.models import Employer

Values = Mapping[str, Any]


def _own_credit_code(attempt: Attempt) -> Sequence[Problem]:
    """An employer files for itself: the code is the one it registered with."""
    problems = []
    if attempt.values["credit_code"] != attempt.employer.credit_code:
        problems.append(
            Problem(
                field="credit_code",
                code="credit_code_of_another",
                message=f"统一社会信用代码与本账号的单位不一致，本单位为 {attempt.employer.credit_code}",
                remedy="请填写本单位的统一社会信用代码；换照后代码改变的，请到窗口办理",
                value=attempt.values["credit_code"],
            )
        )
    if attempt.values["licence_on"] > attempt.today:
        problems.append(
            Problem(
                field="licence_on",
                code="licence_in_future",
                message="领取营业执照日期晚于今天",
                remedy="请按营业执照填写",
                value=str(attempt.values["licence_on"]),
            )
        )
    return problems


def _not_yet_filed(attempt: Attempt) -> Sequence[Problem]:
    if attempt.employer.state != Employer.State.UNFILED:
        return [
            Problem(
                field="",
                code="already_filed",
                message="本单位已完成初次备案",
                remedy="信息有变化的，请办理变更备案",
            )
        ]
    return _own_credit_code(attempt)


def _filed(attempt: Attempt) -> Sequence[Problem]:
    if attempt.employer.state != Employer.State.FILED:
        return [
            Problem(
                field="",
                code="not_filed",
                message="本单位尚未完成初次备案",
                remedy="请先办理初次备案",
            )
        ]
    return ()


def _change_refusals(attempt: Attempt) -> Sequence[Problem]:
    return _filed(attempt) or [
        *_own_credit_code(attempt),
        *_change_is_named(attempt),
    ]


def _change_is_named(attempt: Attempt) -> Sequence[Problem]:
    """What the law sets a time for is not called something else, and has its day."""
    values = attempt.values
    if values["change_kind"] == OTHER_CHANGE:
        changed = [
            EMPLOYER_FORM.fields_by_name[name].label
            for name, held in _held(attempt.employer).items()
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


def _cancel_refusals(attempt: Attempt) -> Sequence[Problem]:
    problems = list(_filed(attempt))
    if attempt.values["closed_on"] > attempt.today:
        problems.append(
            Problem(
                field="closed_on",
                code="closed_in_future",
                message="注销日期晚于今天",
                remedy="请填写实际注销的日期",
            )
        )
    return problems


def _take_particulars(case: Case, by: User, now: datetime) -> None:
    assert case.agency_id is not None and case.filed_at is not None
    registry.take_employer_particulars(
        employer=case.employer,
        values=case.values,
        agency_id=case.agency_id,
        on=now.astimezone().date(),
    )


def _cancel(case: Case, by: User, now: datetime) -> None:
    registry.cancel_employer(employer=case.employer, on=case.values["closed_on"])


def approved_filing(employer: Employer, *, before: Case | None = None) -> Case | None:
    """The employer's particulars as last approved, as the case that brought them."""
    cases = Case.objects.filter(
        of_kinds(INITIAL.name, CHANGE.name), employer=employer, state=State.APPROVED
    )
    if before is not None and before.decided_at is not None:
        cases = cases.filter(decided_at__lt=before.decided_at)
    return cases.order_by("-decided_at").first()


def _present(case: Case) -> Values | None:
    earlier = approved_filing(case.employer, before=case)
    return earlier.values if earlier else None


def _employer_name(attempt: Attempt) -> str:
    return str(attempt.values.get("name") or attempt.employer.name)


INITIAL = register(
    CaseKind(
        name="employer.initial",
        pages=pages.PAGES,
        exclusive=True,
        title=own_titles()["employer.initial"],
        form=EMPLOYER_FORM,
        subject_name=_employer_name,
        refusals=by_row(_not_yet_filed),
        applied=_take_particulars,
        event_field="licence_on",
        deadline="initial",
        agency_field="agency",
    )
)

CHANGE = register(
    CaseKind(
        name="employer.change",
        pages=pages.PAGES,
        exclusive=True,
        title=own_titles()["employer.change"],
        form=CHANGE_FORM,
        subject_name=_employer_name,
        refusals=by_row(_change_refusals),
        applied=_take_particulars,
        present=_present,
        event_field="changed_on",
        deadline="employer_changed",
        agency_field="agency",
    )
)

CANCELLATION = register(
    CaseKind(
        name="employer.cancel",
        pages=pages.OF_CANCELLATION,
        exclusive=True,
        title=own_titles()["employer.cancel"],
        form=CANCELLATION_FORM,
        subject_name=_employer_name,
        refusals=by_row(_cancel_refusals),
        applied=_cancel,
        event_field="closed_on",
        deadline="employer_closed",
    )
)
