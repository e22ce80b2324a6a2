"""What refuses a cancellation, and what the law says of it."""

from __future__ import annotations

from collections.abc import Sequence

from yonggong import law
from yonggong.cases.attempts import Attempt
from yonggong.contracts import closing
from yonggong.employers.cancellation.form import DISSOLVED
from yonggong.employers.checking import filed
from yonggong.forms import Problem
from yonggong.law.articles import article
from yonggong.law.findings import Finding
from yonggong.law.grounds import ground_of

_SEVERANCE = (
    article("劳动合同法", 46),
    article("劳动合同法", 47, 1),
    article("劳动合同法", 97, 3),
)


def refused(attempt: Attempt) -> Sequence[Problem]:
    """Only a filed employer closes, and files it once it has."""
    problems = list(filed(attempt))
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


def found(attempt: Attempt) -> Sequence[Finding]:
    """Whoever closes owes severance to those whose contracts end with it (46 (6)); none for part-time
    work (71)."""
    ground = ground_of(attempt.values.get("ground") or DISSOLVED)
    owed = closing.in_force(attempt.applicant.pk).filter(full_time=True).count()
    if ground is None or not owed:
        return ()
    return law.check.rule("severance-due").finding(
        f"注销后 {owed} 份履行中的全日制劳动合同因“{ground.name}”终止，应当支付经济补偿",
        field="ground",
        remedy="请按工作年限逐人支付，并说明支付情况。",
        numbers={"contracts": owed},
        articles=_SEVERANCE,
    )
