"""集体合同备案: an employer files a collective contract or wage agreement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yonggong.accounts.models import User
from yonggong.cases.attempts import Attempt, by_row
from yonggong.cases.kinds import CaseKind
from yonggong.cases.models import Case
from yonggong.cases.pages import KeyFact, Pages
from yonggong.cases.parts import Checks, Effects
from yonggong.catalogue import own_titles
from yonggong.entitlements.collective.form import COLLECTIVE_FORM
from yonggong.entitlements.models import CollectiveAgreement
from yonggong.forms import Problem

_KEPT = (
    "sort",
    "title",
    "number",
    "signed_on",
    "start_on",
    "end_on",
    "covered",
    "reviewed_by",
    "reviewed_on",
)


def _refused(attempt: Attempt) -> Sequence[Problem]:
    """It is filed once it is signed, and ends after it began."""
    values, problems = attempt.values, []
    if values["signed_on"] > attempt.today:
        problems.append(
            COLLECTIVE_FORM.problem(
                "signed_on", "in_future", "签订日期晚于今天", "请填写实际签订日期"
            )
        )
    if values["end_on"] < values["start_on"]:
        problems.append(
            COLLECTIVE_FORM.problem(
                "end_on", "ends_before", "期满日期早于生效日期", "请核对集体合同文本"
            )
        )
    return problems


def _applied(case: Case, by: User, now: datetime) -> None:
    values = {name: case.values[name] for name in _KEPT}
    values |= {name: values[name] or "" for name in ("number", "reviewed_by")}
    CollectiveAgreement.objects.create(case=case, employer_id=case.applicant_id, **values)


def _revoked(case: Case, by: User, now: datetime) -> None:
    CollectiveAgreement.objects.filter(case=case).delete()


KIND = CaseKind(
    name="employer.collective",
    title=own_titles()["employer.collective"],
    form=COLLECTIVE_FORM,
    subject_name=lambda attempt: str(attempt.values["title"])[:50],
    checks=Checks(refusals=by_row(_refused)),
    effects=Effects(applied=_applied, revoked=_revoked),
    pages=Pages(
        key_facts=(
            KeyFact(label="集体合同", fields=("sort", "title")),
            KeyFact(label="期限", fields=("start_on", "end_on"), between=" 至 "),
            KeyFact(label="审查", fields=("reviewed_by", "reviewed_on", "number")),
        )
    ),
)
